import { isFound, resourceContract } from "./resource-contract";

resourceContract("AcsUser", {
  valid: ({ seam }) => ({
    acsSystemId: seam.ids.acsSystems["salto-ks"],
    fullName: "Gus Example",
    emailAddress: "gus@example.com",
    phoneNumber: "+15555550177",
    acsAccessGroupIds: [seam.ids.acsAccessGroups["salto-ks/staff"]],
    accessSchedule: { startsAt: "2030-01-01T00:00:00.000Z", endsAt: "2036-01-01T00:00:00.000Z" },
  }),
  invalid: {
    acsSystemId: "salto",
    fullName: "",
    emailAddress: "gus at example.com",
    phoneNumber: "0555 77",
    accessSchedule: { endsAt: "tomorrow" },
    isSuspended: "no",
    adress: "",
  },
  update: {
    fullName: "Gus G. Example",
    emailAddress: "gus.g@example.com",
    accessSchedule: { endsAt: "2037-01-01T00:00:00.000Z" },
    isSuspended: true,
  },
  replace: ({ seam }) => ({ acsSystemId: seam.ids.acsSystems.brivo }),
  createRoute: "/acs/users/create",
  exists: ({ call }, id) => isFound(call("/acs/users/get", { acs_user_id: id })),
  drift: {
    make: async ({ call }, id) => {
      await call("/acs/users/update", { acs_user_id: id, full_name: "Somebody else" });
      await call("/acs/users/unsuspend", { acs_user_id: id });
    },
    shows: { fullName: "Somebody else", isSuspended: false },
  },
  removeElsewhere: ({ call }, id) => call("/acs/users/delete", { acs_user_id: id }),
  count: async ({ call }) => ((await call("/acs/users/list", {}))["acs_users"] as []).length,
});
