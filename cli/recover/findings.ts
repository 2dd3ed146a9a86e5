import type { Alike } from "../../provider/lifecycle/lifecycle";
import type { PendingOperation } from "../stack-state";

/** What became of an interrupted operation, and so what settles it. */
export type Verdict =
  /** The create happened: its object goes into the state. */
  | { readonly verdict: "import"; readonly id: string }
  /** The create of a replacement happened: its object goes into the state, the one before is marked for deletion. */
  | { readonly verdict: "replace"; readonly id: string }
  /** The create happened, but a later run made the resource again, or it has no place in the state any more. */
  | { readonly verdict: "orphan"; readonly id: string }
  /** It changed nothing that the state does not know. */
  | { readonly verdict: "clear" }
  /** It may have changed the object: the state takes over what Seam holds. */
  | { readonly verdict: "refresh"; readonly id: string }
  /** The object is gone: it leaves the state. */
  | { readonly verdict: "drop"; readonly id: string }
  /** Several objects could be it, and nothing tells which. */
  | { readonly verdict: "ambiguous"; readonly candidates: readonly Alike[] }
  /** Not this package's. */
  | { readonly verdict: "foreign" };

export type Finding = Verdict & {
  readonly operation: PendingOperation;
  readonly explanation: string;
};

/** What has to be decided by a person before anything can be applied. */
export function undecided(
  findings: readonly Finding[],
  options: { readonly orphans: "delete" | "keep" | undefined; readonly clearOthers: boolean },
): Finding[] {
  return findings.filter(
    ({ verdict }) =>
      verdict === "ambiguous" ||
      (verdict === "orphan" && options.orphans === undefined) ||
      (verdict === "foreign" && !options.clearOthers),
  );
}
