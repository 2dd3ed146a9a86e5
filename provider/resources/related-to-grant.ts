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
 * Reads what hangs on a grant; of several that are asked for at the same time by one request. Such an answer is flat: it
 * shows the doors of all of them. A door that is declared for one of them is taken for that one's; where there is one
 * that nobody declares, each grant is asked for by itself. So a door that was added by hand shows, unless another grant
 * of the same request is declared to open it.
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
  const isAlone = ({ methodIds, spaceIds }: GrantQuestion) => !methodIds || !spaceIds;
  const together = questions.filter((question) => !isAlone(question));
  const batches = [
    ...questions.filter(isAlone).map((question) => [question]),
    ...Array.from({ length: Math.ceil(together.length / MOST_GRANTS) }, (_, at) =>
      together.slice(at * MOST_GRANTS, (at + 1) * MOST_GRANTS),
    ),
  ];
  await Promise.all(batches.map((batch) => answer(seam, batch)));
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

/** Whether there is a door that is declared for none of the grants. */
function holdsOthers(related: RelatedToGrant, questions: readonly Waiting[]): boolean {
  const declared = new Set(questions.flatMap(({ places }) => [...places]));
  return [...(related.entrances ?? []), ...(related.devices ?? [])].some(
    (one) => !declared.has(placeId(one)),
  );
}

function partOf(related: RelatedToGrant, { methodIds, spaceIds, places }: Waiting): RelatedToGrant {
  const isPlace = (one: Properties) => places.includes(placeId(one));
  return {
    accessMethods: related.accessMethods?.filter((one) =>
      methodIds?.includes(String(one["access_method_id"])),
    ),
    entrances: related.entrances?.filter(isPlace),
    devices: related.devices?.filter(isPlace),
    spaces: related.spaces?.filter((one) => spaceIds?.includes(String(one["space_id"]))),
  };
}

function placeId(object: Properties): string {
  return String(object["acs_entrance_id"] ?? object["device_id"]);
}
