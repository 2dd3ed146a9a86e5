import type { SeamClient } from "../provider/http/client";
import { pagesOf } from "../provider/http/pages";
import { httpDateMs } from "../provider/http/retry-timing";
import { nameInUrn } from "../provider/values/urn";
import type { AccessDocument, AccessRow, ReviewDocument } from "./document";
import { SCHEMA_VERSION } from "./document";
import type { Facts, SystemFact } from "./facts/facts";
import { systemFact } from "./facts/from-wire";
import { readDoor } from "./facts/read-door";
import { readWorkspace } from "./facts/read-workspace";
import type { DeclaredKey } from "./facts/scope";
import { type Filters, isNamed, notFoundText, scopeOf } from "./filters";
import { findingsOf } from "./findings";
import { hiddenKeys } from "./hidden-keys";
import { notSeen } from "./not-seen";
import { type Owners, ownersOf, type StackContent, withUnreadGrants } from "./owners";
import { keysOfPerson, personNamed } from "./people";
import { isIncomplete } from "./reading/objects";
import { type Progress, readerOf, type UnreadPart } from "./reading/reader";
import { rowsOf } from "./rows";
import { type Ways, waysOf } from "./ways";

export interface AccessOptions {
  /** The stacks that may declare something; without it, all owners are unknown. */
  readonly stacks?: readonly StackContent[];
  /** Names of stacks that could not be read: what is in no other stack then has an unknown owner. */
  readonly unreadStacks?: readonly string[];
  readonly filters?: Filters;
  /** Read the whole workspace for a question about one door, too, and not only what ten requests can tell. */
  readonly isThorough?: boolean;
  readonly onProgress?: (progress: Progress) => void;
}

/** A workspace's doors and keys, as they were read. */
export interface Access {
  /** The rows that the filters let through, sorted as in a document; made one by one. */
  rows(): AsyncIterable<AccessRow>;
  /** True when everything that was to be read was. */
  readonly isComplete: boolean;
  document(): AccessDocument;
  /** The document without its rows. */
  frame(): Omit<AccessDocument, "rows">;
  /** @param expiringMs what ends within so many milliseconds is a finding */
  review(expiringMs: number): ReviewDocument;
  readonly facts: Facts;
  readonly owners: Owners;
  readonly ways: Ways;
}

const { version } = require("pulumi-seam/package.json") as { readonly version: string };

/**
 * Reads from Seam who can open what. It sends reads only, and keeps no PIN, card number, link or token.
 * @throws Error when a filter names a door, system or person that is not there
 */
export async function readAccess(seam: SeamClient, options: AccessOptions = {}): Promise<Access> {
  const { filters = {}, stacks, unreadStacks = [] } = options;
  const beganAt = performance.now();
  const declared = ownersOf(stacks ?? [], stacks !== undefined && unreadStacks.length === 0);
  const { workspaceId, name, isSandbox } = await seam.workspace();
  const { systems, nowMs } = await readSystems(seam);
  const reader = readerOf(seam, {
    createdBefore: new Date(nowMs + CLOCK_STEP_MS).toISOString(),
    ...(options.onProgress && { onProgress: options.onProgress }),
  });
  const scope = {
    systemId: systemIdOf(systems, filters.system),
    isDeclared: (id: string) => declared.declaring(id).length > 0,
    declaredAt: (doorId: string) => declaredAt(declared, { doorId, workspaceId, nowMs }),
    nowMs,
    requestsBefore: REQUESTS_BEFORE,
  };
  const { door } = filters;
  const isNarrow = door !== undefined && !options.isThorough;
  const read = isNarrow ? await readDoor(reader, door, scope) : await readWorkspace(reader, scope);
  const owners = isIncomplete(reader, "grants") ? withUnreadGrants(declared) : declared;
  const known: Facts = {
    workspace: {
      workspaceId,
      ...(name !== undefined && { name }),
      ...(isSandbox !== undefined && { isSandbox }),
    },
    readAtMs: nowMs,
    systems: new Map(systems.map((system) => [system.id, system])),
    ...read,
    leftOut: [
      ...read.leftOut,
      ...unknownPerson(filters, isNarrow, read),
      ...past(filters, nowMs),
      ...otherWorkspace(owners, workspaceId),
      ...secretDoors(owners),
    ],
    isNarrow,
    failures: reader.unread().map(failureText),
  };
  // One door's list was read: nothing is known of the keys that are not in it.
  const hidden = isNarrow ? [] : hiddenKeys(known, owners, keysOfPerson(filters.person, known));
  const facts = { ...known, leftOut: [...known.leftOut, ...hidden] };
  const ways = waysOf(facts, owners);
  const isComplete = facts.failures.length === 0 && unreadStacks.length === 0;
  const durationMs = Math.round(performance.now() - beganAt);
  const shown = scopeOf(filters, nowMs);
  const frame = (): Omit<AccessDocument, "rows"> => ({
    schemaVersion: SCHEMA_VERSION,
    generatedAt: new Date(nowMs).toISOString(),
    complete: isComplete,
    workspace: facts.workspace,
    stacks: [...new Set((stacks ?? []).map((stack) => stack.name))],
    notSeen: notSeen(facts, { stacks: stacks && unreadStacks, scope: shown }),
    toolVersion: version,
    scope: shown,
    requests: reader.requests() + REQUESTS_BEFORE,
    durationMs,
  });
  const document = (): AccessDocument => ({ ...frame(), rows: [...rowsOf(facts, owners, filters, ways)] });
  return {
    facts,
    owners,
    ways,
    isComplete,
    async *rows() {
      yield* rowsOf(facts, owners, filters, ways);
    },
    document,
    frame,
    review(expiringMs) {
      const isUnfiltered = Object.keys(filters).every((filter) => filter === "at");
      const whole = document();
      const findings = findingsOf(facts, owners, ways, {
        expiringMs,
        isWhole: isComplete && isUnfiltered,
        ...(isUnfiltered && filters.at === "any" && { rows: whole.rows }),
      });
      return { ...whole, findings };
    },
  };
}

