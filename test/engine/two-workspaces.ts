import * as seam from "../../sdk";
import type { Seed, TestStack, WorkspaceView } from "../../sdk/testing";

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

/** Has the next commands run with the key of this workspace. */
export async function use(stack: TestStack, { apiKey }: WorkspaceView): Promise<void> {
  await stack.automation.removeConfig("seam:workspaceId").catch(() => undefined);
  await stack.automation.setConfig("seam:apiKey", { value: apiKey, secret: true });
}

/** Ids of everything in the state. */
export async function idsOf(stack: TestStack): Promise<string[]> {
  const { resources } = (await stack.exportStack()).deployment as { resources: { id?: string }[] };
  return resources.flatMap(({ id }) => id ?? []).sort();
}
