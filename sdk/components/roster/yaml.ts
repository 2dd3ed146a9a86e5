import { LineCounter, parseDocument, type YAMLWarning } from "yaml";
import { isRecord } from "../../../provider/values/record";
import type { Mistake, RosterSource } from "./written";
import { inPlainWords } from "./yaml-errors";
import { linksOf, offsetOf } from "./yaml-nodes";

/**
 * Reads YAML, of which JSON is a part. Every scalar is a text, so that `+1555…` and `0017` stay as written. Merge keys
 * (`<<: *base`) work; what stands at the top under a name that begins with `x-` is there to be named and merged only.
 */
export function readYaml(file: string, text: string): RosterSource {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    schema: "failsafe",
    merge: true,
    lineCounter: lines,
    prettyErrors: false,
  });
  const links = linksOf(document);
  const place = (offset: number) => `${file}:${lines.linePos(offset).line}`;
  const source = {
    place: (path: readonly (string | number)[]) => place(offsetOf(document, links, path)),
    nameOf: (property: string) => property,
  };
  const wrong = [
    ...[...document.errors, ...document.warnings.filter(isMeant)].map((error) => ({
      offset: error.pos[0],
      text: inPlainWords(error, text),
    })),
    ...links.problems,
    ...(document.contents === null ? [{ offset: 0, text: EMPTY }] : []),
  ];
  if (wrong.length > 0) {
    const mistakes = wrong.map(({ offset, text }): Mistake => ({ place: place(offset), text }));
    return { ...source, value: undefined, mistakes: firstOfEachPlace(mistakes) };
  }
  try {
    return { ...source, value: rosterOf(document.toJS({ maxAliasCount: MAX_ALIASES })), mistakes: [] };
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    return { ...source, value: undefined, mistakes: [{ place: place(0), text: BOMB }] };
  }
}

const EMPTY = "the file is empty. Give at least the list of people: people: [] for nobody.";

const BOMB = "repeats its aliases (*name) within one another too often.";

/** How often one place may be named, lists of lists multiplied: everybody of a big roster, and no bomb. */
const MAX_ALIASES = 100_000;

/** The parser warns of brackets that are closed at the edge, too, which mean what they seem to. */
function isMeant({ code }: YAMLWarning): boolean {
  return code !== "BAD_INDENT";
}

/** What follows on a line that the parser has stumbled over is noise. */
function firstOfEachPlace(mistakes: readonly Mistake[]): Mistake[] {
  return [...new Map([...mistakes].reverse().map((mistake) => [mistake.place, mistake])).values()];
}

function rosterOf(value: unknown): unknown {
  const plain = withoutEmpty(value);
  if (!isRecord(plain)) return plain;
  return Object.fromEntries(Object.entries(plain).filter(([name]) => !name.startsWith("x-")));
}

/** A property that is written without a value is left out. */
function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpty);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, child]) => child !== null && child !== "")
      .map(([name, child]) => [name, withoutEmpty(child)]),
  );
}
