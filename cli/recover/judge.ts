import { setTimeout as sleep } from "node:timers/promises";
import type { Alike } from "../../provider/lifecycle/lifecycle";
import { Run } from "../../provider/lifecycle/run";
import { epochMs } from "../../provider/values/instant";
import { nameInUrn } from "../../provider/values/urn";
import type { Accounts } from "../accounts";
import { isSeamType, isStateOnly, lifecycleOf } from "../lifecycles";
import { type ExportedStack, idsHeldBy, type PendingOperation, revealed } from "../stack-state";
import { type InterruptedCreate, judgeCreates, type LikeCreates, lookFor } from "./creates";
import type { Finding } from "./findings";
import { declaredOutputs } from "./saved";

/** What other stacks own, and which of them could not be asked. */
export interface OwnedElsewhere {
  readonly ids: ReadonlySet<string>;
  readonly unread: readonly string[];
}

export interface JudgeOptions {
  readonly accounts: Accounts;
  /** Ids that other states own; asked for only when something was found. */
  readonly ownedElsewhere: () => Promise<OwnedElsewhere>;
  /** By name or URN: the id of the object that an interrupted create made, or `none`. */
  readonly choices: ReadonlyMap<string, string>;
  /** How long after the last word of the interrupted run its requests may still be under way. */
  readonly waitSeconds: number;
  /** Told before a wait. */
  readonly onWait: (seconds: number) => void;
}

/** A clock of Seam's that lags behind this one must not hide what a run made. */
const CLOCK_MARGIN_MS = 5 * 60_000;

/** Says of each pending operation of the stack what became of it. Changes nothing. */
export async function judge(state: ExportedStack, options: JudgeOptions): Promise<Finding[]> {
  const { pending_operations: operations = [] } = state.deployment;
  const creates: InterruptedCreate[] = [];
  const findings: Finding[] = [];
  for (const operation of operations) {
    const { resource, type } = operation;
    const lifecycle = lifecycleOf(resource.type);
    if (isStateOnly(resource.type)) {
      findings.push({ operation, verdict: "clear", explanation: "it changed nothing in Seam" });
    } else if (!lifecycle) {
      findings.push({ operation, verdict: "foreign", explanation: notOurs(resource.type) });
    } else if (type === "creating") {
      const { __provider, ...inputs } = revealed(resource.inputs ?? {}) as Record<string, unknown>;
      const seam = await options.accounts.clientOf(resource.provider);
      creates.push({ operation, lifecycle, inputs, seam });
    } else {
      findings.push(await judgeExisting(operation, state, options));
    }
  }
  findings.push(...(await findCreated(creates, state, options)));
  return operations.map(
    (operation) => findings.find((finding) => finding.operation === operation) as Finding,
  );
}

async function findCreated(
  creates: readonly InterruptedCreate[],
  state: ExportedStack,
  options: JudgeOptions,
): Promise<Finding[]> {
  const resources = state.deployment.resources ?? [];
  const owned = new Set(idsHeldBy(resources));
  const stackMadeAt = epochMs(resources.find(({ type }) => type === "pulumi:pulumi:Stack")?.created) ?? 0;
  const isCandidate = ({ id, createdAt }: Alike) =>
    !owned.has(id) && (epochMs(createdAt) ?? Number.POSITIVE_INFINITY) >= stackMadeAt - CLOCK_MARGIN_MS;

  let groups = await lookFor(creates, isCandidate);
  const isMissing = () => groups.some((group) => group.candidates.length < group.creates.length);
  const settledAt = (epochMs(state.deployment.manifest.time) ?? 0) + options.waitSeconds * 1000;
  // A clock that is behind must not make anybody wait for longer than this.
  const waitUntil = Math.min(settledAt, Date.now() + options.waitSeconds * 1000);
  if (isMissing() && Date.now() < waitUntil) options.onWait(Math.ceil((waitUntil - Date.now()) / 1000));
  while (isMissing() && Date.now() < waitUntil) {
    await sleep(Math.min(LOOK_EVERY_MS, waitUntil - Date.now()));
    groups = await lookFor(creates, isCandidate);
  }
  let isSure = true;
  if (groups.some(({ candidates }) => candidates.length > 0)) {
    const elsewhere = await options.ownedElsewhere();
    isSure = elsewhere.unread.length === 0;
    groups = groups.map((group) => ({
      ...group,
      candidates: group.candidates.filter(({ id }) => !elsewhere.ids.has(id)),
    }));
  }
  const lastWordAt = epochMs(state.deployment.manifest.time) ?? 0;
  return judgeCreates(choose(groups, options.choices), resources, (object) =>
    isSure ? whyDoubtful(object, lastWordAt) : "a stack that could not be read may own it",
  );
}

