import { isFound, resourceContract } from "./resource-contract";

resourceContract("AccessGrant", {
  valid: ({ seam }) => ({
    userIdentityId: seam.ids.userIdentities.ada,
    requestedAccessMethods: [{ mode: "code", code: "4321" }],
    acsEntranceIds: [seam.ids.acsEntrances["salto-ks/front-door"]],
    accessGrantKey: "reservation-1017",
    name: "Stay",
    startsAt: "2030-01-01T00:00:00.000Z",
    endsAt: "2036-01-01T00:00:00.000Z",
  }),
  invalid: {
    userIdentityId: "ada",
    requestedAccessMethods: [{ mode: "code", code: "12ab" }, { mode: "door" }, { mode: "code", cod: "12ab" }],
    acsEntranceIds: ["front-door"],
    startsAt: "soon",
    endsAt: "2030-02-30T00:00:00Z",
    nam: "Stay",
  },
  update: {
    name: "Longer stay",
    startsAt: "2030-01-02T00:00:00.000Z",
    endsAt: "2037-01-01T00:00:00.000Z",
  },
  replace: ({ seam }) => ({ acsEntranceIds: [seam.ids.acsEntrances["salto-ks/garage"]] }),
  createRoute: "/access_grants/create",
  exists: ({ call }, id) => isFound(call("/access_grants/get", { access_grant_id: id })),
  drift: {
    make: ({ call }, id) =>
      call("/access_grants/update", { access_grant_id: id, ends_at: "2038-01-01T00:00:00.000Z" }),
    shows: { endsAt: "2038-01-01T00:00:00.000Z" },
  },
  removeElsewhere: ({ call }, id) => call("/access_grants/delete", { access_grant_id: id }),
  count: async ({ call }) => ((await call("/access_grants/list", {}))["access_grants"] as []).length,
});
