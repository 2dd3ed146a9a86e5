import type { WrittenDocument } from "../document";
import { plainJson } from "../plain-text";

/**
 * A document as JSON, piece by piece: a text of a large workspace as a whole would be too long for one string.
 * Fields come in the order of the object, rows one on a line.
 */
export function* renderJson(document: WrittenDocument): Generator<string> {
  let separator = "{\n";
  for (const [name, value] of Object.entries(document)) {
    yield `${separator}  ${JSON.stringify(name)}: `;
    separator = ",\n";
    if (typeof value === "object" && Symbol.iterator in value) yield* renderList(value);
    else yield plainJson(value);
  }
  yield "\n}\n";
}

function* renderList(list: Iterable<unknown>): Generator<string> {
  let separator = "[\n";
  for (const element of list) {
    yield `${separator}    ${plainJson(element)}`;
    separator = ",\n";
  }
  yield separator === ",\n" ? "\n  ]" : "[]";
}
