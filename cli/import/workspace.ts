import type { SeamClient } from "../../provider/http/client";
import { isNotFound } from "../../provider/http/errors";
import { membersOfSpace } from "../../provider/resources/space-members";
import { isRecord, type Properties } from "../../provider/values/record";
import { credentialsOfEntrance } from "../../report/reading/doors";
import { partsOfGrants } from "../../report/reading/grants";
import { asSent, collect, isIncomplete } from "../../report/reading/objects";
import type { Reader } from "../../report/reading/reader";
import { readWhoseDoors, type WhoseDoors } from "../../report/reading/reading";
import type { LiveCredential } from "./credential";
import type { LiveGrant } from "./grant";
import { type Belonging, madeForGrants } from "./made-for-grants";
import type { LiveMembership } from "./membership";
import type { Selected } from "./selection";
import type { LiveSpace } from "./space";

/** What is selected of a workspace, with what is known around it. */
export interface Workspace {
  readonly identities: readonly Properties[];
  readonly users: readonly Properties[];
  readonly memberships: readonly LiveMembership[];
  readonly spaces: readonly LiveSpace[];
  readonly grants: readonly LiveGrant[];
  readonly credentials: readonly LiveCredential[];
  /** What is a part of an access grant, by id. */
  readonly belongings: ReadonlyMap<string, Belonging>;
}

/**
 * Reads what is selected. Its requests are the pages of the lists, one for each entrance or credential, whichever are
 * fewer, two for each access group, and a few for the grants and spaces.
 */
export async function readWorkspace(
  seam: SeamClient,
  reader: Reader,
  selected: Selected,
  unmanagedGrants: readonly Properties[],
): Promise<Workspace> {
  const { system, entrance, user, wants, places, groups } = selected;
  const query = { ...idIn(system, "acs_system_id"), ...idIn(user, "acs_user_id") };
  const [identities, credentials, grants, spaces, opening] = await Promise.all([
    // For memberships, since a state may name a member by an id from before a merge.
    wants("identities", "grants", "memberships") ? collect(reader, "identities", asSent) : [],
    wants("credentials", "users") ? collect(reader, "credentials", asSent, query) : [],
    readGrants(reader, selected),
    wants("spaces") && !user ? readSpaces({ ...seam, call: reader.call }, reader, selected) : [],
    entrance && credentialsOfEntrance(reader, entrance, (one) => reader.id(one["acs_credential_id"])),
  ]);
  // What opens the entrance could perhaps not be read: then nothing of it is known.
  const openers = entrance && new Set(opening || []);
  const chosen = credentials.filter((one) => !openers || openers.has(String(one["acs_credential_id"])));
  const doors = await readWhoseDoors(
    reader,
    {
      entrances: wants("credentials") ? places.entrances : [],
      groups: wants("credentials", "users", "memberships") ? groups : [],
    },
    chosen,
  );
  const isThere = (one: Properties) => !doors.gone.has(String(one["acs_credential_id"]));
  const { workspaceId } = await seam.workspace();
  const joined = membershipsIn(doors, selected, workspaceId);
  const memberships = joined.filter(({ acsAccessGroupId }) => isOpenedBy(doors, acsAccessGroupId, entrance));
  const users = usersAmong(selected, chosen, memberships);
  const names = new Map(identities.map((one) => [one["user_identity_id"], one["full_name"]]));
  const guests = grants.filter(({ isSelected }) => isSelected).map(({ wire }) => wire);
  const people = new Set([...users, ...guests].map((one) => one["user_identity_id"]));
  const isAll = !system && !entrance && !user;
  return {
    identities: identities.filter((one) => isAll || people.has(one["user_identity_id"])),
    users,
    memberships,
    spaces,
    grants: grants.map((grant) => {
      const personName = names.get(grant.wire["user_identity_id"]);
      return typeof personName === "string" ? { ...grant, personName } : grant;
    }),
    credentials: wants("credentials") ? liveCredentials(reader, chosen.filter(isThere), selected, doors) : [],
    belongings: await madeForGrants(reader, {
      grants,
      unmanagedGrants,
      users: selected.users,
      credentials,
      memberships: joined,
    }),
  };
}

/** Whether the access group opens the entrance, if one is selected. */
function isOpenedBy({ groups }: WhoseDoors, id: string, entrance: Properties | undefined): boolean {
  return !entrance || groups.get(id)?.entranceIds?.includes(String(entrance["acs_entrance_id"])) === true;
}

