import { accessGrant } from "../../provider/resources/access-grant";
import { acsCredential } from "../../provider/resources/acs-credential";
import { encodedCardsOf, isUsable } from "../../provider/resources/encoding";
import { FAILED, hasFailed } from "../../provider/values/failed";
import { deepEqual, type Properties } from "../../provider/values/record";
import { hasUnknown, UNKNOWN } from "../../provider/values/unknown";
import { nameInUrn } from "../../provider/values/urn";
import { type Kind, kindOf, knownProperties, OWN_PLACES, REFERENCES, withHiddenAsUnknown } from "./kinds";
import type { Preview, PreviewState, PreviewStep } from "./preview";

/** A resource of pulumi-seam in a stack, before and after a change. */
export interface SeamResource {
  readonly urn: string;
  readonly name: string;
  readonly kind: Kind;
  readonly fate: Fate;
  /** Neither the program nor the run does anything to it. */
  readonly isUntouched: boolean;
  /** Deleted in Seam, also to be replaced. */
  readonly isGone: boolean;
  /** In Seam, and not the program's: it lets go of it, or only reads it. */
  readonly isLeft: boolean;
  /** Replaced, and the old one is deleted before the new one is made. */
  readonly isDeletedFirst: boolean;
  /** Names of the inputs that differ. */
  readonly changed: ReadonlySet<string>;
  /** Whether a card of it is encoded; one that the change makes has to be. What cannot be told counts as encoded. */
  readonly isEncoded: Readonly<Record<"before" | "after", boolean>>;
  readonly before?: SeamObject;
  readonly after?: SeamObject;
}

/** What becomes of the object in Seam. `may be replaced`: only the run itself will know. */
export type Fate = "stays" | "created" | "deleted" | "replaced" | "may be replaced";

/** An object in Seam, or one that would be there. */
export interface SeamObject {
  /** Absent as long as there is none. */
  readonly id?: string;
  /** Known ones alone. What names another resource of the stack has its URN in place of its id. */
  readonly properties: Properties;
  /** Whether its PIN is a declared one, which a replacement keeps. */
  readonly hasDeclaredCode: boolean;
}

/**
 * The stack's resources, each once, with what is really going to happen to them.
 *
 * A preview cannot know the outputs of what it would update, so whatever is made of one counts as changed: a PIN is
 * shown as replaced because its user is renamed. The id of an object that is updated in place stays, though, and where
 * nothing but such ids differs the run will find nothing to replace.
 */
export function resourcesOf({ steps }: Preview): SeamResource[] {
  const chosen = chosenSteps(steps);
  const urnOfId = new Map<string, string>();
  for (const { urn, oldState, newState } of chosen.values()) {
    for (const id of [oldState?.id, newState?.id, newState?.inputs["adopt"]]) {
      if (typeof id === "string") urnOfId.set(id, urn);
    }
  }
  const canonical = (value: unknown): unknown =>
    Array.isArray(value) ? value.map(canonical) : (urnOfId.get(String(value)) ?? value);
  const fates = new Map<string, Fate>();
  const fateOf = (urn: string): Fate => {
    const step = chosen.get(urn);
    if (!step) return "stays";
    const known = fates.get(urn);
    if (known) return known;
    // Resources depend on each other in no circles; should they, this ends.
    fates.set(urn, "may be replaced");
    const fate = judge(step, canonical, fateOf);
    fates.set(urn, fate);
    return fate;
  };
  return [...chosen.values()].flatMap((step) => {
    const judged = resource(step, fateOf(step.urn), canonical);
    return judged ? [judged, ...retained(step, judged)] : [];
  });
}

/** One step a URN: with `--refresh` there are two, with `--show-replacement-steps` three. */
function chosenSteps(steps: readonly PreviewStep[]): Map<string, PreviewStep> {
  const chosen = new Map<string, PreviewStep>();
  for (const step of steps.map(withHadInputs).map(withReadAsLeft)) {
    if (kindOf(step.urn) === undefined || PARTS_OF_REPLACEMENTS.has(step.op)) continue;
    if (step.op === "refresh" && chosen.has(step.urn)) continue;
    chosen.set(step.urn, step);
  }
  // Nothing happens to what leaves the program under one name and is taken over under another.
  const adopted = new Set([...chosen.values()].map(({ newState }) => newState?.inputs["adopt"]));
  for (const { urn, op, oldState } of chosen.values()) {
    if (op === "delete" && oldState?.id !== undefined && adopted.has(oldState.id)) chosen.delete(urn);
  }
  return chosen;
}

