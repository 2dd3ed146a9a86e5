import { isNotFound, SeamError, UnreadableReplyError } from "../../provider/http/errors";
import { listAll } from "../../provider/http/pages";
import { isRecord, type Properties, textsIn } from "../../provider/values/record";
import type { Reader } from "./reader";

/** What hangs on an access grant, as Seam sends it. Doors and devices of its spaces are among them. */
export interface PartsOfGrant {
  readonly accessMethods: readonly Properties[];
  readonly entrances: readonly Properties[];
  readonly devices: readonly Properties[];
  readonly spaces: readonly Properties[];
  /** Access groups through which it may give access: those of this grant, and of others that were read with it. */
  readonly groups: readonly Properties[];
  /** Whether there may be groups of others among them. */
  readonly hasGroupsOfOthers?: boolean;
}

/** An answer about one grant or several; without parts when it could not be read. */
interface Answer {
  readonly grants: readonly Properties[];
  readonly parts: PartsOfGrant | undefined;
}

const MOST_GRANTS = 20;
const MOST_METHODS = 100;

/**
 * What hangs on each of the grants, by id; `undefined` of one that could not be read, and nothing of one that is gone.
 * An answer about several grants is flat: it shows the doors of all of them. Whose they are tells each door's list of
 * grants; where there are more doors than grants, each grant is asked about by itself.
 * @see https://docs.seam.co/latest/api/access_grants/get_related
 */
export async function partsOfGrants(
  reader: Reader,
  grants: readonly Properties[],
): Promise<ReadonlyMap<string, PartsOfGrant | undefined>> {
  const [together, alone] = [grants.filter(tellsParts), grants.filter((grant) => !tellsParts(grant))];
  const batches = [...inBatches(together, MOST_GRANTS), ...inBatches(alone, 1)];
  const answers = (await Promise.all(batches.map((batch) => answersAbout(reader, batch)))).flat();
  const flat = answers.filter(
    ({ grants: { length }, parts }) => length > 1 && parts && placesIn(parts).length > 0,
  );
  const grantsAt = await grantsAtPlaces(reader, flat);
  const again = grantsAt ? [] : flat.flatMap((answer) => answer.grants);
  const single = (await Promise.all(again.map((grant) => answersAbout(reader, [grant])))).flat();
  return new Map(
    [...answers.filter((answer) => grantsAt || !flat.includes(answer)), ...single].flatMap((answer) =>
      answer.grants.map((grant) => [reader.id(grant["access_grant_id"]), partsOf(grant, answer, grantsAt)]),
    ),
  );
}

/**
 * Ids of the credentials that are behind access methods: they belong to the grants of these.
 * @returns `undefined` when it could not be read of all of them
 * @see https://docs.seam.co/latest/api/access_methods/get_related
 */
export async function credentialsOfMethods(
  reader: Reader,
  accessMethodIds: readonly string[],
): Promise<ReadonlySet<string> | undefined> {
  const read = async (ids: readonly string[]): Promise<readonly (string | undefined)[]> => {
    const part = `the credentials of access methods ${ids.join(", ")}`;
    try {
      const body = { access_method_ids: ids, include: ["acs_credentials"] };
      const batch = await relatedBatch(reader, "/access_methods/get_related", body, `read ${part}`);
      return listIn(batch, "acs_credentials").map((one) => reader.id(one["acs_credential_id"]));
    } catch (error) {
      const isGone = isNotFound(error, "access_method");
      if (isGone) return ids.length === 1 ? [] : (await Promise.all(ids.map((id) => read([id])))).flat();
      reader.report(part, error);
      return [undefined];
    }
  };
  const ids = (await Promise.all(inBatches(accessMethodIds, MOST_METHODS).map(read))).flat();
  const known = ids.filter((id) => id !== undefined);
  return known.length === ids.length ? new Set(known) : undefined;
}

