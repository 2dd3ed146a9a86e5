import type { Finding, Report, Row, Subject } from "./report";
import { FILTERS, type Filter, type Selection } from "./selection";
import { DAY_MS } from "./times";

/** What of a report passes the search and the filters. */
export interface Matches {
  readonly rows: readonly Row[];
  readonly findings: readonly Finding[];
  /** In the order of the report, each with the rows that pass. */
  readonly doors: ReadonlyMap<Subject, readonly Row[]>;
  readonly people: ReadonlyMap<Subject, readonly Row[]>;
}

export function matching(report: Report, selection: Selection): Matches {
  const passesFilters = filterOf(report, selection);
  const words = fold(selection.q).split(/\s+/).filter(Boolean);
  const has = containing();
  const isFound = (row: Row) =>
    words.every(
      (word) =>
        has(row.person.name, word) ||
        has(row.person.detail, word) ||
        has(row.door.name, word) ||
        has(row.system.name, word) ||
        has(row.how, word) ||
        has(row.owner.text, word) ||
        has(row.person.id, word) ||
        has(row.door.id, word) ||
        row.credential.includes(word),
    );
  const rows = report.rows.filter((row) => passesFilters(row) && isFound(row));
  const onlySystem = FILTERS.every((filter) => filter === "system" || selection[filter] === "");
  const findings = (report.findings ?? []).filter(
    (finding) =>
      (finding.rows.length > 0
        ? finding.rows.some(passesFilters)
        : onlySystem && (!selection.system || finding.system?.id === selection.system)) &&
      words.every(
        (word) =>
          fold(finding.text).includes(word) ||
          has(finding.kind.title, word) ||
          has(finding.system?.name ?? "", word) ||
          has(finding.person?.detail ?? "", word) ||
          has(finding.owner?.text ?? "", word) ||
          finding.rows.some((row) => has(row.door.name, word)) ||
          (finding.credential?.includes(word) ?? false),
      ),
  );
  return {
    rows,
    findings,
    doors: grouped(report.doors, rows, ({ door }) => door),
    people: grouped(report.people, rows, ({ person }) => person),
  };
}

/** Whether a row ends within the days, counted from the report, or never ends. */
function passesUntil({ endsAt }: Row, until: string, readAtMs: number): boolean {
  if (until === "none") return endsAt === undefined;
  if (endsAt === undefined) return false;
  const endsAtMs = Date.parse(endsAt);
  return endsAtMs > readAtMs && endsAtMs <= readAtMs + Number(until) * DAY_MS;
}

function filterOf({ readAtMs }: Report, selection: Selection): (row: Row) => boolean {
  const tests: Record<Filter, (row: Row) => boolean> = {
    system: ({ system }) => system.id === selection.system,
    status: ({ status }) => status === selection.status,
    owner: ({ owner }) => owner.kind === selection.owner,
    method: ({ method }) => method === selection.method,
    until: (row) => passesUntil(row, selection.until, readAtMs),
  };
  const set = FILTERS.filter((filter) => selection[filter] !== "").map((filter) => tests[filter]);
  return (row) => set.every((test) => test(row));
}

/** Tells whether a text has a word in it; each text of the report is folded and searched once. */
function containing(): (text: string, word: string) => boolean {
  const known = new Map<string, Map<string, boolean>>();
  return (text, word) => {
    const ofWord = known.get(word) ?? new Map<string, boolean>();
    known.set(word, ofWord);
    const before = ofWord.get(text);
    if (before !== undefined) return before;
    const found = fold(text).includes(word);
    ofWord.set(text, found);
    return found;
  };
}

/** As people search: without capitals and accents. */
function fold(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

function grouped(
  subjects: readonly Subject[],
  rows: readonly Row[],
  subjectOf: (row: Row) => Subject,
): Map<Subject, Row[]> {
  const groups = new Map<Subject, Row[]>(subjects.map((subject) => [subject, []]));
  for (const row of rows) groups.get(subjectOf(row))?.push(row);
  for (const [subject, of] of groups) if (of.length === 0) groups.delete(subject);
  return groups;
}
