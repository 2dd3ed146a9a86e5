import { isFound, resourceContract } from "./resource-contract";

resourceContract("UserIdentity", {
  valid: ({ seam }) => ({
    userIdentityKey: "staff-17",
    fullName: "Gus Example",
    emailAddress: "Gus@example.com",
    phoneNumber: "+15555550177",
    acsSystemIds: [seam.ids.acsSystems["salto-ks"]],
  }),
  invalid: {
    userIdentityKey: "",
    fullName: 7,
    emailAddress: "gus at example.com",
    phoneNumber: "0555 77",
    acsSystemIds: "salto",
    email: "gus@example.com",
  },
  update: { userIdentityKey: "staff-18", fullName: "Gus G. Example", phoneNumber: "+15555550178" },
  replace: ({ seam }) => ({ acsSystemIds: [seam.ids.acsSystems.brivo] }),
  createRoute: "/user_identities/create",
  exists: ({ call }, id) => isFound(call("/user_identities/get", { user_identity_id: id })),
  drift: {
    make: ({ call }, id) => call("/user_identities/update", { user_identity_id: id, full_name: "Other" }),
    shows: { fullName: "Other" },
  },
  removeElsewhere: ({ call }, id) => call("/user_identities/delete", { user_identity_id: id }),
  count: async ({ call }) => ((await call("/user_identities/list", {}))["user_identities"] as []).length,
});
