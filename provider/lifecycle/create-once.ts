import { setTimeout as sleep } from "node:timers/promises";
import type { SeamClient } from "../http/client";
import {
  ConflictError,
  InvalidInputError,
  isNotFound,
  NoAnswerError,
  RateLimitedError,
  SeamError,
  ServerError,
  UnreadableReplyError,
} from "../http/errors";
import { type Page, pagesOf } from "../http/pages";
import { httpDateMs } from "../http/retry-timing";
import { epochMs } from "../values/instant";
import { isRecord, type Properties } from "../values/record";
import { RefusedError } from "./errors";
import { CreateGroups, type Searches } from "./like-creates";

/** A create whose answer may be lost, and how to find out in Seam whether it happened. */
export interface CreateSpec<T> {
  readonly path: string;
  readonly body: Properties;
  /** For messages: `create acs_credential`. */
  readonly action: string;
  /** Reads the created object from a successful answer; throws UnreadableReplyError. */
  parse(json: Properties): T;
  idOf(object: T): string;
  createdAt(object: T): string | undefined;
  /** Creates with the same identity could be mistaken for each other when an answer is lost. */
  readonly identity: string;
  /** Where all objects stand among which a lost one would be: a list, or what a unique key finds (`…/get`). */
  readonly search: Search;
  /** Reads one listed object; `undefined` for one that cannot be read. */
  parseListed(json: unknown): T | undefined;
  /** Whether a listed object is as this create would have made it, as far as it shows itself. */
  matches(object: T): boolean;
  /** The same by what Seam shows elsewhere than in the object. */
  confirms?(object: T): Promise<boolean>;
}

export interface Search {
  readonly path: string;
  readonly key: string;
  readonly body: Properties;
}

export interface CreatedOnce<T> {
  readonly object: T;
  /** What the user must know although the create succeeded, such as a surplus object. */
  readonly reasons: readonly string[];
}

/** Objects that appear in Seam only after a look: a lost request may still be under way there. */
const LOOK_AGAIN_MS = 1_000;
/** Without a `Date` header nobody knows how far the clocks are apart. */
const UNKNOWN_CLOCK_MS = 60_000;

/** What one account's creates know of each other. */
const groupsOf = new WeakMap<SeamClient, CreateGroups>();

function groupsIn(seam: SeamClient): CreateGroups {
  const groups = groupsOf.get(seam) ?? new CreateGroups();
  groupsOf.set(seam, groups);
  return groups;
}

/**
 * Creates one object, never two. Seam has no idempotency keys: when an answer is lost, Seam is asked what exists.
 * One match that appeared since is the lost one and is adopted; none: sent again, once; several: refused, with
 * their ids.
 */
export async function createOnce<T>(seam: SeamClient, spec: CreateSpec<T>): Promise<CreatedOnce<T>> {
  const groups = groupsIn(seam);
  const group = groups.of(spec.identity);
  const beganAt = await group.begin();
  let lost: SeamError;
  try {
    const object = await send(seam, spec);
    groups.claim(spec.idOf(object));
    return { object, reasons: [] };
  } catch (error) {
    if (!isOutcomeUnknown(error)) throw error;
    lost = error;
  } finally {
    group.answered();
  }
  return group.alone(JSON.stringify(spec.body), (searches) =>
    recover(seam, spec, { lost, beganAt, searches }),
  );
}

interface Loss {
  readonly lost: SeamError;
  /** This machine's clock. */
  readonly beganAt: number;
  readonly searches: Searches;
}

async function recover<T>(seam: SeamClient, spec: CreateSpec<T>, loss: Loss): Promise<CreatedOnce<T>> {
  const { lost, beganAt } = loss;
  const found = await lookTwice(seam, spec, loss);
  if (found) return adopt(seam, spec, found);
  if (!(await seam.maySendAgain())) throw lost;
  let object: T;
  try {
    object = await send(seam, spec);
  } catch (error) {
    // Refused as a duplicate, it may be the first request's object that is in the way.
    const isRefused = error instanceof InvalidInputError || error instanceof ConflictError;
    if (!isOutcomeUnknown(error) && !isRefused) throw error;
    const late = await lookTwice(seam, spec, { ...loss, lost: error });
    if (late) return adopt(seam, spec, late);
    throw isRefused ? error : undecided(spec, error, "Seam, asked for it, does not show it so far");
  }
  groupsIn(seam).claim(spec.idOf(object));
  // The first request may have been carried out after all, too late to be seen.
  const surplus = await appeared(seam, spec, beganAt).catch(() => []);
  return {
    object,
    reasons: surplus.map(
      (other) =>
        `${spec.idOf(other)} was created too, by a request whose answer was lost (${lost.message}). Delete it in Seam if nobody needs it, then run \`pulumi up\` again.`,
    ),
  };
}

function adopt<T>(seam: SeamClient, spec: CreateSpec<T>, object: T): CreatedOnce<T> {
  groupsIn(seam).claim(spec.idOf(object));
  return { object, reasons: [] };
}

