import type { SeamClient } from "../../provider/http/client";
import type { Alike, ResourceLifecycle } from "../../provider/lifecycle/lifecycle";
import { epochMs } from "../../provider/values/instant";
import type { Properties } from "../../provider/values/record";
import { nameInUrn } from "../../provider/values/urn";
import { type PendingOperation, revealed, type StateResource } from "../stack-state";
import type { Finding, Verdict } from "./findings";

/** An interrupted create of a resource of this package. */
export interface InterruptedCreate {
  readonly operation: PendingOperation;
  readonly lifecycle: ResourceLifecycle;
  readonly inputs: Properties;
  readonly seam: SeamClient;
}

/** Creates that cannot be told apart, and the unowned objects in Seam that they could have made. */
export interface LikeCreates {
  readonly creates: readonly InterruptedCreate[];
  readonly candidates: readonly Alike[];
  /** A person has said so. */
  readonly isChosen?: boolean;
}

/**
 * Looks for what the creates made.
 * @param isCandidate whether an object may be one: not owned, and not older than the stack
 */
export async function lookFor(
  creates: readonly InterruptedCreate[],
  isCandidate: (object: Alike) => boolean,
): Promise<LikeCreates[]> {
  const groups = new Map<string, InterruptedCreate[]>();
  for (const create of creates) {
    const { type, provider } = create.operation.resource;
    const key = JSON.stringify([type, provider, sorted(create.inputs)]);
    groups.set(key, [...(groups.get(key) ?? []), create]);
  }
  return Promise.all(
    [...groups.values()].map(async (group) => {
      const { lifecycle, seam, inputs } = group[0] as InterruptedCreate;
      return { creates: group, candidates: (await lifecycle.findAlike(seam, inputs)).filter(isCandidate) };
    }),
  );
}

/**
 * Says of each create what became of it. Where an object could belong to several unlike creates, or need not be of any,
 * nothing is guessed.
 * @param doubtAbout why an object is perhaps nothing that a create has made
 */
export function judgeCreates(
  groups: readonly LikeCreates[],
  resources: readonly StateResource[],
  doubtAbout: (object: Alike) => string | undefined,
): Finding[] {
  const wanted = new Map<string, number>();
  for (const { id } of groups.flatMap(({ candidates }) => candidates)) {
    wanted.set(id, (wanted.get(id) ?? 0) + 1);
  }
  const findings: Finding[] = [];
  const made = new Map<string, { create: InterruptedCreate; object: Alike; isChosen: boolean }[]>();
  for (const { creates, candidates, isChosen = false } of groups) {
    const isContested = candidates.some(({ id }) => (wanted.get(id) ?? 0) > 1);
    const doubt = isChosen ? undefined : candidates.map(doubtAbout).find(Boolean);
    if (isContested || doubt || candidates.length > creates.length) {
      findings.push(...creates.map(({ operation }) => ambiguous(operation, candidates, doubt)));
      continue;
    }
    const newestFirst = [...candidates].sort(
      (a, b) => (epochMs(b.createdAt) ?? 0) - (epochMs(a.createdAt) ?? 0),
    );
    for (const [index, create] of eachUrnOnceFirst(creates).entries()) {
      const { operation } = create;
      const object = newestFirst[index];
      if (object === undefined) {
        findings.push({
          operation,
          verdict: "clear",
          explanation: "it never happened: Seam holds nothing like it that no state owns",
        });
      } else {
        const { urn } = operation.resource;
        made.set(urn, [...(made.get(urn) ?? []), { create, object, isChosen }]);
      }
    }
  }
  for (const objects of made.values()) {
    objects.sort((a, b) => (epochMs(b.object.createdAt) ?? 0) - (epochMs(a.object.createdAt) ?? 0));
    for (const [index, { create, object, isChosen }] of objects.entries()) {
      const { operation } = create;
      findings.push(
        index === 0
          ? { operation, ...placeOf(operation.resource, object, resources, isChosen) }
          : { operation, ...orphan(object, "another interrupted run created this resource after it") },
      );
    }
  }
  return findings;
}

/** Where the object of an interrupted create belongs. */
function placeOf(
  resource: StateResource,
  object: Alike,
  resources: readonly StateResource[],
  isChosen: boolean,
): Verdict & { explanation: string } {
  const { urn, parent } = resource;
  const { id, createdAt } = object;
  if (parent !== undefined && !resources.some((other) => other.urn === parent)) {
    return orphan(object, `its parent ${nameInUrn(parent)} is not in the stack any more`);
  }
  const current = resources.find((other) => other.urn === urn && !other.delete && !other.pendingReplacement);
  if (current === undefined) {
    return { verdict: "import", id, explanation: `it happened: ${id} was created ${createdAt ?? ""}`.trim() };
  }
  if (current.id === id) {
    return { verdict: "clear", explanation: `it happened: the stack has ${id} already` };
  }
  const replacement = `the replacement happened: ${id} was created ${createdAt ?? ""}`.trim();
  const [made, known] = [createdAt, revealed(current.outputs?.["createdAt"])].map(epochMs);
  // What Seam gives no time of, such as a membership, is what its inputs say: no later run can have meant it.
  if (made === undefined || known === undefined) {
    return createdAt === undefined || isChosen
      ? { verdict: "replace", id, explanation: `${replacement}, in place of ${current.id}` }
      : {
          verdict: "ambiguous",
          candidates: [object],
          explanation: `${id} was created, and the stack holds ${current.id}: nothing tells which one is the later one`,
        };
  }
  if (made < known && !isChosen)
    return orphan(object, `a later run made this resource again, as ${current.id}`);
  return {
    verdict: "replace",
    id,
    explanation: `${replacement} in place of ${current.id}`,
  };
}

function orphan({ id, createdAt }: Alike, why: string): Verdict & { explanation: string } {
  const when = createdAt ? ` (created ${createdAt})` : "";
  return { verdict: "orphan", id, explanation: `${id}${when} belongs to nothing: ${why}` };
}

function ambiguous(
  operation: PendingOperation,
  candidates: readonly Alike[],
  doubt: string | undefined,
): Finding {
  const listed = candidates.map(({ id, createdAt }) => (createdAt ? `${id} (created ${createdAt})` : id));
  return {
    operation,
    verdict: "ambiguous",
    candidates,
    explanation: doubt
      ? `${listed.join(", ")} could be what it made, but ${doubt}`
      : `these could be what it made, and nothing tells which: ${listed.join(", ")}`,
  };
}

/** Runs that were interrupted one after the other leave several creates of one resource: one of each comes first. */
function eachUrnOnceFirst(creates: readonly InterruptedCreate[]): InterruptedCreate[] {
  const seen = new Set<string>();
  const again: InterruptedCreate[] = [];
  const first = creates.filter((create) => {
    const { urn } = create.operation.resource;
    if (seen.has(urn)) again.push(create);
    else seen.add(urn);
    return !again.includes(create);
  });
  return [...first, ...again];
}

function sorted(inputs: Properties): [string, unknown][] {
  return Object.entries(inputs).sort(([a], [b]) => (a < b ? -1 : 1));
}
