import { isNotFound } from "../../provider/http/errors";
import { listAll } from "../../provider/http/pages";
import type { Properties } from "../../provider/values/record";
import { isGone } from "./gone";
import type { Reader } from "./reader";

/**
 * The credentials that open an entrance, each reduced at once: one answer without pages has all of them. Left out are
 * those that open nothing at the moment: of users who are suspended or not subscribed, and what is over.
 * @returns `undefined` when it could not be read; nothing of an entrance that is gone
 * @see https://docs.seam.co/latest/api/acs/entrances/list_credentials_with_access
 */
export async function credentialsOfEntrance<T>(
  reader: Reader,
  entrance: Properties,
  reduce: (credential: Properties) => T,
): Promise<T[] | undefined> {
  const { acs_entrance_id, display_name } = entrance;
  const part = `the credentials that open ${display_name ?? "acs_entrance"} (${acs_entrance_id})`;
  const list = {
    path: "/acs/entrances/list_credentials_with_access",
    key: "acs_credentials",
    query: { acs_entrance_id },
    action: `list ${part}`,
  };
  try {
    return await reader.large(async () => (await listAll(reader, list)).map(reduce));
  } catch (error) {
    if (await isGone(reader, error, "acs_entrance", acs_entrance_id)) return [];
    reader.report(part, error);
    return undefined;
  }
}

/** Ids of the entrances that a credential opens; `undefined` when they could not be read, `"gone"` when it is. */
export async function entrancesOfCredential(
  reader: Reader,
  { acs_credential_id }: Properties,
): Promise<readonly string[] | "gone" | undefined> {
  const part = `the entrances of acs_credential ${acs_credential_id}`;
  const list = {
    path: "/acs/credentials/list_accessible_entrances",
    key: "acs_entrances",
    query: { acs_credential_id },
    action: `list ${part}`,
  };
  try {
    const entrances = await listAll(reader, list);
    return entrances.map((one) => reader.id(one["acs_entrance_id"]));
  } catch (error) {
    if (isNotFound(error, "acs_credential", "acs_user")) return "gone";
    reader.report(part, error);
    return undefined;
  }
}

/** Ids of the credentials that open each of the entrances, by its id; `undefined` of one that could not be read. */
export async function credentialsOfEntrances(
  reader: Reader,
  entrances: readonly Properties[],
): Promise<ReadonlyMap<string, readonly string[] | undefined>> {
  let read = 0;
  const all = entrances.map(async (entrance) => {
    const ids = await credentialsOfEntrance(reader, entrance, (one) => reader.id(one["acs_credential_id"]));
    reader.progress({ what: "credentials of entrances", read: ++read, of: entrances.length });
    return [reader.id(entrance["acs_entrance_id"]), ids] as const;
  });
  return new Map(await Promise.all(all));
}
