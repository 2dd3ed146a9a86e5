import { markdownText } from "../markdown-text";
import { plainJson, plainText } from "../plain-text";
import type { ChangesReport } from "./change";
import { type PersonSentence, sentences } from "./sentences";

/** As `pulumi-seam changes` prints it to a terminal or a log. */
export function changesText(report: ChangesReport): string {
  const people = sentences(report.changes, plainText, plainText);
  return [
    headline(people),
    ...people.map(({ sentence }) => `  ${sentence}`),
    ...report.notSeen.map((text) => `Not seen: ${plainText(text)}`),
  ]
    .map((line) => `${line}\n`)
    .join("");
}

/** For a comment in a pull request or a job's summary. */
export function changesMarkdown(report: ChangesReport): string {
  const people = sentences(report.changes, markdownText, (name) => `**${markdownText(name)}**`);
  const lines = people.map(({ sentence }) => `- ${sentence}`);
  const notes = report.notSeen.map((text) => `> Not seen: ${markdownText(text)}`);
  return `${[`**${headline(people)}**`, lines.join("\n"), ...notes].filter(Boolean).join("\n\n")}\n`;
}

/** The report as one JSON object. */
export function changesJson(report: ChangesReport): string {
  return `${plainJson(report, 2)}\n`;
}

function headline(people: readonly PersonSentence[]): string {
  if (people.length === 0) return "Nobody's access changes.";
  const count = (change: string) =>
    people.filter(({ changes }) => changes.some((one) => one.change === change)).length;
  const parts = HEADLINE.flatMap(([change, one, several]) => {
    const people = count(change);
    return people > 0 ? [`${people} ${people === 1 ? one : several}`] : [];
  });
  return `Access of ${people.length === 1 ? "1 person" : `${people.length} people`} changes: ${parts.join(", ")}.`;
}

const HEADLINE = [
  ["loses", "loses", "lose"],
  ["interrupted", "interrupted", "interrupted"],
  ["unknown", "unknown", "unknown"],
  ["gains", "gains", "gain"],
  ["changes", "changed in other ways", "changed in other ways"],
] as const;
