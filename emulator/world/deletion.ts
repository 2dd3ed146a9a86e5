import type { Context } from "./context";
import type { SeamWarning } from "./rows";
import { has, warning } from "./warnings";

/** What a deleted object warns while it is still there. */
export function beingDeleted(context: Context, what: string): SeamWarning {
  return warning(context, "being_deleted", `This ${what} is being deleted`);
}

export function isBeingDeleted(row: { warnings: readonly SeamWarning[] }): boolean {
  return has(row, "being_deleted");
}

export function deleteLater(context: Context, remove: () => void): void {
  context.clock.after(context.settings.delays.deletionMs, remove);
}
