/** Something exists in Seam but is not as declared: kept in the state, shown as failed, mended by the next update. */
export class PartialFailure extends Error {
  override readonly name = "PartialFailure";
  readonly id: string;
  readonly outputs: Record<string, unknown>;
  readonly reasons: readonly string[];
  constructor(id: string, outputs: Record<string, unknown>, reasons: readonly string[]) {
    super(reasons.join("\n"));
    this.id = id;
    this.outputs = outputs;
    this.reasons = reasons;
    this.stack = "";
  }
}

/** A stop that needs the reader's decision; the message is all there is to say. */
export class RefusedError extends Error {
  override readonly name = "RefusedError";
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.stack = "";
  }
}
