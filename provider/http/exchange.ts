/** The shapes that the parts of the HTTP client hand to each other. */

/**
 * What a request does in Seam, which decides what may be repeated: a read, update or delete may be sent again
 * (the second does what the first did), a create may not unless it surely was not executed.
 */
export type Effect = "read" | "update" | "delete" | "create";

export interface SeamRequest {
  /** Route such as `/acs/credentials/create`. */
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly effect: Effect;
  /** For messages: `update acs_credential 7f3c…`. */
  readonly action: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Without one, only the number of tries ends it. */
  readonly deadline?: Deadline;
  /** For a read that may be answered from a list, where there are many of them: see `listed-reads.ts`. */
  readonly listedIn?: ListedIn;
}

/** The time that one request has for all its tries and the waits between them. */
export interface Deadline {
  readonly limitMs: number;
  /** When the request was made, in milliseconds since the epoch. */
  readonly askedAt: number;
  /** Its end: `limitMs` after the request first started. Until then it only waits for others, which is not its fault. */
  at?: number;
}

export interface SeamReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly requestId?: string | undefined;
  /** The body when it is JSON, else `undefined`. */
  readonly json?: unknown;
  /** The first characters of a body that is not JSON. */
  readonly excerpt?: string | undefined;
  /** True when a list answered instead of the object's own route. */
  readonly isListed?: boolean;
}

/** A reply of 2xx whose body is a JSON object. */
export interface SuccessfulReply extends SeamReply {
  readonly json: Record<string, unknown>;
}

/** Sends one request; rejects with `NotSentError` or `NoAnswerError` only. Any status is a reply. */
export type Send = (request: SeamRequest) => Promise<SeamReply>;

/** One concern of the client, wrapped around the rest. */
export type Interceptor = (next: Send) => Send;

/** The first interceptor is the outermost: it sees a request first and its reply last. */
export function compose(transport: Send, interceptors: readonly Interceptor[]): Send {
  return interceptors.reduceRight((next, interceptor) => interceptor(next), transport);
}

/** Where an object that is asked for by its id stands in a list too. */
export interface ListedIn {
  /** Route of the list. */
  readonly path: string;
  /** Query that the object is found by, such as `{ acs_system_id }`. */
  readonly query: Readonly<Record<string, unknown>>;
  /** Key of the reply that holds the objects, such as `acs_credentials`. */
  readonly key: string;
  /** Key of the reply to the single read, such as `acs_credential`; with `_id` it names the object. */
  readonly name: string;
}
