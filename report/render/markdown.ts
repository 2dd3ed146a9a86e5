import type { AccessDocument, AccessRow, Finding, FindingKind } from "../document";
import { personName } from "../findings";
import { markdownText } from "../markdown-text";
import { howText, instantText, ownerText, statusText } from "./words";

/** GitHub takes no longer summary of a job. */
const MOST_BYTES = 1024 * 1024;

/** The headings of findings. */
const TITLES: Record<FindingKind, string> = {
  undeclared: "Undeclared",
  over: "Over, and still there",
  suspended_with_access: "Suspended, with access",
  declared_but_gone: "Declared, but gone",
  declared_twice: "Declared twice",
  without_user: "Without a user",
  not_synced: "Not synced",
  expiring: "Expiring",
  without_end: "Without an end",
};

export interface MarkdownOptions {
  /** What does not fit is left out, and counted. */
  readonly maxBytes?: number;
}

/** A report as Markdown: what was not complete, findings, rows, and what was not seen; cut to the size of a job summary. */
export function renderMarkdown(
  document: AccessDocument & { readonly findings?: readonly Finding[] },
  { maxBytes = MOST_BYTES }: MarkdownOptions = {},
): string {
  const { workspace, generatedAt, rows, findings, complete, toolVersion, requests, stacks, scope } = document;
  const end = section(
    "What this report did not see",
    document.notSeen.map((text) => `- ${markdownText(text)}\n`),
  );
  const head = [
    `# Who can open what: ${markdownText(workspace.name ?? workspace.workspaceId)}\n\n`,
    ...(complete ? [] : ["**Not complete:** see the end of this report.\n\n"]),
    `Read on ${instantText(generatedAt)} by pulumi-seam ${toolVersion} with ${requests} requests. `,
    `Stacks: ${stacks.map(markdownText).join(", ") || "none"}. ${scope.length > 0 ? `Filters: ${scope.map(markdownText).join("; ")}. ` : ""}`,
    `${rows.length} rows${findings ? `, ${findings.length} findings` : ""}.\n`,
  ].join("");
  let room = maxBytes - bytes(head) - bytes(end) - RESERVE;
  const fitting = (lines: Iterable<string>, total: number, what: string) => {
    const kept: string[] = [];
    for (const line of lines) {
      room -= bytes(line);
      if (room < 0) break;
      kept.push(line);
    }
    const left = total - kept.filter((line) => !line.startsWith("\n")).length;
    return left > 0 ? [...kept, `\n${left} more ${what} do not fit here.\n`] : kept;
  };
  return [
    head,
    ...(findings ? [section("Findings", fitting(findingLines(findings), findings.length, "findings"))] : []),
    section("Access", [TABLE_HEAD, ...fitting(rowLines(rows), rows.length, "rows")]),
    end,
  ].join("");
}

/** For headings and the sentences about what does not fit. */
const RESERVE = 1_000;

const TABLE_HEAD = `| Person | Door | System | From | Until | How | Status | Owner |\n|${" --- |".repeat(8)}\n`;

function rowLine(row: AccessRow): string {
  const { person, door, system, startsAt, endsAt, status, owner } = row;
  const cells = [
    personName(person),
    door.name || door.acsEntranceId,
    system.name || system.acsSystemId,
    instantText(startsAt),
    instantText(endsAt),
    howText(row),
    statusText(status),
    ownerText(owner),
  ];
  return `| ${cells.map(markdownText).join(" | ")} |\n`;
}

function* rowLines(rows: readonly AccessRow[]): Generator<string> {
  for (const row of rows) yield rowLine(row);
}

function* findingLines(findings: readonly Finding[]): Generator<string> {
  let kind: FindingKind | undefined;
  for (const finding of findings) {
    if (finding.kind !== kind) yield `\n### ${TITLES[finding.kind]}\n\n`;
    kind = finding.kind;
    yield `- ${markdownText(finding.text)}\n`;
  }
}

function section(title: string, lines: readonly string[]): string {
  return `\n## ${title}\n\n${lines.join("") || "None.\n"}`;
}

function bytes(text: string): number {
  return Buffer.byteLength(text);
}
