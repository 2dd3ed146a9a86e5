import type { SeamClient } from "../../provider/http/client";
import { SeamError, UnreadableReplyError } from "../../provider/http/errors";
import { maskSecrets } from "../../provider/http/mask";
import { poll } from "../../provider/lifecycle/poll";
import { isRecord, type Properties } from "../../provider/values/record";

/** How something that a person has to take part in has ended. */
export type Outcome =
  | { readonly status: "success" }
  /** Seam's type and words, such as `no_credential_on_encoder`. */
  | { readonly status: "error"; readonly type: string; readonly message: string }
  /** With what kept Seam from telling, where that is why nobody knows. */
  | { readonly status: "pending"; readonly actionAttemptId: string; readonly problem?: string };

/**
 * Starts what a person at a door or an encoder has to take part in, and waits for its end. It is never sent twice: a card
 * could be written twice.
 * @param body holds nothing that may be shown: a card number in it is masked in Seam's words
 * @see https://docs.seam.co/latest/api/action_attempts
 */
export async function attempted(
  seam: SeamClient,
  request: { readonly path: string; readonly body: Properties; readonly action: string },
  timeoutMs: number,
): Promise<Outcome> {
  const { json, requestId } = await seam.call({ ...request, effect: "create" });
  let attempt = json["action_attempt"];
  if (!isRecord(attempt) || typeof attempt["action_attempt_id"] !== "string") {
    throw new UnreadableReplyError({
      action: request.action,
      path: request.path,
      requestId,
      reason: "answered without an action_attempt",
      advice: "Look at the encoder: the card may have been written.",
    });
  }
  const actionAttemptId = attempt["action_attempt_id"];
  let problem: string | undefined;
  const isOver = () => isRecord(attempt) && attempt["status"] !== "pending";
  if (!isOver()) {
    await poll({ timeoutMs }, async () => {
      try {
        const reply = await seam.call({
          path: "/action_attempts/get",
          body: { action_attempt_id: actionAttemptId },
          effect: "read",
          action: `see how far it is: ${request.action}`,
        });
        attempt = reply.json["action_attempt"];
        problem = undefined;
      } catch (error) {
        // It goes on, whoever can look: a failure would read as if nothing had been written.
        if (!(error instanceof SeamError)) throw error;
        problem = error.reason;
      }
      return isOver();
    });
  }
  const { status, error } = isRecord(attempt) ? attempt : {};
  if (status === "success") return { status };
  if (status !== "error") return { status: "pending", actionAttemptId, ...(problem && { problem }) };
  const { type, message } = isRecord(error) ? error : {};
  return { status, type: String(type), message: maskSecrets([request.body])(String(message)) };
}
