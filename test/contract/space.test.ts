import { isFound, resourceContract } from "./resource-contract";

resourceContract("Space", {
  valid: ({ seam }) => ({
    spaceKey: "ground-floor",
    name: "Ground floor",
    acsEntranceIds: [
      seam.ids.acsEntrances["salto-ks/front-door"],
      seam.ids.acsEntrances["salto-ks/garage"],
    ].sort(),
    deviceIds: [],
  }),
  invalid: {
    spaceKey: "",
    name: 7,
    acsEntranceIds: ["front-door"],
    deviceIds: "all",
    adopt: "ground-floor",
    entranceIds: [],
  },
  update: { name: "Ground level", acsEntranceIds: [] },
  replace: () => ({ spaceKey: "first-floor" }),
  createRoute: "/spaces/create",
  exists: ({ call }, id) => isFound(call("/spaces/get", { space_id: id })),
  drift: {
    make: async ({ seam, call }, id) => {
      const door = seam.ids.acsEntrances["salto-ks/office"];
      await call("/spaces/add_acs_entrances", { space_id: id, acs_entrance_ids: [door] });
      await call("/spaces/update", { space_id: id, name: "Other" });
    },
    shows: { name: "Other", acsEntranceIds: [expect.any(String)] },
  },
  removeElsewhere: ({ call }, id) => call("/spaces/delete", { space_id: id }),
  count: async ({ call }) => ((await call("/spaces/list", {}))["spaces"] as []).length,
});
