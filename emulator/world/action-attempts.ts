import { randomUUID } from "node:crypto";
import type { Context } from "./context";
import { notFound } from "./errors";
import type { ActionAttempt } from "./rows";

/** How something that takes its time has ended. */
export type Outcome = { result: object } | { error: { type: string; message: string } };

export function findActionAttempt(context: Context, attemptId: string): ActionAttempt {
  const attempt = context.workspace.actionAttempts.get(attemptId);
  if (!attempt) throw notFound("action_attempt");
  return attempt;
}

/** Is pending until a person has had the time to do it; what comes of it is seen then. */
export function attempt(context: Context, type: string, act: () => Outcome): ActionAttempt {
  const { actionAttempts } = context.workspace;
  const started = actionAttempts.insert({
    action_attempt_id: randomUUID(),
    action_type: type,
    status: "pending",
    result: null,
    error: null,
  });
  context.clock.after(context.settings.delays.cardMs, () => {
    const outcome = act();
    actionAttempts.change(
      started,
      "error" in outcome ? { status: "error", error: outcome.error } : { status: "success", ...outcome },
    );
  });
  return started;
}

export function failed(type: string, message: string): Outcome {
  return { error: { type, message } };
}
