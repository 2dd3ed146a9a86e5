import { isGrpcError } from "@pulumi/pulumi/errors";

/** The module of Pulumi's SDK through which each of its calls to the engine goes. */
interface Calls {
  suppressUnhandledGrpcRejections<T>(call: Promise<T>): Promise<T | undefined>;
}

let isDone = false;

/**
 * Lets a run that the engine ends fail by the run's own error. Components tell the engine their outputs; a call that
 * is under way when the engine ends is rejected, and Pulumi's SDK, which means to keep that quiet, rejects once more
 * what nobody can handle (`runAsyncResourceOp` of 3.270). Programs on disk pass over it. A test runner takes it for an
 * error of the test, or of whichever runs by then.
 */
export function keepEndedCallsQuiet(): void {
  if (isDone) return;
  isDone = true;
  const calls = require("@pulumi/pulumi/runtime/rpc") as Calls;
  calls.suppressUnhandledGrpcRejections = (call) =>
    call.catch((error: Error) => {
      if (!isGrpcError(error)) throw error;
      return undefined;
    });
}