/** For the workspace, and for the systems. */
const REQUESTS_BEFORE = 2;

/** Seam tells its time in whole seconds, cut off. */
const CLOCK_STEP_MS = 1_000;

/** Nobody of that name has a key at the door: whether there is such a person was not looked at. */
function unknownPerson(
  { person }: Filters,
  isNarrow: boolean,
  read: Parameters<typeof personNamed>[1],
): string[] {
  if (!isNarrow || person === undefined || personNamed(person, read)) return [];
  return [
    `Whether there is a person "${person}": nobody so named was seen at the door. --thorough looks for them.`,
  ];
}

/** Doors list no keys that are over, and what was deleted nothing tells. */
function past({ at }: Filters, nowMs: number): string[] {
  if (!(at instanceof Date) || at.getTime() >= nowMs) return [];
  return [
    `What opened doors at ${at.toISOString()} and has ended, or was changed or deleted since: Seam tells what there is now.`,
  ];
}

/** Stacks of another workspace declare nothing here, and the key may be the wrong one. */
function otherWorkspace({ declarations }: Owners, workspaceId: string): string[] {
  const others = new Set(
    declarations.flatMap((declaration) =>
      declaration.workspaceId === undefined || declaration.workspaceId === workspaceId
        ? []
        : declaration.stack,
    ),
  );
  return [...others].map(
    (stack) =>
      `What the stack ${stack} declares in another workspace than this one. Is the key the right one?`,
  );
}

/** Credentials that have not ended, as the stacks say. */
function declaredAt(
  { declarations }: Owners,
  at: { readonly doorId: string; readonly workspaceId: string; readonly nowMs: number },
): DeclaredKey[] {
  return declarations.flatMap(({ kind, id, urn, stack, doors, endsAt, workspaceId = at.workspaceId }) =>
    kind === "AcsCredential" &&
    doors.doorIds.includes(at.doorId) &&
    workspaceId === at.workspaceId &&
    !(endsAt !== undefined && Date.parse(endsAt) <= at.nowMs)
      ? { id, name: `${nameInUrn(urn)} of ${stack}` }
      : [],
  );
}

/** Owners of what is opened beyond doors or by access groups that a stack keeps as a secret are not known. */
function secretDoors({ declarations }: Owners): string[] {
  const { length } = declarations.filter(
    ({ doors, hasHiddenGroups }) => hasHiddenGroups || doors.otherDoors === "unknown",
  );
  if (length === 0) return [];
  const resources = length === 1 ? "1 resource declares" : `${length} resources declare`;
  return [
    `Which doors or access groups ${resources}: they are secrets in the state, or it has the key of a space alone, so that owners of rows are unknown.`,
  ];
}

/** The access systems, and what time it is in Seam: the clock of this machine may be wrong. */
async function readSystems(seam: SeamClient): Promise<{ systems: SystemFact[]; nowMs: number }> {
  const systems: SystemFact[] = [];
  let nowMs: number | undefined;
  const list = {
    path: "/acs/systems/list",
    key: "acs_systems",
    query: {},
    action: "list the access systems",
  };
  for await (const { objects, headers } of pagesOf(seam, list)) {
    systems.push(...objects.map(systemFact));
    nowMs ??= httpDateMs(headers["date"]);
  }
  return { systems, nowMs: nowMs ?? Date.now() };
}

function systemIdOf(systems: readonly SystemFact[], asked: string | undefined): string | undefined {
  if (asked === undefined) return undefined;
  const [found, another] = systems.filter(({ id, name }) => id === asked || isNamed(name, asked));
  if (!found) {
    throw new Error(
      notFoundText(
        "access system",
        asked,
        systems.map(({ name }) => name),
      ),
    );
  }
  if (another) {
    throw new Error(`There is more than one access system "${asked}". Give the id of one.`);
  }
  return found.id;
}

/** The reason only as far as it is no text of Seam's. */
function failureText({ part, reason }: UnreadPart): string {
  const answer = /^answered \d+(?: [a-z_]+)?/.exec(reason)?.[0];
  return `${part[0]?.toUpperCase()}${part.slice(1)}, which could not be read${answer ? `: Seam ${answer}` : ""}.`;
}
