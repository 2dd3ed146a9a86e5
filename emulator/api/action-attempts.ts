import { z } from "zod";
import { findActionAttempt } from "../world/action-attempts";
import { id, ids, page } from "./input";
import { paginate } from "./pagination";
import { route } from "./route";

export const actionAttemptRoutes = [
  route("/action_attempts/get", z.object({ action_attempt_id: id() }), (context, { action_attempt_id }) => ({
    action_attempt: findActionAttempt(context, action_attempt_id),
  })),

  route(
    "/action_attempts/list",
    z.object({ action_attempt_ids: ids().optional(), device_id: id().optional(), ...page() }),
    (context, input) => {
      const { actionAttempts } = context.workspace;
      // Nothing that the emulator does takes place on a device.
      const isAskedFor = (attemptId: string) =>
        !input.device_id && (!input.action_attempt_ids || input.action_attempt_ids.includes(attemptId));
      const { rows, pagination } = paginate(
        context,
        "/action_attempts/list",
        input,
        actionAttempts,
        actionAttempts.all(),
        (attempt) => isAskedFor(attempt.action_attempt_id),
      );
      return { action_attempts: rows, pagination };
    },
  ),
];