/** In place of what a run before could not have, the state still has in its outputs what it had. */
function withHadInputs(step: PreviewStep): PreviewStep {
  const { oldState } = step;
  if (!oldState || !hasFailed(oldState.inputs)) return step;
  const inputs = Object.entries(oldState.inputs)
    .map(([name, value]) => [name, value === FAILED ? oldState.outputs[name] : value] as const)
    .filter(([, value]) => value !== undefined);
  return { ...step, oldState: { ...oldState, inputs: Object.fromEntries(inputs) } };
}

/** What the program has only read stays in Seam, whatever comes in its place; all that is known of it are outputs. */
function withReadAsLeft(step: PreviewStep): PreviewStep {
  const { oldState } = step;
  if (!oldState?.external) return step;
  return { ...step, oldState: { ...oldState, inputs: oldState.outputs, retainOnDelete: true } };
}

const PARTS_OF_REPLACEMENTS: ReadonlySet<string> = new Set([
  "create-replacement",
  "delete-replaced",
  "read-replacement",
  "import-replacement",
  "discard-replaced",
  "remove-pending-replace",
]);

/** What these tell of is in Seam before the change, too. */
const AS_FOUND: ReadonlySet<string> = new Set(["refresh", "import"]);

type Canonical = (value: unknown) => unknown;

