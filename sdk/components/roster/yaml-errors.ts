import type { YAMLError } from "yaml";

/** What is wrong, and what to do, for people who write rosters rather than YAML. */
export function inPlainWords({ code, message, pos }: YAMLError, text: string): string {
  const rest = text.slice(pos[0]);
  const word = /^[^\s:,]*/.exec(rest)?.[0] ?? "";
  const { says } = WORDS.find((words) => words.code === code && message.includes(words.of ?? "")) ?? OTHER;
  const lineBefore = text.slice(0, pos[0]).trimEnd().split("\n").at(-1) ?? "";
  if (message.includes("end with") && /\s#.*[\]}]/.test(lineBefore)) return COMMENTED;
  const isAtEnd = rest.trim().length <= word.length;
  return says(word, message) + (isAtEnd ? " Is the end of the file missing?" : "");
}

interface Words {
  readonly code?: YAMLError["code"];
  /** A part of the parser's own message, where a code has several. */
  readonly of?: string;
  /** @param word what stands where the parser has stumbled */
  says(word: string, message: string): string;
}

const QUOTE = "Put the value in quotation marks.";
/** Of a line such as `doors: [Door #3]`. */
const COMMENTED = `a bracket before this is closed behind a #, where a comment begins. ${QUOTE}`;
const OTHER: Words = { says: (_, message) => `cannot be read as YAML: ${message}.` };
const UNEVEN: Words = {
  says: () => "the line is indented otherwise than the lines that it belongs to. Align it with them.",
};

const WORDS: readonly Words[] = [
  {
    code: "DUPLICATE_KEY",
    says: (word) => `${word} stands twice in one list of properties. Keep one of them.`,
  },
  { code: "TAB_AS_INDENT", says: () => "the line is indented with a tab. Indent with blanks." },
  { code: "MULTIPLE_DOCS", says: () => "a second document begins here. Keep one roster in the file." },
  { code: "BLOCK_AS_IMPLICIT_KEY", of: "Nested", says: () => `a value holds a colon and a blank. ${QUOTE}` },
  { code: "BAD_SCALAR_START", says: (word) => `a value cannot begin with ${word[0]}. ${QUOTE}` },
  {
    code: "BAD_DQ_ESCAPE",
    says: (word) =>
      `${word.slice(0, 2)} means nothing within double quotes. Use single quotes, or write \\\\.`,
  },
  { code: "TAG_RESOLVE_FAILED", says: tag },
  { code: "BAD_COLLECTION_TYPE", says: tag },
  {
    code: "UNEXPECTED_TOKEN",
    of: "at node end",
    says: (word) => `${word} follows a value that has ended. ${QUOTE}`,
  },
  { code: "UNEXPECTED_TOKEN", of: "flow-map-end", says: () => "there is a } too many." },
  { code: "UNEXPECTED_TOKEN", of: "flow-seq-end", says: () => "there is a ] too many." },
  { code: "MISSING_CHAR", of: "closing", says: () => "a quotation mark is not closed." },
  {
    code: "MISSING_CHAR",
    of: "followed by map values",
    says: (word) => `${word} has no value: there is no colon and blank behind it. Write name: value.`,
  },
  { code: "MISSING_CHAR", of: ", ", says: () => "a comma is missing before this." },
  { code: "MISSING_CHAR", of: "Sequence item", ...UNEVEN },
  { code: "BAD_INDENT", of: "end with a }", says: () => "a { is not closed with a }." },
  { code: "BAD_INDENT", of: "end with a ]", says: () => "a [ is not closed with a ]." },
  { code: "BAD_INDENT", ...UNEVEN },
];

function tag(word: string): string {
  return `${word} is not understood: every value is a text. Take it out, or put the value in quotation marks.`;
}
