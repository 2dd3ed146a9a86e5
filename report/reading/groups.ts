import { listAll } from "../../provider/http/pages";
import type { Properties } from "../../provider/values/record";
import { isGone } from "./gone";
import type { Reader } from "./reader";

/** Who is in an access group, and what it opens. What could not be read is `undefined`. */
export interface ReadGroup {
  readonly userIds: readonly string[] | undefined;
  readonly entranceIds: readonly string[] | undefined;
}

/** Members and entrances of each of the groups, by its id. A group that is gone has neither. */
export async function membersAndEntrancesOf(
  reader: Reader,
  groups: readonly Properties[],
): Promise<ReadonlyMap<string, ReadGroup>> {
  let read = 0;
  const all = groups.map(async (group) => {
    const [userIds, entranceIds] = await Promise.all([
      idsOf(reader, group, "users"),
      idsOf(reader, group, "entrances"),
    ]);
    reader.progress({ what: "access groups", read: ++read, of: groups.length });
    return [reader.id(group["acs_access_group_id"]), { userIds, entranceIds }] as const;
  });
  return new Map(await Promise.all(all));
}

const LISTS = {
  users: { path: "/acs/access_groups/list_users", key: "acs_users", id: "acs_user_id" },
  entrances: {
    path: "/acs/access_groups/list_accessible_entrances",
    key: "acs_entrances",
    id: "acs_entrance_id",
  },
} as const;

async function idsOf(
  reader: Reader,
  { acs_access_group_id, name }: Properties,
  what: keyof typeof LISTS,
): Promise<readonly string[] | undefined> {
  const { path, key, id } = LISTS[what];
  const part = `the ${what} of ${name ?? "acs_access_group"} (${acs_access_group_id})`;
  const list = { path, key, query: { acs_access_group_id }, action: `list ${part}` };
  try {
    return await reader.large(async () => (await listAll(reader, list)).map((one) => reader.id(one[id])));
  } catch (error) {
    if (await isGone(reader, error, "acs_access_group", acs_access_group_id)) return [];
    reader.report(part, error);
    return undefined;
  }
}
