import { z } from "zod";
import { isBeingDeleted } from "../../provider/lifecycle/outputs";
import type { SeamObject } from "../../provider/lifecycle/seam-kind";
import { SOUGHT } from "../../provider/lifecycle/seam-resource";
import { canonicalInstant, epochMs } from "../../provider/values/instant";
import { isRecord, type Properties } from "../../provider/values/record";
import type { Reported } from "../../provider/wire/types";
import { KINDS, type Kind } from "./kinds";

/** An object of Seam's as a resource of a program. */
export interface ImportedResource {
  readonly kind: Kind;
  readonly id: string;
  /** What its name is made of, together with the beginning of an id. */
  readonly label: string;
  /** The id whose beginning is part of the name, where it is not its own. */
  readonly nameId?: string;
  /** Who or what it is, for people. */
  readonly title: string | undefined;
  readonly inputs: Properties;
  /** As a create with these inputs would have saved them. */
  readonly outputs: Properties;
  /** What somebody should know of it, though it is imported. */
  readonly note?: string;
}

/** An object that is no resource of its own, or cannot be declared. */
export interface LeftOut {
  readonly kind: Kind;
  readonly id: string;
  readonly reason: string;
  /** True where somebody should look at it. */
  readonly isProblem: boolean;
}

export type Judged = ImportedResource | LeftOut;

export function isImported(one: Judged): one is ImportedResource {
  return "inputs" in one;
}

/** Reads an object of Seam's, or says why it is none to import. */
export function readObject<T extends Reported & { readonly ends_at?: string | null | undefined }>(
  kind: Kind,
  { name, schema }: Pick<SeamObject<T>, "name" | "schema">,
  wire: Properties,
  now: Date,
): { readonly object: T } | LeftOut {
  const id = String(wire[`${name}_id`]);
  const object = z.safeParse(schema, wire).data;
  if (!object) return { kind, id, reason: "Seam's answer about it cannot be read", isProblem: true };
  if (isBeingDeleted(object)) return { kind, id, reason: "it is being deleted", isProblem: false };
  const endsAt = epochMs(object.ends_at);
  if (endsAt === undefined || endsAt > now.getTime()) return { object };
  return { kind, id, reason: `it ended at ${object.ends_at}`, isProblem: false };
}

/** What is to become a resource. */
export interface Declarable extends Pick<ImportedResource, "kind" | "id" | "label" | "nameId" | "title"> {
  /** What Seam shows of it that a program can declare. */
  readonly declared: Properties;
  /** Its outputs, once the inputs are known. */
  outputsOf(inputs: Properties): Properties;
}

/** Makes the resource, or says why it cannot be declared. */
export function resourceOf({ declared, outputsOf, ...named }: Declarable, now: Date): Judged {
  const { kind, id } = named;
  const { lifecycle } = KINDS[kind];
  const given = withoutEmpty(declared);
  const { inputs, problems } = lifecycle.check(given, given, now);
  if (problems.length > 0)
    return { kind, id, reason: problems.map(({ text }) => text).join("; "), isProblem: true };
  const saved = outputsOf(inputs);
  const wouldChange = (outputs: Properties) => lifecycle.diff(outputs, inputs).changed;
  if (!wouldChange(saved)) return { ...named, inputs, outputs: saved };
  // A PIN or link that Seam does not show yet: it was looked for just now, so only a refresh looks again.
  const outputs = { ...saved, [SOUGHT]: true };
  if (!wouldChange(outputs)) return { ...named, inputs, outputs };
  return { ...named, inputs, outputs: saved, note: failureNote(saved) };
}

/** A name as a part of a resource name: `Åsa Lindqvist` is `asa-lindqvist`. */
export function slug(name: unknown): string {
  return (typeof name === "string" ? name : "")
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}

/** A time as this package writes it. */
export function instantText(instant: string | null | undefined): string | undefined {
  return instant ? canonicalInstant(instant) : undefined;
}

/** Without what says the same as leaving it out. */
export function withoutEmpty(properties: Properties): Properties {
  return Object.fromEntries(
    Object.entries(properties).filter(
      ([, value]) =>
        value !== undefined &&
        value !== null &&
        value !== "" &&
        value !== false &&
        !(Array.isArray(value) && value.length === 0) &&
        !(isRecord(value) && Object.keys(value).length === 0),
    ),
  );
}

/** An update is how the provider mends what Seam reports as failed. */
function failureNote({ errors, warnings }: Properties): string {
  const codes = [errors, warnings].flatMap((list) =>
    Array.isArray(list) ? list.filter(isRecord).map((one) => one["errorCode"] ?? one["warningCode"]) : [],
  );
  return `Seam reports ${codes.join(", ") || "a failure"} of it, so the next \`pulumi up\` tries to mend it`;
}
