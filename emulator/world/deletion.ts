import type { Context } from "./context";
import type { SeamWarning } from "./rows";

/** What a deleted object warns while it is still there. */
export function beingDeleted(context: Context, what: string): SeamWarning {
  return {
    warning_code: "being_deleted",
    message: `This ${what} is being deleted`,
    created_at: context.clock.stamp(),
  };
}

export function deleteLater(context: Context, remove: () => void): void {
  context.clock.after(context.settings.delays.deletionMs, remove);
}
