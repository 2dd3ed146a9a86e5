import * as pulumi from "@pulumi/pulumi";

/** A look-up found no object or several, or its arguments are incomplete. */
export class LookUpError extends pulumi.RunError {
  override readonly name = "LookUpError";

  constructor(message: string) {
    super(message);
    // Pulumi prints the stack of an error that an output ends in; the message says it all.
    this.stack = message;
  }
}
