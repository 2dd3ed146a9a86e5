import { listAll, pagesOf } from "../../provider/http/pages";
import type { Properties } from "../../provider/values/record";
import { isNamed, notFoundText } from "../filters";
import { credentialsOfEntrance } from "../reading/doors";
import { isGone } from "../reading/gone";
import { collect } from "../reading/objects";
import type { Reader } from "../reading/reader";
import { readDeclaredKeys } from "./declared-keys";
import type { CredentialFact, DoorFact, GroupFact, IdentityFact, UserFact } from "./facts";
import { credentialFact, identityFact, userFact } from "./from-wire";
import { attributed, liveGrants, relatedToGrants } from "./read-grants";
import { byId, doorFact, groupFact, type ReadFacts, unreadSystems } from "./read-workspace";
import type { Scope } from "./scope";

/** Requests that a question about one door may cost; those that every reading begins with are among them. */
const MOST_REQUESTS = 10;

/**
 * Reads what opens one door, or the doors of one name, without reading the workspace: the door's own list and its grants,
 * then users and access groups as far as the requests go. What was not asked for any more is told in `leftOut`.
 * @param asked id or name of the door
 */
export async function readDoor(reader: Reader, asked: string, scope: Scope): Promise<ReadFacts> {
  const wires = await findDoors(reader, asked, scope.systemId);
  const left = () => MOST_REQUESTS * wires.length - scope.requestsBefore - reader.requests();
  const lists = await Promise.all(wires.map((wire) => credentialsOfEntrance(reader, wire, credentialFact)));
  const doors = wires.map((wire, at) =>
    doorFact(
      wire,
      lists[at]?.map(({ id }) => id),
    ),
  );
  const listed = byId(lists.flatMap((list) => list ?? []));
  const systemIds = [...new Set(doors.map(({ systemId }) => systemId))];
  const [grantsAt, groups] = await Promise.all([
    Promise.all(doors.map(({ id }) => liveGrants(reader, { acs_entrance_id: id }, scope))),
    Promise.all(systemIds.map((id) => collect(reader, "groups", (wire) => wire, { acs_system_id: id }))),
  ]);
  const reserve = grantsAt.filter(({ length }) => length > 0).length;
  const missing = doors.flatMap(({ id }) => scope.declaredAt(id)).filter(({ id }) => !listed.has(id));
  // What tells of users, and of a group, is left to these.
  const declared = await readDeclaredKeys(reader, missing, left() - reserve - 1);
  const made = await Promise.all(grantsAt.map((wires) => relatedToGrants(reader, wires)));
  const ofGrants = made.flatMap((related) => related.credentials);
  const credentials = new Map([...byId(ofGrants), ...byId(declared.credentials), ...listed]);
  const holders = new Set([...credentials.values()].flatMap(({ userId }) => userId ?? []));
  const users = await readUsers(reader, systemIds, holders, () => left() > 0);
  const grants = await Promise.all(
    doors.map(({ id }, at) =>
      attributed(
        reader,
        grantsAt[at] ?? [],
        made[at]?.credentialIds ?? [],
        { doorId: id, credentials, users },
        () => left() - 1,
      ),
    ),
  );
  const ofSomeGrant = new Set(grants.flatMap((read) => read.ofSomeGrant));
  const members = await readMembers(reader, groups.flat(), doors, left);
  const all = new Map([...users, ...members.users]);
  const away = [...members.users.values()].filter(({ id }) => !holders.has(id));
  const ofAway = away.length <= left() ? await credentialsOf(reader, away) : undefined;
  return {
    doors: byId(doors),
    credentials: new Map([...credentials, ...byId(ofAway ?? [])]),
    users: all,
    identities: byId(left() > 0 ? await readIdentities(reader, credentials, all) : []),
    groups: members.groups,
    grants: grants.flatMap((read) => read.grants),
    unsureSystems: new Set([...members.unsureSystems, ...unreadSystems(reader, wires, ["groups"])]),
    ofSomeGrant,
    leftOut: [
      "Keys that no stack declares, of people who are suspended or whose time has not come: Seam's list for the door leaves them out.",
      ...declared.leftOut,
      ...(ofSomeGrant.size > 0
        ? [
            `Which access grants made ${ofSomeGrant.size} of the keys, since a question about one door asks little: they show as the key's own, with an unknown owner. --thorough reads them.`,
          ]
        : []),
      ...(members.notAsked > 0
        ? [
            `${members.notAsked} access groups, since a question about one door asks little: what opens through them shows as the key's own, with an unknown owner, and members who are suspended or whose time has not come are missing. --thorough reads them.`,
          ]
        : []),
      ...(ofAway === undefined
        ? [
            `The keys of ${away.length} members of the door's access groups who cannot open it at the moment. --thorough reads them.`,
          ]
        : []),
      ...([...holders].some((id) => !all.has(id))
        ? [
            "Some users, since a question about one door asks little: their schedules, and whether they are suspended, are not in the times shown. --thorough reads them.",
          ]
        : []),
    ],
  };
}

