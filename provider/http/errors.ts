/**
 * What can go wrong between the provider and Seam: one class per meaning. Every message says what failed,
 * on what, why, and what to do; none holds a PIN, key or token (see `http/reply-error.ts`, which masks them).
 */

export interface SeamErrorDetails {
  /** What was being done, such as `update acs_credential 7f3c…`. */
  readonly action: string;
  readonly path: string;
  readonly status?: number | undefined;
  /** Seam's own name for the error, such as `invalid_input`. */
  readonly type?: string | undefined;
  readonly requestId?: string | undefined;
  readonly reason: string;
  /** What the reader should do now: whole sentences. */
  readonly advice: string;
  readonly cause?: unknown;
}

/** Base of all of them. */
export class SeamError extends Error {
  override readonly name: string = "SeamError";
  readonly action: string;
  readonly path: string;
  readonly status: number | undefined;
  readonly type: string | undefined;
  readonly requestId: string | undefined;
  /** What came back instead of a success, with the request's id where Seam gave one. */
  readonly reason: string;
  /** What the reader should do now. */
  readonly advice: string;
  constructor(details: SeamErrorDetails) {
    const reason = details.requestId ? `${details.reason} (request ${details.requestId})` : details.reason;
    super(`Cannot ${details.action}: POST ${details.path} ${reason}. ${details.advice}`, {
      cause: details.cause,
    });
    this.action = details.action;
    this.path = details.path;
    this.status = details.status;
    this.type = details.type;
    this.requestId = details.requestId;
    this.reason = reason;
    this.advice = details.advice;
    // The engine prints the stack of what check, diff, read and delete throw; an expected error has said it all.
    this.stack = "";
  }
}

/** Seam refused the request's content (400). */
export class InvalidInputError extends SeamError {
  override readonly name = "InvalidInputError";
}

/** The key or token is wrong, gone or of the wrong workspace (401, 403, missing_workspace_id). */
export class UnauthorizedError extends SeamError {
  override readonly name = "UnauthorizedError";
}

/** Seam says, as JSON of type `*_not_found`, that some object does not exist: see {@link isNotFound} for which. */
export class NotFoundError extends SeamError {
  override readonly name = "NotFoundError";
}

/**
 * Whether Seam says that an object of one of these kinds does not exist. Nothing else means that it is gone: where
 * the workspace or the access system is not found, nobody knows of what is in it.
 * @param kinds Seam's names, such as `acs_user`
 */
export function isNotFound(error: unknown, ...kinds: readonly string[]): error is NotFoundError {
  return error instanceof NotFoundError && kinds.some((kind) => error.type === `${kind}_not_found`);
}

/** The request contradicts what exists (409). */
export class ConflictError extends SeamError {
  override readonly name = "ConflictError";
}

/** Too many requests (429), until the deadline for all tries. */
export class RateLimitedError extends SeamError {
  override readonly name = "RateLimitedError";
}

/** Seam failed (5xx), or answered something that is not Seam's; what was asked may have been done. */
export class ServerError extends SeamError {
  override readonly name = "ServerError";
}

/** An answer of 2xx that cannot be understood; what was asked has been done. */
export class UnreadableReplyError extends SeamError {
  override readonly name = "UnreadableReplyError";
}

/** The request was sent and no whole answer came back: nobody knows whether it was carried out. */
export class NoAnswerError extends SeamError {
  override readonly name = "NoAnswerError";
}

/** The request never left: no connection could be made. */
export class NotSentError extends SeamError {
  override readonly name = "NotSentError";
}
