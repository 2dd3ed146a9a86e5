import { Metadata, status } from "@grpc/grpc-js";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import { PartialFailure } from "../provider/lifecycle/errors";
import type { Properties } from "../provider/values/record";
import { type Received, sentOutputs } from "./properties";

/** A message that no engine sends: of an unknown type, say. */
export class WrongRequest extends Error {
  override readonly name = "WrongRequest";
}

/** The run was cancelled before this began. */
export class Cancelled extends Error {
  override readonly name = "Cancelled";
}

/** What gRPC hands to the engine. */
export interface RpcError {
  readonly code: status;
  readonly details: string;
  readonly metadata: Metadata;
}

/**
 * An error as the engine takes it. A partial failure carries the resource, which the engine saves and shows as failed.
 * @param told the properties of the message, whose secrets the state keeps as such
 * @param mask takes out what the program has marked as secret
 */
export function rpcError(
  error: unknown,
  told: readonly Received[] = [],
  mask: (text: string) => string = (text) => text,
): RpcError {
  const metadata = new Metadata();
  // Half a character would end the process: gRPC cannot write it.
  const details = mask(error instanceof Error ? error.message : String(error)).toWellFormed();
  if (error instanceof PartialFailure) {
    metadata.add("grpc-status-details-bin", initFailed(error, details, told, mask));
  }
  return { code: codeOf(error), details, metadata };
}

function codeOf(error: unknown): status {
  if (error instanceof WrongRequest) return status.INVALID_ARGUMENT;
  if (error instanceof Cancelled) return status.CANCELLED;
  return status.UNKNOWN;
}

/** Node's gRPC knows no details of an error: they go as Go's gRPC reads them, in this header. */
function initFailed(
  failure: PartialFailure,
  message: string,
  told: readonly Received[],
  mask: (text: string) => string,
): Buffer {
  const detail = new ErrorResourceInitFailed();
  detail.setId(failure.id);
  detail.setProperties(sentOutputs(failure.outputs as Properties, ...told));
  detail.setReasonsList(failure.reasons.map((reason) => mask(reason).toWellFormed()));
  const packed = new Any();
  packed.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const answer = new Status();
  answer.setCode(status.UNKNOWN);
  answer.setMessage(message);
  answer.addDetails(packed);
  return Buffer.from(answer.serializeBinary());
}
