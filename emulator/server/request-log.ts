import { masked } from "./masking";

/** One request that the emulator saw. */
export interface RequestRecord {
  /** Counts from 1 since the start. */
  number: number;
  /** The emulator's time at arrival. */
  at: string;
  method: string;
  /** Without the query. */
  path: string;
  /** Parameters of the body or the query, with secrets masked. */
  body: unknown;
  /** `undefined` while it is under way and if no answer was sent. */
  status: number | undefined;
  /** The fault that was played, if any. */
  fault: string | undefined;
  /** Requests under way when this one arrived, itself included. */
  inFlight: number;
  /** Also the reply's `seam-request-id`. */
  requestId: string;
  workspaceId: string | undefined;
}

/** Which requests are meant; what is left out does not matter. */
export interface RequestFilter {
  /** A path such as `/acs/credentials/create`. */
  path?: string;
  method?: string;
  status?: number;
  workspaceId?: string;
}

const KEPT_REQUESTS = 100_000;

/** Every request in order of arrival: an iterable with the questions that tests ask. Keeps the last 100,000. */
export class RequestLog implements Iterable<RequestRecord> {
  #records: RequestRecord[] = [];
  #counts = new Map<string, number>();
  #number = 0;
  #inFlight = 0;
  #maxInFlight = 0;

  [Symbol.iterator](): Iterator<RequestRecord> {
    return this.#records[Symbol.iterator]();
  }

  get length(): number {
    return this.#records.length;
  }

  at(index: number): RequestRecord | undefined {
    return this.#records.at(index);
  }

  all(filter: RequestFilter = {}): RequestRecord[] {
    const wanted = Object.entries(filter).filter(([, value]) => value !== undefined);
    return this.#records.filter((record) =>
      wanted.every(([name, value]) => record[name as keyof RequestFilter] === value),
    );
  }

  /** How many requests came: to this path, or in all. Exact, also beyond the records that are kept. */
  count(path?: string): number {
    if (path !== undefined) return this.#counts.get(path) ?? 0;
    let sum = 0;
    for (const count of this.#counts.values()) sum += count;
    return sum;
  }

  /** Requests per path. */
  counts(): Record<string, number> {
    return Object.fromEntries([...this.#counts].sort(([a], [b]) => a.localeCompare(b)));
  }

  /** The most requests that were under way at a time. */
  get maxInFlight(): number {
    return this.#maxInFlight;
  }

  clear(): void {
    this.#records = [];
    this.#counts.clear();
    this.#maxInFlight = this.#inFlight;
  }

  /** @internal */
  begin(request: Pick<RequestRecord, "at" | "method" | "path" | "requestId">): RequestRecord {
    this.#inFlight += 1;
    this.#maxInFlight = Math.max(this.#maxInFlight, this.#inFlight);
    this.#number += 1;
    this.#counts.set(request.path, (this.#counts.get(request.path) ?? 0) + 1);
    const record: RequestRecord = {
      number: this.#number,
      ...request,
      body: undefined,
      status: undefined,
      fault: undefined,
      inFlight: this.#inFlight,
      workspaceId: undefined,
    };
    this.#records.push(record);
    if (this.#records.length >= KEPT_REQUESTS * 2) this.#records = this.#records.slice(-KEPT_REQUESTS);
    return record;
  }

  /** @internal */
  setBody(record: RequestRecord, body: unknown): void {
    record.body = masked(body);
  }

  /** @internal The request has left: answered, reset or given up by the client. */
  end(): void {
    this.#inFlight -= 1;
  }
}
