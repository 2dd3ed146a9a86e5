import type { AccessRow, WrittenDocument } from "../document";
import { plainText } from "../plain-text";

/** A row, or what a finding says that is about none. */
type Line = Partial<AccessRow>;
type Cell = (line: Line, findings: string) => string | undefined;

/** The last two are for the reviewer to fill in. */
const COLUMNS: readonly (readonly [title: string, cell: Cell])[] = [
  ["system", ({ system }) => system?.name],
  ["door", ({ door }) => door?.name],
  ["person", ({ person }) => person?.name],
  ["email", ({ person }) => person?.emailAddress],
  ["method", ({ method }) => method],
  ["from", ({ startsAt }) => startsAt],
  ["until", ({ endsAt }) => endsAt],
  ["status", ({ status }) => status],
  ["via", ({ via }) => via?.kind],
  ["via_name", ({ via }) => via?.name],
  ["owner", ({ owner }) => owner?.kind],
  ["stack", ({ owner }) => owner?.stack],
  ["resource", ({ owner }) => owner?.urn],
  ["findings", (_row, findings) => findings],
  ["acs_system_id", ({ system }) => system?.acsSystemId],
  ["acs_entrance_id", ({ door }) => door?.acsEntranceId],
  ["acs_user_id", ({ person }) => person?.acsUserId],
  ["user_identity_id", ({ person }) => person?.userIdentityId],
  ["acs_credential_id", ({ acsCredentialId }) => acsCredentialId],
  ["via_id", ({ via }) => via?.id],
  ["reviewer", () => ""],
  ["decision", () => ""],
];

/** Spreadsheets take a file without this mark for one in the letters of their country. */
const UTF8_MARK = "\ufeff";

/**
 * Rows as CSV by RFC 4180, line by line: one line a row, then one for each finding that is about no row, with empty
 * columns for the reviewer and the decision. An incomplete reading ends with a line whose finding is `not_complete`. What a
 * spreadsheet would take for a formula gets an apostrophe in front, also where it splits cells at semicolons.
 */
export function* renderCsv(document: WrittenDocument): Generator<string> {
  const kinds = new Map<string, Set<string>>();
  for (const { acsCredentialId, kind } of document.findings ?? []) {
    if (acsCredentialId === undefined) continue;
    kinds.set(acsCredentialId, (kinds.get(acsCredentialId) ?? new Set()).add(kind));
  }
  yield UTF8_MARK + line(COLUMNS.map(([title]) => title));
  const keys = new Set<string>();
  for (const row of document.rows) {
    keys.add(row.acsCredentialId);
    const findings = [...(kinds.get(row.acsCredentialId) ?? [])].join(" ");
    yield line(COLUMNS.map(([, cell]) => cell(row, findings) ?? ""));
  }
  for (const finding of document.findings ?? []) {
    if (finding.acsCredentialId !== undefined && keys.has(finding.acsCredentialId)) continue;
    yield line(COLUMNS.map(([, cell]) => cell(finding, finding.kind) ?? ""));
  }
  if (!document.complete) yield line(COLUMNS.map(([, cell]) => cell({}, "not_complete") ?? ""));
}

function line(cells: readonly string[]): string {
  return `${cells.map(quoted).join(",")}\r\n`;
}

/** Where a cell begins, here or in a country whose spreadsheets split cells at semicolons. */
const FORMULA = /(^|;)(?=[\s"'\p{C}]*[=+\-@\uff1d\uff0b\uff0d\uff20])/gu;

/** Controls and line breaks become blanks. */
function quoted(text: string): string {
  const cell = plainText(text).replace(FORMULA, "$1'");
  return /[",;]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
