import { isRecord } from "../../provider/values/record";
import type { Places } from "../../report/reading/reading";
import { ALL_KINDS, KINDS, type Kind } from "./kinds";
import { type LookUp, lookUpsOf } from "./look-ups";
import { identifierOf } from "./names";
import type { ImportedResource } from "./resource";
import { literal, objectLiteral, type Words } from "./typescript";

/** What a program is made of. */
export interface ProgramParts {
  readonly resources: readonly ImportedResource[];
  /** By id. */
  readonly names: ReadonlyMap<string, string>;
  readonly places: Places;
  /** What people call the objects that the program can only name by id, by that. */
  readonly titles: ReadonlyMap<string, string>;
}

/** One file of a program. */
export interface ProgramFile {
  /** Its name without a folder: the kind of what is in it; of a program in one file, none. */
  readonly kind: FileKind | undefined;
  readonly text: string;
}

/** Files of a program that is split. */
type FileKind = Kind | "places";

/** More resources than that nobody reads in one file. */
const MOST_IN_ONE_FILE = 500;

const SEAM = 'import * as seam from "pulumi-seam";\n';
const PINS = [
  "// PINs are not declared: Seam keeps the ones that there are. To set one, add",
  '//   code: new pulumi.Config().requireSecret("…")\n',
].join("\n");

/**
 * A TypeScript program that declares exactly these resources. It holds no PIN. Resources refer to each other, and places
 * are looked up by their names. A long one has a file for each kind.
 */
export function programFiles(parts: ProgramParts, mostInOneFile = MOST_IN_ONE_FILE): ProgramFile[] {
  const kinds = ALL_KINDS.filter((kind) => parts.resources.some((one) => one.kind === kind));
  const isSplit = parts.resources.length > mostInOneFile && kinds.length > 1;
  const scope = scopeOf(parts, isSplit);
  const lookUps = [...scope.lookUps.values()].map((lookUp) => scope.lookUpText(lookUp)).join("");
  const declared = kinds.map((kind) => ({
    kind,
    text: parts.resources
      .filter((one) => one.kind === kind)
      .map((one) => scope.resourceText(one))
      .join("\n"),
  }));
  if (!isSplit) {
    const sections = [SEAM, PINS, lookUps, ...declared.map(({ text }) => text)];
    return [{ kind: undefined, text: sections.filter((text) => text !== "").join("\n") }];
  }
  const files = [
    ...(lookUps ? [{ kind: "places" as const, text: `${SEAM}\n${lookUps}` }] : []),
    ...declared.map(({ kind, text }) => ({
      kind,
      text: [
        scope.importsOf(kind),
        ...(kind === "credentials" || kind === "grants" ? [PINS] : []),
        text,
      ].join("\n"),
    })),
  ];
  return files;
}

/** What the texts of a program refer to, and how. */
interface Scope {
  readonly lookUps: ReadonlyMap<string, LookUp>;
  lookUpText(lookUp: LookUp): string;
  resourceText(resource: ImportedResource): string;
  /** The imports at the head of a kind's file. */
  importsOf(kind: Kind): string;
}

function scopeOf({ resources, names, places, titles }: ProgramParts, isSplit: boolean): Scope {
  const byId = new Map(resources.map((one) => [one.id, one]));
  const named = new Set(resources.flatMap(({ inputs }) => textsInside(inputs)));
  const lookUps = lookUpsOf(places, (id) => named.has(id) && !byId.has(id));
  const declared = new Set<string>();
  const imported = new Map<Kind, Set<FileKind>>();
  const isReferredTo = ({ kind, id }: ImportedResource) => named.has(id) && "idOutput" in KINDS[kind];
  const exported = isSplit ? "export " : "";

  /** `undefined`: only the id says it, or what it names is not declared yet. */
  const reference = (id: string, kind: FileKind): string | undefined => {
    const resource = byId.get(id);
    const lookUp = lookUps.get(id);
    if (resource ? !declared.has(id) : !lookUp) return undefined;
    const home: FileKind = resource?.kind ?? "places";
    const identifier = lookUp?.identifier ?? identifierOf(names.get(id) ?? id);
    const output = lookUp?.output ?? outputOf(resource);
    if (!isSplit || home === kind) return `${identifier}.${output}`;
    if (kind !== "places") imported.set(kind, (imported.get(kind) ?? new Set()).add(home));
    return `${home}.${identifier}.${output}`;
  };

  return {
    lookUps,
    lookUpText: (lookUp) => {
      const words: Words = { reference: (text) => reference(text, "places"), titles };
      const start = `${exported}const ${lookUp.identifier} = seam.${lookUp.name}(`;
      return `${start}${literal(lookUp.args, words, start.length)});\n`;
    },
    resourceText: (resource) => {
      const { kind, id, inputs } = resource;
      const words: Words = { reference: (text) => reference(text, kind), titles };
      const name = names.get(id) ?? id;
      const args = `${JSON.stringify(name)}, ${objectLiteral(inputs, words)}`;
      const text = `new seam.${KINDS[kind].lifecycle.name}(${args});\n`;
      declared.add(id);
      return isReferredTo(resource) ? `${exported}const ${identifierOf(name)} = ${text}` : text;
    },
    importsOf: (kind) =>
      [
        SEAM,
        ...[...(imported.get(kind) ?? [])].sort().map((home) => `import * as ${home} from "./${home}";\n`),
      ].join(""),
  };
}

function outputOf(resource: ImportedResource | undefined): string {
  const kind = resource && KINDS[resource.kind];
  return kind && "idOutput" in kind ? kind.idOutput : "id";
}

function textsInside(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(textsInside);
  return isRecord(value) ? Object.values(value).flatMap(textsInside) : [];
}