async function send<T>(seam: SeamClient, spec: CreateSpec<T>): Promise<T> {
  const { path, body, action } = spec;
  return spec.parse((await seam.call({ path, body, action, effect: "create" })).json);
}

function undecided<T>(spec: CreateSpec<T>, lost: SeamError, why: string): RefusedError {
  return new RefusedError(
    `Cannot ${spec.action}: POST ${spec.path} ${lost.reason}, and ${why}. Before you run \`pulumi up\` again, which would create it anew, look in Seam whether it is there: \`pulumi-seam import --out found.json\` writes down the credentials that this stack does not hold. Take it over from there, or delete it.`,
    { cause: lost },
  );
}

/** The object that the lost request made; `undefined` when there is none. */
async function lookTwice<T>(seam: SeamClient, spec: CreateSpec<T>, loss: Loss): Promise<T | undefined> {
  const { lost, beganAt, searches } = loss;
  let found: readonly T[];
  try {
    found = await appeared(seam, spec, beganAt);
    if (found.length === 0) {
      await sleep(LOOK_AGAIN_MS);
      found = await appeared(seam, spec, beganAt);
    }
  } catch (error) {
    const why = error instanceof SeamError ? `POST ${error.path} ${error.reason}` : String(error);
    throw undecided(spec, lost, `whether it exists could not be found out either: ${why}`);
  }
  const [first] = found;
  if (first === undefined) return undefined;
  // No more objects than lost requests, all for the same thing: each search may take any of them.
  const isOurs = searches.areInterchangeable && found.length <= searches.count;
  if (isOurs && found.every((object) => spec.createdAt(object) !== undefined)) return first;
  throw new RefusedError(
    `Cannot ${spec.action}: the answer of POST ${spec.path} was lost, and what it made could not be told for sure among: ${found.map(spec.idOf).join(", ")}. Nothing was sent again. Find out which one belongs to this resource, take it over with \`pulumi-seam import\` or delete it, then run \`pulumi up\` again. (${lost.message})`,
    { cause: lost },
  );
}

/** Listed objects like the wanted one that appeared since `beganAt` (this machine's clock) and that no other create owns. */
async function appeared<T>(seam: SeamClient, spec: CreateSpec<T>, beganAt: number): Promise<T[]> {
  const action = `look whether the lost answer of ${spec.path} made something`;
  const isNew = (object: T, clockOffsetMs: number) => {
    const createdAt = epochMs(spec.createdAt(object));
    const isOld = createdAt !== undefined && createdAt < beganAt + clockOffsetMs;
    return !isOld && !groupsIn(seam).isClaimed(spec.idOf(object));
  };
  return listAlike(seam, spec, action, isNew);
}

/**
 * All listed objects like the wanted one, whoever owns them.
 * @param isEligible whether one comes into question; told how far Seam's clock is ahead of this one
 */
export async function listAlike<T>(
  seam: SeamClient,
  spec: Pick<CreateSpec<T>, "search" | "parseListed" | "matches" | "confirms">,
  action: string,
  isEligible: (object: T, clockOffsetMs: number) => boolean = () => true,
): Promise<T[]> {
  const found: T[] = [];
  try {
    for await (const { objects, headers } of searched(seam, spec.search, action)) {
      const clockOffsetMs = offsetMs(headers["date"]);
      for (const object of objects.map(spec.parseListed)) {
        const isAlike = object !== undefined && spec.matches(object) && isEligible(object, clockOffsetMs);
        if (isAlike && (!spec.confirms || (await spec.confirms(object)))) found.push(object);
      }
    }
  } catch (error) {
    if (!isNotFound(error, ...soughtKinds(spec.search))) throw error;
  }
  return found;
}

async function* searched(seam: SeamClient, search: Search, action: string): AsyncGenerator<Page> {
  const { path, key, body } = search;
  if (!path.endsWith("/get")) {
    yield* pagesOf(seam, { path, key, query: body, action });
    return;
  }
  const { json, headers } = await seam.call({ path, body, effect: "read", action });
  yield { objects: [json[key]].filter(isRecord), headers };
}

/** Whose absence means that there is nothing alike: the object itself, or the one that a list is asked by. */
function soughtKinds({ path, key, body }: Search): string[] {
  const owners = Object.keys(body)
    .filter((parameter) => parameter.endsWith("_id"))
    .map((parameter) => parameter.slice(0, -"_id".length));
  return path.endsWith("/get") ? [key] : owners;
}

/**
 * How far Seam's clock, which tells `created_at`, is ahead of this machine's, at least: the header was written before
 * it arrived and has whole seconds, cut off.
 */
function offsetMs(dateHeader: string | string[] | undefined): number {
  const serverNow = httpDateMs(dateHeader);
  return serverNow === undefined ? -UNKNOWN_CLOCK_MS : serverNow - Date.now();
}

function isOutcomeUnknown(error: unknown): error is SeamError {
  if (error instanceof RateLimitedError) return error.type === undefined;
  return (
    error instanceof NoAnswerError || error instanceof ServerError || error instanceof UnreadableReplyError
  );
}
