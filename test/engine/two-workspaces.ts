import * as seam from "../../sdk";
import type { Seed, WorkspaceView } from "../../sdk/testing";

/** One property, the same in two workspaces. */
export const property = (key: string): Seed["workspaces"][number] => ({
  key,
  name: `${key} workspace`,
  is_sandbox: key === "south",
  acs_systems: [
    {
      key: "site",
      kind: "salto_ks",
      entrances: [{ key: "front-door" }],
      access_groups: [{ key: "staff", name: "Staff", entrances: ["front-door"] }],
      users: [{ key: "ada", full_name: "Ada Example" }],
    },
  ],
});

/** One resource of every kind. */
export function everything(north: WorkspaceView, extra: readonly string[]) {
  const acsUserId = north.ids.acsUsers["site/ada"] ?? "";
  const acsSystemId = north.ids.acsSystems["site"] ?? "";
  for (const name of extra) new seam.UserIdentity(name, { fullName: name });
  new seam.AcsCredential("credential", { accessMethod: "code", acsUserId });
  new seam.AcsAccessGroupMembership("membership", {
    acsAccessGroupId: north.ids.acsAccessGroups["site/staff"] ?? "",
    acsUserId,
  });
  const identity = new seam.UserIdentity("identity", { fullName: "Gus Guest" });
  new seam.AcsUser("user", { acsSystemId, fullName: "Bob Example" });
  new seam.AccessGrant("grant", {
    userIdentityId: identity.userIdentityId,
    requestedAccessMethods: [{ mode: "code" }],
    acsEntranceIds: [north.ids.acsEntrances["site/front-door"] ?? ""],
  });
}