/** By id, or by name in every system that has it. @throws Error with near names when there is none */
async function findDoors(reader: Reader, asked: string, systemId: string | undefined): Promise<Properties[]> {
  const ofSystem = systemId === undefined ? {} : { acs_system_id: systemId };
  const isMeant = (wire: Properties) =>
    wire["acs_entrance_id"] === asked || isNamed(String(wire["display_name"]), asked);
  const list = (query: Properties) =>
    listAll(reader, {
      path: "/acs/entrances/list",
      key: "acs_entrances",
      query: { ...ofSystem, ...query },
      action: "list the entrances",
    });
  // Seam's search looks into names and ids, and says nothing about case: so not found means look for yourself.
  const found = (await list({ search: asked })).filter(isMeant);
  if (found.length > 0) return found;
  const all = await list({});
  const meant = all.filter(isMeant);
  if (meant.length > 0) return meant;
  throw new Error(
    notFoundText(
      "entrance",
      asked,
      all.map((wire) => String(wire["display_name"])),
    ),
  );
}

/** The users who have these keys: page by page, until all are found or no request is left. */
async function readUsers(
  reader: Reader,
  systemIds: readonly string[],
  wanted: ReadonlySet<string>,
  hasLeft: () => boolean,
): Promise<ReadonlyMap<string, UserFact>> {
  const found = new Map<string, UserFact>();
  for (const acs_system_id of systemIds) {
    if (found.size === wanted.size || !hasLeft()) break;
    const action = "list the users";
    const list = { path: "/acs/users/list", key: "acs_users", query: { acs_system_id }, action };
    try {
      for await (const { objects } of pagesOf(reader, list)) {
        for (const user of objects.map(userFact)) if (wanted.has(user.id)) found.set(user.id, user);
        if (found.size === wanted.size || !hasLeft()) break;
      }
    } catch (error) {
      reader.report(`the users of acs_system ${acs_system_id}`, error);
    }
  }
  return found;
}

interface Members {
  readonly groups: readonly GroupFact[];
  readonly users: ReadonlyMap<string, UserFact>;
  readonly notAsked: number;
  /** Systems of the groups that were not asked about, or could not be read. */
  readonly unsureSystems: ReadonlySet<string>;
}

/** The groups that open one of the doors, and who is in them: two requests each, as long as there are any left. */
async function readMembers(
  reader: Reader,
  wires: readonly Properties[],
  doors: readonly DoorFact[],
  left: () => number,
): Promise<Members> {
  const groups: GroupFact[] = [];
  const users = new Map<string, UserFact>();
  const unsureSystems = new Set<string>();
  let notAsked = 0;
  for (const wire of wires) {
    if (left() < 2) {
      notAsked++;
      unsureSystems.add(String(wire["acs_system_id"]));
      continue;
    }
    const opened = await ofGroup(
      reader,
      wire,
      "/acs/access_groups/list_accessible_entrances",
      "acs_entrances",
    );
    if (!opened) unsureSystems.add(String(wire["acs_system_id"]));
    const entranceIds = (opened ?? []).map((entrance) => String(entrance["acs_entrance_id"]));
    if (!doors.some(({ id }) => entranceIds.includes(id))) continue;
    const listed = await ofGroup(reader, wire, "/acs/access_groups/list_users", "acs_users");
    if (!listed) unsureSystems.add(String(wire["acs_system_id"]));
    const members = (listed ?? []).map(userFact);
    for (const user of members) users.set(user.id, user);
    groups.push(groupFact(wire, { userIds: members.map(({ id }) => id), entranceIds }));
  }
  return { groups, users, notAsked, unsureSystems };
}

/** @returns nothing of a group that is gone; `undefined` where it could not be read */
async function ofGroup(
  reader: Reader,
  wire: Properties,
  path: string,
  key: string,
): Promise<Properties[] | undefined> {
  const { acs_access_group_id } = wire;
  const part = `what is in acs_access_group ${acs_access_group_id}`;
  try {
    return await listAll(reader, { path, key, query: { acs_access_group_id }, action: `list ${part}` });
  } catch (error) {
    if (await isGone(reader, error, "acs_access_group", acs_access_group_id)) return [];
    reader.report(part, error);
    return undefined;
  }
}

async function credentialsOf(reader: Reader, users: readonly UserFact[]): Promise<CredentialFact[]> {
  const lists = users.map(({ id }) => collect(reader, "credentials", credentialFact, { acs_user_id: id }));
  return (await Promise.all(lists)).flat();
}

/** One request for the identities behind the keys: they have names where users have none, or were not found. */
async function readIdentities(
  reader: Reader,
  credentials: ReadonlyMap<string, CredentialFact>,
  users: ReadonlyMap<string, UserFact>,
): Promise<IdentityFact[]> {
  const ids = new Set(
    [...credentials.values()].flatMap(({ userId = "", identityId }) => {
      const user = users.get(userId);
      return user?.name !== undefined && user.emailAddress !== undefined
        ? []
        : (user?.identityId ?? identityId ?? []);
    }),
  );
  if (ids.size === 0) return [];
  return collect(reader, "identities", identityFact, {
    user_identity_ids: [...ids].slice(0, MOST_IDENTITIES),
  });
}

/** As many as a page has. */
const MOST_IDENTITIES = 500;
