import { randomUUID } from "node:crypto";
import type { Context } from "./context";

/** Something happened: for `events/list`. */
export function recordEvent(context: Context, type: string, about: Record<string, unknown>): void {
  context.workspace.events.push({
    event_id: randomUUID(),
    event_type: type,
    ...about,
    workspace_id: context.workspace.id,
    created_at: context.clock.stamp(),
    occurred_at: context.clock.stamp(),
  });
}
