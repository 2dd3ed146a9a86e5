import type { AccessRow, Owner, Via } from "../document";
import { methodName } from "../method-name";

/** What the renderers for people write for the parts of a row. */

/** `2030-06-19 15:00Z`; nothing where there is no such end. */
export function instantText(instant: string | undefined): string {
  return instant === undefined ? "" : `${instant.slice(0, 16).replace("T", " ")}Z`;
}

/** How the door opens: `card`, `PIN by group Staff`. */
export function howText({ method, via }: Pick<AccessRow, "method" | "via">): string {
  return `${methodName(method)}${viaText(via)}`;
}

export function statusText(status: AccessRow["status"]): string {
  return status.replaceAll("_", " ");
}

/** `undeclared`, or the stack and the resource's name. */
export function ownerText({ kind, stack, urn }: Owner): string {
  if (kind !== "declared") return kind;
  return [stack, urn?.slice(urn.lastIndexOf("::") + 2)].filter(Boolean).join(" ") || kind;
}

function viaText({ kind, id, name }: Via): string {
  if (kind === "credential") return "";
  return ` by ${kind === "access_group" ? "group" : "grant"} ${name || id}`;
}
