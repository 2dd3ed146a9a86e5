import { readFileSync, writeFileSync } from "node:fs";
import { ASSUMPTIONS } from "./assumptions.mts";
import { RESOURCES } from "./lives.mts";

/** What came of trying an assumption. */
export interface Finding {
  readonly id: string;
  /** `undefined`: it is not known, since there was nothing to try it with, or trying it failed. */
  readonly holds: boolean | undefined;
  readonly said: string;
  /** Trying it failed. */
  readonly isFailure?: true;
}

const PAGE = new URL("../../docs/assumptions.md", import.meta.url);

/** Puts what is assumed, and what Seam said of it, into docs/assumptions.md. */
export function writeFindings(findings: readonly Finding[]): void {
  const said = new Map(findings.map((finding) => [finding.id, finding]));
  const rows = [...ASSUMPTIONS, ...RESOURCES].map(({ id, what, otherwise }) => {
    const finding = said.get(id);
    const isAsked = finding && !finding.isFailure;
    const answer = isAsked
      ? `${finding.holds === false ? "**differs**: " : ""}${finding.said}`
      : "not asked yet";
    return `| \`${id}\` | ${what} | ${otherwise} | ${answer} |`;
  });
  const table = ["| | assumed | otherwise | Seam said |", "| --- | --- | --- | --- |", ...rows].join("\n");
  const text = readFileSync(PAGE, "utf8");
  writeFileSync(
    PAGE,
    text.replace(/(<!-- assumptions -->\n)[\s\S]*(<!-- \/assumptions -->)/, `$1${table}\n$2`),
  );
}
