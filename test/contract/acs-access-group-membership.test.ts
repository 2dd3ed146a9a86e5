import { resourceContract, type World } from "./resource-contract";

const memberOf = (id: string) => {
  const [acs_access_group_id = "", acs_user_id = ""] = id.split("/");
  return { acs_access_group_id, acs_user_id };
};

async function members({ call }: World, acs_access_group_id: string): Promise<string[]> {
  const { acs_users: users } = await call("/acs/access_groups/list_users", { acs_access_group_id });
  return (users as { acs_user_id: string }[]).map(({ acs_user_id }) => acs_user_id);
}

resourceContract("AcsAccessGroupMembership", {
  valid: ({ seam }) => ({
    acsAccessGroupId: seam.ids.acsAccessGroups["salto-ks/staff"],
    acsUserId: seam.ids.acsUsers["salto-ks/ada"],
  }),
  invalid: { acsAccessGroupId: "staff", acsUserId: "ada", userId: "ada" },
  replace: ({ seam }) => ({ acsUserId: seam.ids.acsUsers["salto-ks/ben"] }),
  createRoute: "/acs/access_groups/add_user",
  exists: async (world, id) =>
    (await members(world, memberOf(id).acs_access_group_id)).includes(memberOf(id).acs_user_id),
  removeElsewhere: ({ call }, id) => call("/acs/access_groups/remove_user", memberOf(id)),
  count: async (world) => (await members(world, world.seam.ids.acsAccessGroups["salto-ks/staff"])).length,
});
