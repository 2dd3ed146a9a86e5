// What Seam's own client tells of a workspace, without any code of this package: `official-view.mts URL KEY`.
import { SeamHttp } from "@seamapi/http";
import type { OfficialView } from "./compare";

const [endpoint = "", apiKey = ""] = process.argv.slice(2);
const seam = SeamHttp.fromApiKey(apiKey, { endpoint });

/** So many requests are under way at once. */
const AT_ONCE = 16;

async function each<T, R>(all: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const done: R[] = new Array(all.length);
  let next = 0;
  const worker = async () => {
    while (next < all.length) {
      const at = next++;
      done[at] = await work(all[at] as T);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return done;
}

const credentials = await seam.createPaginator(seam.acs.credentials.list()).flattenToArray();
const users = await seam.createPaginator(seam.acs.users.list()).flattenToArray();
const grants = await seam.createPaginator(seam.accessGrants.list()).flattenToArray();
const groups = await seam.acs.accessGroups.list();

const view: OfficialView = {
  credentials: await each(credentials, async (credential) => {
    const { acs_credential_id } = credential;
    const doors = await seam.acs.credentials.listAccessibleEntrances({ acs_credential_id });
    return {
      id: acs_credential_id,
      userId: credential.acs_user_id,
      startsAt: credential.starts_at,
      endsAt: credential.ends_at,
      isOverridden: credential.visionline_metadata?.is_valid === false,
      doorIds: doors.map(({ acs_entrance_id }) => acs_entrance_id),
    };
  }),
  users: users.map(({ acs_user_id, is_suspended, access_schedule }) => ({
    id: acs_user_id,
    isSuspended: is_suspended,
    startsAt: access_schedule?.starts_at,
    endsAt: access_schedule?.ends_at ?? undefined,
  })),
  groups: await each(groups, async (group) => {
    const { acs_access_group_id } = group;
    const members = await seam.acs.accessGroups.listUsers({ acs_access_group_id });
    const doors = await seam.acs.accessGroups.listAccessibleEntrances({ acs_access_group_id });
    return {
      id: acs_access_group_id,
      startsAt: group.access_schedule?.starts_at,
      endsAt: group.access_schedule?.ends_at ?? undefined,
      userIds: members.map(({ acs_user_id }) => acs_user_id),
      doorIds: doors.map(({ acs_entrance_id }) => acs_entrance_id),
    };
  }),
  grants: await each(grants, async ({ access_grant_id, access_method_ids }) => {
    const batch = await seam.accessMethods.getRelated({
      access_method_ids,
      include: ["acs_credentials"],
    } as Parameters<typeof seam.accessMethods.getRelated>[0]);
    const made = (batch as { acs_credentials?: { acs_credential_id: string }[] }).acs_credentials ?? [];
    return { id: access_grant_id, credentialIds: made.map(({ acs_credential_id }) => acs_credential_id) };
  }),
};
console.log(JSON.stringify(view));