function judge(step: PreviewStep, canonical: Canonical, fateOf: (urn: string) => Fate): Fate {
  const { op, oldState, newState } = step;
  if (op === "create") return typeof newState?.inputs["adopt"] === "string" ? "stays" : "created";
  if (op === "delete") return oldState?.retainOnDelete ? "stays" : "deleted";
  if (op !== "replace") return "stays";
  const reasons = [...new Set(step.replaceReasons.map((path) => path.split(/[.[]/)[0] ?? path))];
  // Such as for `--replace`, or because something else is.
  if (reasons.length === 0) return "replaced";
  const verdicts = reasons.map((name): Fate => {
    const value = newState?.inputs[name];
    if (!hasUnknown(value)) return "replaced";
    const resolved = resolve(name, newState, canonical);
    if (hasUnknown(resolved)) return "may be replaced";
    const old = canonical(oldState?.inputs[name]);
    if (!deepEqual(sorted(resolved), sorted(old))) return "replaced";
    const ofReferences = [resolved].flat().map((urn) => fateOf(String(urn)));
    return ofReferences.find((fate) => fate === "replaced") ?? ofReferences.find(isUncertain) ?? "stays";
  });
  return verdicts.find((fate) => fate === "replaced") ?? verdicts.find(isUncertain) ?? "stays";
}

function isUncertain(fate: Fate): boolean {
  return fate === "may be replaced";
}

function sorted(value: unknown): unknown {
  return Array.isArray(value) ? [...value].sort() : value;
}

function resource(step: PreviewStep, fate: Fate, canonical: Canonical): SeamResource | undefined {
  const { urn, op, oldState, newState } = step;
  const kind = kindOf(urn);
  if (kind === undefined) return undefined;
  const last = newState ?? oldState;
  const shared = {
    urn,
    name: nameInUrn(urn),
    kind,
    fate,
    isUntouched: UNTOUCHING.has(op),
    isGone: fate === "deleted" || (fate === "replaced" && oldState?.retainOnDelete !== true),
    isLeft: last?.external === true || (op === "delete" && fate === "stays"),
    isDeletedFirst: op === "replace" && fate !== "stays" && oldState?.delete !== true,
    changed: new Set(step.diffReasons),
    isEncoded: encoded(kind, step, fate),
  };
  if (AS_FOUND.has(op)) {
    // As it is in Seam; nothing else happens to it.
    const present = newState && objectBefore(kind, newState, canonical);
    return present && { ...shared, before: present, after: present };
  }
  if (last?.external) {
    // Also once the program does not read it any more.
    const present = objectBefore(kind, { ...last, inputs: last.outputs }, canonical);
    return { ...shared, before: present, after: present };
  }
  const before = oldState && objectBefore(kind, oldState, canonical);
  if (op === "create" && fate === "stays") {
    // Taken over: it is in Seam as it is declared, or the run fails.
    const adopted = newState && objectAfter(kind, fate, undefined, newState, canonical);
    const id = String(newState?.inputs["adopt"]);
    return adopted && { ...shared, before: { ...adopted, id }, after: { ...adopted, id } };
  }
  if (op === "delete" && fate === "stays") return before && { ...shared, before, after: before };
  const after = newState && op !== "delete" && objectAfter(kind, fate, oldState, newState, canonical);
  return { ...shared, ...(before && { before }), ...(after && { after }) };
}

const UNTOUCHING: ReadonlySet<string> = new Set(["same", "read", "refresh", "discard", "import"]);

/** What becomes of cards, by the judgement of the provider, whose notices tell the same. */
function encoded(kind: Kind, { op, oldState, newState }: PreviewStep, fate: Fate): SeamResource["isEncoded"] {
  if (fate === "created") return { before: false, after: false };
  // Whether what is taken over is encoded, only the run will see.
  if (op === "create") return { before: true, after: true };
  const state = AS_FOUND.has(op) ? newState : (oldState ?? newState);
  const outputs = withHiddenAsUnknown(state?.outputs ?? {});
  const news = withHiddenAsUnknown(newState?.inputs ?? {});
  const isGrant = kind === "AccessGrant";
  const before = isGrant ? encodedCardsOf(outputs) > 0 : isUsable(outputs);
  const life = isGrant ? accessGrant : acsCredential;
  const awaiting = AS_FOUND.has(op) ? 0 : life.awaitsEncoding?.(outputs, news, fate === "replaced");
  return { before, after: before && !awaiting };
}

/** With `retainOnDelete` what is replaced stays in Seam beside its replacement. */
function retained({ oldState }: PreviewStep, { fate, before, ...replaced }: SeamResource): SeamResource[] {
  if (fate !== "replaced" || !oldState?.retainOnDelete || !before) return [];
  const left = { fate: "stays", isLeft: true, isDeletedFirst: false, changed: new Set<string>() } as const;
  return [{ ...replaced, ...left, before, after: before }];
}

/** As it is in Seam, as far as the state knows: what is not declared too. */
function objectBefore(kind: Kind, state: PreviewState, canonical: Canonical): SeamObject {
  const { id, inputs, outputs } = state;
  const others = without(outputs, OWN_PLACES[kind]);
  return object(kind, id, inputs, { ...others, ...inputs }, canonical);
}

function objectAfter(
  kind: Kind,
  fate: Fate,
  oldState: PreviewState | undefined,
  newState: PreviewState,
  canonical: Canonical,
): SeamObject {
  const declared = Object.fromEntries(
    Object.keys(newState.inputs).map((name) => [name, resolve(name, newState, canonical)]),
  );
  const isNew = fate === "created" || fate === "replaced" || oldState === undefined;
  // What is not declared stays as it is in Seam, unless it was declared and is not any more.
  const kept = isNew ? {} : without(oldState.outputs, [...Object.keys(oldState.inputs), ...OWN_PLACES[kind]]);
  const id = isNew ? undefined : oldState.id;
  return object(kind, id, newState.inputs, { ...kept, ...declared }, canonical);
}

function object(
  kind: Kind,
  id: string | undefined,
  inputs: Properties,
  properties: Properties,
  canonical: Canonical,
): SeamObject {
  const known = knownProperties(kind, properties);
  for (const name of Object.keys(REFERENCES)) if (name in known) known[name] = canonical(known[name]);
  return { ...(id && { id }), properties: known, hasDeclaredCode: "code" in inputs };
}

function without(properties: Properties, names: readonly string[]): Properties {
  return Object.fromEntries(Object.entries(properties).filter(([name]) => !names.includes(name)));
}

/**
 * An input with what is not known resolved, where it is the id of a resource: then that resource is all that the value
 * is made of. The URN stands in its place.
 */
function resolve(name: string, state: PreviewState | undefined, canonical: Canonical): unknown {
  const value = canonical(state?.inputs[name]);
  const kind = REFERENCES[name];
  if (kind === undefined || !hasUnknown(value)) return value;
  const sources = state?.propertyDependencies[name]?.filter((urn) => kindOf(urn) === kind) ?? [];
  if (value === UNKNOWN) return sources.length === 1 ? sources[0] : UNKNOWN;
  if (!Array.isArray(value)) return value;
  const left = sources.filter((urn) => !value.includes(urn));
  const isClear = left.length === value.filter((element) => element === UNKNOWN).length;
  return isClear ? [...value.filter((element) => element !== UNKNOWN), ...left] : value;
}
