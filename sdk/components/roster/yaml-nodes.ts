import {
  type Alias,
  type Document,
  isAlias,
  isCollection,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  visit,
  type YAMLMap,
} from "yaml";
import type { Path } from "./written";

/** What the aliases of a document stand for, and what is wrong with them. */
export interface Links {
  readonly targets: ReadonlyMap<Alias, Node>;
  readonly problems: readonly { readonly offset: number; readonly text: string }[];
}

/**
 * Finds what each alias of a document stands for. On the way a plain `null` or `~` becomes what it is in YAML: no value.
 */
export function linksOf(document: Document): Links {
  const targets = new Map<Alias, Node>();
  const anchors = new Map<string, Node>();
  const problems: { offset: number; text: string }[] = [];
  const note = (node: unknown, text: string) => problems.push({ offset: beginOf(node) ?? 0, text });
  const named = (node: Node & { anchor?: string }) => {
    if (node.anchor) anchors.set(node.anchor, node);
  };
  visit(document, {
    Alias(_, alias, ancestors) {
      const target = anchors.get(alias.source);
      if (target === undefined) note(alias, unknownAlias(alias.source));
      else if (ancestors.includes(target as never))
        note(alias, `*${alias.source} stands within what it names.`);
      else targets.set(alias, target);
    },
    Collection: (_, node) => named(node),
    Pair(_, { key, value }) {
      if (isCollection(key) || isAlias(key)) {
        note(
          key,
          "the name of a property is no plain text. Put a name that begins with [, { or * in quotation marks.",
        );
      } else if (isMergeKey(key) && !isMergeable(value, anchors)) {
        note(key, "<< takes over the properties of something that is named before. Write <<: *name.");
      }
    },
    Scalar(position, node) {
      named(node);
      const isPlainNull = node.type === "PLAIN" && (node.value === "null" || node.value === "~");
      if (isPlainNull && position !== "key") node.value = null;
    },
  });
  return { targets, problems };
}

/** Where the deepest part of the path begins that is there; of a property, where its name stands. */
export function offsetOf(document: Document, links: Links, path: Path): number {
  const behind = (node: unknown) => (isAlias(node) ? links.targets.get(node) : node);
  let node: unknown = document.contents;
  let offset = beginOf(node) ?? 0;
  for (const part of path) {
    const collection = behind(node);
    if (isMap(collection)) {
      const pair = pairOf(collection, part, behind);
      if (!pair) break;
      offset = beginOf(pair.key) ?? offset;
      node = pair.value;
    } else if (isSeq(collection)) {
      node = collection.items[Number(part)];
      offset = beginOf(node) ?? offset;
    } else break;
  }
  return offset;
}

/** The property of this name, of the map itself or else of what it merges. */
function pairOf(map: YAMLMap, name: string | number, behind: (node: unknown) => unknown): Pair | undefined {
  const own = map.items.find(({ key }) => isScalar(key) && key.value === name);
  if (own) return own;
  for (const { key, value } of map.items) {
    if (!isMergeKey(key)) continue;
    const merged = behind(value);
    for (const source of isSeq(merged) ? merged.items.map(behind) : [merged]) {
      const pair = isMap(source) && pairOf(source, name, behind);
      if (pair) return pair;
    }
  }
  return undefined;
}

/** A key that the parser has read as the merge key: a quoted `<<` is a name like any other. */
function isMergeKey(key: unknown): boolean {
  return isScalar(key) && typeof key.value === "symbol";
}

function isMergeable(value: unknown, anchors: ReadonlyMap<string, Node>): boolean {
  // Of an unknown alias is told already.
  const isSource = (node: unknown) =>
    isMap(node) || (isAlias(node) && (!anchors.has(node.source) || isMap(anchors.get(node.source))));
  const list = isAlias(value) ? anchors.get(value.source) : value;
  return isSeq(list) ? list.items.every(isSource) : isSource(value);
}

function beginOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}

function unknownAlias(name: string): string {
  return `there is nothing above that is named &${name}. Name it so, or put a value that begins with * in quotation marks.`;
}
