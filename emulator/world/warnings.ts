import type { Context } from "./context";
import type { SeamWarning } from "./rows";

export function warning(
  context: Context,
  code: string,
  message: string,
  details: Record<string, unknown> = {},
): SeamWarning {
  return { warning_code: code, message, created_at: context.clock.stamp(), ...details };
}

export function has(row: { warnings: readonly SeamWarning[] }, code: string): boolean {
  return row.warnings.some((entry) => entry.warning_code === code);
}

/** The warnings but those of the code. */
export function without(row: { warnings: readonly SeamWarning[] }, ...codes: string[]): SeamWarning[] {
  return row.warnings.filter((entry) => !codes.includes(entry.warning_code));
}
