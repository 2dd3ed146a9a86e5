import type * as pulumi from "@pulumi/pulumi";
import type { SeamObjectError, SeamObjectWarning } from "../errors-and-warnings";
import { type Asked, ask, askOutput, type LookUp, type LookUpInputs, type LookUpOptions } from "./look-up";
import { theOne, wayOf } from "./match";

/** How {@link getAcsAccessGroup} finds the group: by its id, or by its name within an access system. */
export interface GetAcsAccessGroupArgs {
  /** Seam's id. */
  acsAccessGroupId?: string;
  /** Its name, exactly; needs `acsSystemId`. */
  name?: string;
  /** The access system, with `name`. */
  acsSystemId?: string;
}

/** An access group, as Seam tells it; what is null there is absent. */
export interface GetAcsAccessGroupResult {
  /** Seam's id. */
  acsAccessGroupId: string;
  /** Access system it is in. */
  acsSystemId: string;
  /** Its name. */
  name: string;
  /** The same, in words for people. */
  displayName: string;
  /** Vendor's kind of group, such as `salto_ks_access_group`. */
  externalType: string;
  /** The same, in words for people. */
  externalTypeDisplayName: string;
  /** When its members have access, where it says so. */
  accessSchedule?: { startsAt: string; endsAt?: string };
  /** Seam's connection to the vendor account. */
  connectedAccountId: string;
  /** When Seam got to know it, ISO 8601. */
  createdAt: string;
  /** Workspace it is in. */
  workspaceId: string;
  /** Errors that Seam reports. */
  errors: SeamObjectError[];
  /** Warnings that Seam reports. */
  warnings: SeamObjectWarning[];
}

/**
 * Looks up an access group by its id, or by its name within an access system.
 * @throws LookUpError if there is not exactly one; the message lists similar names
 * @see https://docs.seam.co/latest/api/acs/access_groups
 */
export function getAcsAccessGroup(
  args: GetAcsAccessGroupArgs,
  opts?: LookUpOptions,
): Promise<GetAcsAccessGroupResult> {
  return ask(acsAccessGroupLookUp, args, opts);
}

/** {@link getAcsAccessGroup} with outputs as arguments. */
export function getAcsAccessGroupOutput(
  args: LookUpInputs<GetAcsAccessGroupArgs>,
  opts?: LookUpOptions,
): pulumi.Output<GetAcsAccessGroupResult> {
  return askOutput(acsAccessGroupLookUp, args, opts);
}

export const acsAccessGroupLookUp: LookUp<GetAcsAccessGroupArgs, GetAcsAccessGroupResult> = {
  name: "getAcsAccessGroup",
  find,
};

async function find(args: GetAcsAccessGroupArgs, seam: Asked): Promise<GetAcsAccessGroupResult> {
  const { acsAccessGroupId, acsSystemId, name = "" } = args;
  const ways = [["acsAccessGroupId"], ["name", "acsSystemId"]] as const;
  if (wayOf<GetAcsAccessGroupArgs>("acs_access_group", args, ways) === "acsAccessGroupId") {
    return seam.get(
      "/acs/access_groups/get",
      "acs_access_group",
      { acs_access_group_id: acsAccessGroupId },
      `look up acs_access_group ${acsAccessGroupId}`,
    );
  }
  const groups = await seam.list<GetAcsAccessGroupResult>(
    "/acs/access_groups/list",
    "acs_access_groups",
    { acs_system_id: acsSystemId },
    `look up access groups of acs_system ${acsSystemId}`,
  );
  const naming = {
    what: "acs_access_group",
    where: ` in acs_system ${acsSystemId}`,
    idOf: (group: GetAcsAccessGroupResult) => group.acsAccessGroupId,
    nameOf: (group: GetAcsAccessGroupResult) => group.name,
  };
  return theOne(naming, name, groups);
}