/** A request is given up after five minutes, and its record is written when it begins. */
const LONGEST_CREATE_MS = 5 * 60_000;

/** Why an object is perhaps not what an interrupted create made, although it is like it. */
function whyDoubtful({ createdAt, isUnique }: Alike, lastWordAt: number): string | undefined {
  const madeAt = epochMs(createdAt);
  if (isUnique || madeAt === undefined) return undefined;
  const margin = LONGEST_CREATE_MS + CLOCK_MARGIN_MS;
  return Math.abs(madeAt - lastWordAt) <= margin
    ? undefined
    : "it was made at another time than the interrupted run worked: perhaps by hand, or by an earlier run";
}

const LOOK_EVERY_MS = 2_000;

/** Takes what a person decided out of what is to be judged: a chosen object is the only candidate of its create. */
function choose(
  groups: readonly LikeCreates[],
  choices: ReadonlyMap<string, string>,
): readonly LikeCreates[] {
  const used = new Set<string>();
  const chosen: LikeCreates[] = [];
  const rest = groups.map(({ creates, candidates }) => ({
    candidates,
    creates: creates.filter((create) => {
      const { urn } = create.operation.resource;
      const key = [urn, nameInUrn(urn)].find((name) => choices.has(name) && !used.has(name));
      if (key === undefined) return true;
      used.add(key);
      const id = choices.get(key);
      const object = candidates.find((candidate) => candidate.id === id);
      if (id !== "none" && !object) {
        throw new Error(
          `--choose ${key}=${id}: that is none of the objects that this create could have made and no state owns. They are: ${candidates.map((candidate) => candidate.id).join(", ") || "none"}.`,
        );
      }
      chosen.push({ creates: [create], candidates: object ? [object] : [], isChosen: true });
      return false;
    }),
  }));
  for (const name of choices.keys()) {
    if (!used.has(name)) throw new Error(`--choose ${name}: no create of that name was interrupted.`);
  }
  const taken = new Set(chosen.flatMap(({ candidates }) => candidates.map(({ id }) => id)));
  return [
    ...chosen,
    ...rest
      .filter(({ creates }) => creates.length > 0)
      .map((group) => ({ ...group, candidates: group.candidates.filter(({ id }) => !taken.has(id)) })),
  ];
}

/** An update, delete or read of something that the state knows: what counts is what Seam holds now. */
async function judgeExisting(
  operation: PendingOperation,
  { deployment }: ExportedStack,
  { accounts }: JudgeOptions,
): Promise<Finding> {
  const { urn } = operation.resource;
  const lifecycle = lifecycleOf(operation.resource.type);
  // The engine's record of an update has no id: it is of the resource that is there now.
  const known = deployment.resources?.find(
    (resource) =>
      resource.urn === urn &&
      (operation.resource.id === undefined ? !resource.delete : resource.id === operation.resource.id),
  );
  const id = known?.id;
  if (!known || !id || !lifecycle) {
    return { operation, verdict: "clear", explanation: "the state has no such resource any more" };
  }
  if (operation.type === "reading" || operation.type === "importing") {
    return { operation, verdict: "clear", explanation: "it changed nothing in Seam" };
  }
  const seam = await accounts.clientOf(known.provider);
  const observed = await lifecycle.read(seam, id, declaredOutputs(known), new Run());
  if (!observed) {
    const isNeeded = deployment.resources?.some((other) => other !== known && mentions(other, urn));
    return isNeeded
      ? {
          operation,
          verdict: "clear",
          explanation: `${id} is gone in Seam, but others depend on it: run \`pulumi refresh\` then`,
        }
      : { operation, verdict: "drop", id, explanation: `${id} is gone in Seam: it leaves the state` };
  }
  return operation.type === "updating"
    ? { operation, verdict: "refresh", id, explanation: `the state takes over what Seam holds of ${id}` }
    : {
        operation,
        verdict: "clear",
        explanation: `${id} is still there: the next \`pulumi up\` deletes it unless the program declares it`,
      };
}

function mentions(resource: { parent?: string; dependencies?: string[]; deletedWith?: string }, urn: string) {
  return resource.parent === urn || resource.deletedWith === urn || resource.dependencies?.includes(urn);
}

function notOurs(type: string): string {
  return isSeamType(type)
    ? `${type} is of a newer pulumi-seam: update it and run this command again`
    : `${type} is not of pulumi-seam: settle it with \`pulumi refresh\` first, or lose its record with --clear-others`;
}
