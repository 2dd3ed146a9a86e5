import { isCollection, isMap, isNode, isScalar, LineCounter, parseDocument } from "yaml";
import type { Path, RosterSource } from "./written";

/** Reads YAML, of which JSON is a part. Every scalar is a text, so that `+1555…` and `0017` stay as written. */
export function readYaml(file: string, text: string): RosterSource {
  const lines = new LineCounter();
  const document = parseDocument(text, { schema: "failsafe", lineCounter: lines, prettyErrors: false });
  const place = (offset: number) => `${file}:${lines.linePos(offset).line}`;
  return {
    value: withoutEmpty(document.toJS()),
    place: (path) => place(offsetOf(document.contents, path)),
    problems: document.errors.map((error) => `${place(error.pos[0])}: ${error.message}`),
  };
}

/** Where the deepest part of the path begins that is there; of a property, where its name stands. */
function offsetOf(root: unknown, path: Path): number {
  let node = root;
  let offset = isNode(root) ? (root.range?.[0] ?? 0) : 0;
  for (const part of path) {
    if (!isCollection(node)) break;
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && key.value === part);
      if (!pair) break;
      offset = isNode(pair.key) ? (pair.key.range?.[0] ?? offset) : offset;
      node = pair.value;
    } else {
      node = node.items[Number(part)];
      offset = isNode(node) ? (node.range?.[0] ?? offset) : offset;
    }
  }
  return offset;
}

/** A property that is written without a value is left out. */
function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpty);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, child]) => child !== null && child !== "")
      .map(([name, child]) => [name, withoutEmpty(child)]),
  );
}
