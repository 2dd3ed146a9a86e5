import { setTimeout as sleep } from "node:timers/promises";
import type { SeamClient } from "../http/client";
import { isNotFound } from "../http/errors";
import { isRecord, type Properties } from "../values/record";

/** What hangs on an access grant, which Seam shows by a route of its own. A list that Seam leaves out is `undefined`. */
export interface RelatedToGrant {
  readonly accessMethods: readonly Properties[] | undefined;
  /** Doors that the grant opens, those of its spaces among them. */
  readonly entrances: readonly Properties[] | undefined;
  readonly devices: readonly Properties[] | undefined;
  readonly spaces: readonly Properties[] | undefined;
}

/** A grant, and what is known to hang on it: that tells whose an object is in an answer about several grants. */
export interface GrantQuestion {
  readonly id: string;
  /** `undefined` where Seam does not tell; then the grant is asked for by itself. */
  readonly methodIds: readonly string[] | null | undefined;
  readonly spaceIds: readonly string[] | null | undefined;
  /** Doors and devices that are declared for it. */
  readonly places: readonly string[];
}

interface Waiting extends GrantQuestion {
  resolve(related: RelatedToGrant): void;
  reject(error: unknown): void;
}

/** As long as questions of one moment are gathered; a refresh asks for several grants at a time. */
const GATHER_MS = 10;
const MOST_GRANTS = 20;

const waiting = new WeakMap<SeamClient, Waiting[]>();

/**
 * Reads what hangs on a grant; of several that are asked for at the same time, and are declared for the same doors, by
 * one request. Such an answer is flat: it shows the doors of all of them. Where it shows other doors than the declared
 * ones, each grant is asked for by itself. So a door that was added by hand always shows; one that was taken away shows
 * once it is no door of any of them.
 * @see https://docs.seam.co/latest/api/access_grants/get_related
 */
export function relatedToGrant(seam: SeamClient, grant: GrantQuestion): Promise<RelatedToGrant> {
  return new Promise((resolve, reject) => {
    const question = { ...grant, resolve, reject };
    const gathered = waiting.get(seam);
    if (gathered) {
      gathered.push(question);
      return;
    }
    waiting.set(seam, [question]);
    void sleep(GATHER_MS).then(() => answerAll(seam));
  });
}

async function answerAll(seam: SeamClient): Promise<void> {
  const questions = waiting.get(seam) ?? [];
  waiting.delete(seam);
  const alike = new Map<string, Waiting[]>();
  for (const question of questions) {
    const key = placesKey(question) ?? question.id;
    alike.set(key, [...(alike.get(key) ?? []), question]);
  }
  const batches = [...alike.values()].flatMap((some) =>
    Array.from({ length: Math.ceil(some.length / MOST_GRANTS) }, (_, at) =>
      some.slice(at * MOST_GRANTS, (at + 1) * MOST_GRANTS),
    ),
  );
  await Promise.all(batches.map((batch) => answer(seam, batch)));
}

/** The same for grants of which one answer can tell; `undefined` where one has to be asked for by itself. */
function placesKey({ methodIds, spaceIds, places }: GrantQuestion): string | undefined {
  if (!methodIds || !spaceIds) return undefined;
  // Of a grant with spaces nothing is said about doors.
  return spaceIds.length > 0 ? "spaces" : [...places].sort().join(" ");
}

async function answer(seam: SeamClient, questions: readonly Waiting[]): Promise<void> {
  try {
    const related = await ask(
      seam,
      questions.map(({ id }) => id),
    );
    if (questions.length === 1) questions[0]?.resolve(related);
    else if (holdsOthers(related, questions)) await eachAlone(seam, questions);
    else for (const question of questions) question.resolve(partOf(related, question));
  } catch (error) {
    // One of several that is gone must not fail the others.
    if (questions.length > 1 && isNotFound(error, "access_grant")) return eachAlone(seam, questions);
    for (const { reject } of questions) reject(error);
  }
}

async function eachAlone(seam: SeamClient, questions: readonly Waiting[]): Promise<void> {
  await Promise.all(questions.map((question) => answer(seam, [question])));
}

async function ask(seam: SeamClient, ids: readonly string[]): Promise<RelatedToGrant> {
  const { json } = await seam.call({
    path: "/access_grants/get_related",
    body: { access_grant_ids: ids, include: ["access_methods", "acs_entrances", "devices", "spaces"] },
    effect: "read",
    action: `read what hangs on access_grant ${ids.join(", ")}`,
  });
  const batch = isRecord(json["batch"]) ? json["batch"] : {};
  const list = (key: string) => (Array.isArray(batch[key]) ? batch[key].filter(isRecord) : undefined);
  return {
    accessMethods: list("access_methods"),
    entrances: list("acs_entrances"),
    devices: list("devices"),
    spaces: list("spaces"),
  };
}

/** Whether there is another door than those that are declared for each of the grants. */
function holdsOthers(related: RelatedToGrant, [first]: readonly Waiting[]): boolean {
  if (first?.spaceIds?.length) return false;
  const shown = [...(related.entrances ?? []), ...(related.devices ?? [])];
  return shown.some((one) => !first?.places.includes(placeId(one)));
}

function partOf(related: RelatedToGrant, { methodIds, spaceIds }: Waiting): RelatedToGrant {
  return {
    ...related,
    accessMethods: related.accessMethods?.filter((one) =>
      methodIds?.includes(String(one["access_method_id"])),
    ),
    spaces: related.spaces?.filter((one) => spaceIds?.includes(String(one["space_id"]))),
  };
}

function placeId(object: Properties): string {
  return String(object["acs_entrance_id"] ?? object["device_id"]);
}