/** One answer, or one for each where a grant of them is gone; none about what is gone. */
async function answersAbout(reader: Reader, grants: readonly Properties[]): Promise<readonly Answer[]> {
  const ids = grants.map((grant) => grant["access_grant_id"]);
  const part = `what hangs on access_grant ${ids.join(", ")}`;
  const include = ["access_methods", "acs_entrances", "devices", "spaces", "acs_access_groups"];
  try {
    const body = { access_grant_ids: ids, include };
    const batch = await relatedBatch(reader, "/access_grants/get_related", body, `read ${part}`);
    const parts = {
      accessMethods: listIn(batch, "access_methods"),
      entrances: listIn(batch, "acs_entrances"),
      devices: listIn(batch, "devices"),
      spaces: listIn(batch, "spaces"),
      groups: listIn(batch, "acs_access_groups"),
    };
    return [{ grants, parts }];
  } catch (error) {
    const isGone = isNotFound(error, "access_grant");
    if (isGone && grants.length === 1) return [];
    if (isGone) return (await Promise.all(grants.map((grant) => answersAbout(reader, [grant])))).flat();
    reader.report(part, error);
    return [{ grants, parts: undefined }];
  }
}

/** Ids of the grants at each door and device of flat answers; `undefined` where asking each grant is cheaper, or left. */
async function grantsAtPlaces(
  reader: Reader,
  answers: readonly Answer[],
): Promise<ReadonlyMap<string, ReadonlySet<string>> | undefined> {
  const places = new Map(answers.flatMap(({ parts }) => (parts ? placesIn(parts) : [])));
  if (places.size > answers.flatMap(({ grants }) => grants).length) return undefined;
  const action = (id: string) => `list the access grants of ${id}`;
  const list = { path: "/access_grants/list", key: "access_grants" };
  try {
    const read = [...places].map(async ([id, parameter]) => {
      const grants = await listAll(reader, { ...list, query: { [parameter]: id }, action: action(id) });
      return [id, new Set(grants.map((grant) => reader.id(grant["access_grant_id"])))] as const;
    });
    return new Map(await Promise.all(read));
  } catch (error) {
    // Reading each grant says what is the matter.
    if (!(error instanceof SeamError)) throw error;
    return undefined;
  }
}

/** Doors and devices, each with the parameter that names it. */
function placesIn({ entrances, devices }: PartsOfGrant): [id: string, parameter: string][] {
  return [...entrances, ...devices].map((place) => {
    const parameter = place["acs_entrance_id"] === undefined ? "device_id" : "acs_entrance_id";
    return [String(place[parameter]), parameter];
  });
}

function partsOf(
  grant: Properties,
  { grants, parts }: Answer,
  grantsAt: ReadonlyMap<string, ReadonlySet<string>> | undefined,
): PartsOfGrant | undefined {
  if (!parts || grants.length === 1) return parts;
  const isIts = (place: Properties) =>
    grantsAt
      ?.get(String(place["acs_entrance_id"] ?? place["device_id"]))
      ?.has(String(grant["access_grant_id"]));
  const [methodIds, spaceIds] = [textsIn(grant["access_method_ids"]), textsIn(grant["space_ids"])];
  return {
    accessMethods: parts.accessMethods.filter((one) => methodIds.includes(String(one["access_method_id"]))),
    entrances: parts.entrances.filter(isIts),
    devices: parts.devices.filter(isIts),
    spaces: parts.spaces.filter((one) => spaceIds.includes(String(one["space_id"]))),
    groups: parts.groups,
    hasGroupsOfOthers: parts.groups.length > 0,
  };
}

/** Whether the grant itself tells which methods and spaces of an answer about several are its own. */
function tellsParts({ access_method_ids, space_ids }: Properties): boolean {
  return Array.isArray(access_method_ids) && Array.isArray(space_ids);
}

interface RelatedBody extends Properties {
  readonly include: readonly string[];
}

/**
 * What is related to objects, a list for each kind that is asked for.
 * @throws UnreadableReplyError where one of them is missing: it would look like nothing
 */
export async function relatedBatch(
  reader: Reader,
  path: string,
  body: RelatedBody,
  action: string,
): Promise<Properties> {
  const { json, requestId } = await reader.call({ path, body, effect: "read", action });
  const { batch } = json;
  const missing = body.include.find((kind) => !isRecord(batch) || !Array.isArray(batch[kind]));
  if (isRecord(batch) && missing === undefined) return batch;
  const reason = `answered without ${isRecord(batch) ? missing : "batch"}`;
  const advice = "Run the command again; if it keeps failing, give Seam's support the request id.";
  throw new UnreadableReplyError({ action, path, requestId, reason, advice });
}

export function listIn(batch: Properties, key: string): readonly Properties[] {
  const list = batch[key];
  return Array.isArray(list) ? list.filter(isRecord) : [];
}

function inBatches<T>(all: readonly T[], most: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / most) }, (_, at) =>
    all.slice(at * most, (at + 1) * most),
  );
}
