import { UnreadableReplyError } from "./errors";
import type { SeamRequest, SuccessfulReply } from "./exchange";

/** A workspace of Seam's: no two of them have an object in common. */
export interface SeamWorkspace {
  readonly workspaceId: string;
  readonly name: string | undefined;
  readonly isSandbox: boolean | undefined;
  /** Seam suspends sandboxes that nobody has used for 14 days. */
  readonly isSuspended: boolean | undefined;
}

/**
 * Asks once, and again only after a failure, which workspace a key or token works in.
 * @param call sends a request with that key
 * @see https://docs.seam.co/latest/api/workspaces/get
 */
export function workspaceOf(
  call: (request: SeamRequest) => Promise<SuccessfulReply>,
): () => Promise<SeamWorkspace> {
  let asked: Promise<SeamWorkspace> | undefined;
  return () => {
    asked ??= ask(call).catch((error: unknown) => {
      asked = undefined;
      throw error;
    });
    return asked;
  };
}

async function ask(call: (request: SeamRequest) => Promise<SuccessfulReply>): Promise<SeamWorkspace> {
  const action = "find out which workspace the key belongs to";
  const path = "/workspaces/get";
  const { json, requestId } = await call({ path, body: {}, effect: "read", action });
  const { workspace_id, name, is_sandbox, is_suspended } = (json["workspace"] ?? {}) as Record<
    string,
    unknown
  >;
  if (typeof workspace_id !== "string") {
    throw new UnreadableReplyError({
      action,
      path,
      requestId,
      reason: "answered without a workspace_id",
      advice: "Check that seam:endpoint is Seam's address; if it is, update pulumi-seam.",
    });
  }
  return {
    workspaceId: workspace_id,
    name: typeof name === "string" ? name : undefined,
    isSandbox: typeof is_sandbox === "boolean" ? is_sandbox : undefined,
    isSuspended: typeof is_suspended === "boolean" ? is_suspended : undefined,
  };
}
