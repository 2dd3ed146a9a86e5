import type { SeamClient } from "../http/client";
import { batchedReads } from "../lifecycle/batched-reads";
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

const MOST_GRANTS = 20;

/**
 * Reads what hangs on a grant; of several that are asked for at the same time, and are declared for the same doors, by
 * one request. Such an answer is flat: it shows the doors of all of them. Where it shows other doors than the declared
 * ones, each grant is asked for by itself. So a door that was added by hand always shows; one that was taken away shows
 * once it is no door of any of them.
 * @see https://docs.seam.co/latest/api/access_grants/get_related
 */
export const relatedToGrant = batchedReads<GrantQuestion, RelatedToGrant>({
  name: "access_grant",
  most: MOST_GRANTS,
  groupOf,
  read,
});

function groupOf({ methodIds, spaceIds, places }: GrantQuestion): string | undefined {
  if (!methodIds || !spaceIds) return undefined;
  // Of a grant with spaces nothing is said about doors.
  return spaceIds.length > 0 ? "spaces" : [...places].sort().join(" ");
}

async function read(
  seam: SeamClient,
  grants: readonly GrantQuestion[],
): Promise<ReadonlyMap<string, RelatedToGrant>> {
  const related = await ask(
    seam,
    grants.map(({ id }) => id),
  );
  if (grants.length > 1 && holdsOthers(related, grants)) return new Map();
  const isAlone = grants.length === 1;
  return new Map(grants.map((grant) => [grant.id, isAlone ? related : partOf(related, grant)]));
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
function holdsOthers(related: RelatedToGrant, [first]: readonly GrantQuestion[]): boolean {
  if (first?.spaceIds?.length) return false;
  const shown = [...(related.entrances ?? []), ...(related.devices ?? [])];
  return shown.some((one) => !first?.places.includes(placeId(one)));
}

function partOf(related: RelatedToGrant, { methodIds, spaceIds }: GrantQuestion): RelatedToGrant {
  return {
    ...related,
    // Doors of several grants with spaces: nobody can tell whose.
    ...(spaceIds?.length && { entrances: undefined, devices: undefined }),
    accessMethods: related.accessMethods?.filter((one) =>
      methodIds?.includes(String(one["access_method_id"])),
    ),
    spaces: related.spaces?.filter((one) => spaceIds?.includes(String(one["space_id"]))),
  };
}

function placeId(object: Properties): string {
  return String(object["acs_entrance_id"] ?? object["device_id"]);
}
