import { isFound, resourceContract } from "./resource-contract";

resourceContract("AcsCredential", {
  valid: ({ seam }) => ({
    accessMethod: "code",
    acsUserId: seam.ids.acsUsers["salto-ks/ada"],
    code: "1234",
    endsAt: "2036-01-01T00:00:00.000Z",
  }),
  invalid: { accessMethod: "pin", acsUserId: "ada", code: "12ab", endsAt: "tomorrow", cod: "12ab" },
  update: { code: "5678", endsAt: "2037-01-01T00:00:00.000Z" },
  replace: ({ seam }) => ({ acsUserId: seam.ids.acsUsers["salto-ks/ben"] }),
  createRoute: "/acs/credentials/create",
  exists: ({ call }, id) => isFound(call("/acs/credentials/get", { acs_credential_id: id })),
  drift: {
    make: ({ call }, id) => call("/acs/credentials/update", { acs_credential_id: id, code: "9999" }),
    shows: { code: "9999" },
  },
  removeElsewhere: ({ call }, id) => call("/acs/credentials/delete", { acs_credential_id: id }),
  count: async ({ call }) => ((await call("/acs/credentials/list", {}))["acs_credentials"] as []).length,
});