/** The grants, and what hangs on them; those too that are only read to know what belongs to them. */
async function readGrants(
  reader: Reader,
  { system, entrance, user, wants }: Selected,
): Promise<readonly LiveGrant[]> {
  const isForNobody = user && typeof user["user_identity_id"] !== "string";
  if (isForNobody || !wants("grants", "credentials", "users", "memberships")) return [];
  const query = { ...idIn(system, "acs_system_id"), ...idIn(user, "user_identity_id") };
  const grants = await collect(reader, "grants", asSent, query);
  if (!wants("grants", "users", "memberships"))
    return grants.map((wire) => ({ wire, parts: undefined, personName: undefined, isSelected: false }));
  const parts = await partsOfGrants(reader, grants);
  const opens = (id: string) =>
    !entrance ||
    (parts.get(id)?.entrances ?? [entrance]).some(
      (one) => one["acs_entrance_id"] === entrance["acs_entrance_id"],
    );
  return grants.flatMap((wire) => {
    const id = String(wire["access_grant_id"]);
    return parts.has(id)
      ? [{ wire, parts: parts.get(id), personName: undefined, isSelected: opens(id) }]
      : [];
  });
}

async function readSpaces(
  seam: SeamClient,
  reader: Reader,
  { system, entrance, places }: Selected,
): Promise<readonly LiveSpace[]> {
  const wires = await collect(reader, "spaces", asSent);
  const read = await Promise.all(
    wires.map(async (wire): Promise<LiveSpace[]> => {
      const id = String(wire["space_id"]);
      try {
        return [{ wire, members: await membersOfSpace(seam, { id }) }];
      } catch (error) {
        if (isNotFound(error, "space")) return [];
        reader.report(`what is in space ${id}`, error);
        return [{ wire, members: undefined }];
      }
    }),
  );
  const wanted = new Set((entrance ? [entrance] : places.entrances).map((one) => one["acs_entrance_id"]));
  const isAll = !system && !entrance;
  return read
    .flat()
    .filter(({ members }) => isAll || !members || members.acs_entrance_ids.some((id) => wanted.has(id)));
}

function membershipsIn(
  { groups }: WhoseDoors,
  { groups: selected, users, user }: Selected,
  workspaceId: string,
): readonly LiveMembership[] {
  const names = new Map(users.map((one) => [one["acs_user_id"], nameOf(one)]));
  return selected.flatMap((group) => {
    const acsAccessGroupId = String(group["acs_access_group_id"]);
    const { userIds = [] } = groups.get(acsAccessGroupId) ?? {};
    return userIds
      .filter((id) => !user || id === user["acs_user_id"])
      .map((acsUserId) => ({
        acsAccessGroupId,
        acsUserId,
        groupName: group["name"],
        userName: names.get(acsUserId),
        workspaceId,
      }));
  });
}

/** The selected user, or those whom the selected entrance opens to. */
function usersAmong(
  { users, user, entrance }: Selected,
  credentials: readonly Properties[],
  memberships: readonly LiveMembership[],
): readonly Properties[] {
  if (user) return [user];
  if (!entrance) return users;
  const ids = new Set([
    ...credentials.map((one) => one["acs_user_id"]),
    ...memberships.map(({ acsUserId }) => acsUserId),
  ]);
  return users.filter((one) => ids.has(one["acs_user_id"]));
}

function liveCredentials(
  reader: Reader,
  credentials: readonly Properties[],
  { users }: Selected,
  doors: WhoseDoors,
): readonly LiveCredential[] {
  const byId = new Map(users.map((one) => [one["acs_user_id"], one]));
  const isUnsure = (systemId: string) =>
    doors.unsureSystems.has(systemId) ||
    isIncomplete(reader, "entrances", systemId) ||
    isIncomplete(reader, "groups", systemId);
  return credentials.map((wire) => {
    const user = byId.get(wire["acs_user_id"]);
    const userId = user && String(user["acs_user_id"]);
    const own = doors.ownOf(String(wire["acs_credential_id"]), userId);
    // Who gets in through groups seldom has doors besides.
    const isInGroup = userId !== undefined && doors.throughGroups(userId).size > 0;
    return {
      wire,
      ownEntranceIds: isUnsure(String(wire["acs_system_id"])) ? undefined : own,
      userName: nameOf(user),
      hasHiddenDoors: isShutOut(user) && own.length === 0 && !isInGroup,
    };
  });
}

/** Whether Seam shows no doors of the user: it is suspended, or Salto KS has no subscription for it, such as before its start. */
function isShutOut(user: Properties | undefined): boolean {
  const { is_suspended, salto_ks_metadata: inSaltoKs } = user ?? {};
  return is_suspended === true || (isRecord(inSaltoKs) && inSaltoKs["is_subscribed"] === false);
}

function nameOf(user: Properties | undefined): string | undefined {
  const name = user?.["full_name"] ?? user?.["display_name"];
  return typeof name === "string" ? name : undefined;
}

function idIn(object: Properties | undefined, name: string): Properties {
  return object ? { [name]: object[name] } : {};
}
