import type * as pulumi from "@pulumi/pulumi";
import type { SeamObjectError, SeamObjectWarning } from "../errors-and-warnings";
import { type Asked, ask, askOutput, type LookUp, type LookUpInputs, type LookUpOptions } from "./look-up";
import { searchOne, wayOf } from "./match";

/** How {@link getAcsUser} finds the user: by id, or by name or e-mail address within an access system. */
export interface GetAcsUserArgs {
  /** Seam's id. */
  acsUserId?: string;
  /** The person's name, exactly; needs `acsSystemId`. */
  fullName?: string;
  /** The person's e-mail address, in any case; needs `acsSystemId`. */
  emailAddress?: string;
  /** The access system, with `fullName` or `emailAddress`. */
  acsSystemId?: string;
}

/** An access-system user, as Seam tells it; what is null there is absent. */
export interface GetAcsUserResult {
  /** Seam's id. */
  acsUserId: string;
  /** Access system it is in. */
  acsSystemId: string;
  /** Seam's name for it. */
  displayName: string;
  /** Name. */
  fullName?: string;
  /** E-mail address. */
  emailAddress?: string;
  /** Phone number, E.164. */
  phoneNumber?: string;
  /** User identity that the user belongs to. */
  userIdentityId?: string;
  /** When it has access, where the system knows schedules. */
  accessSchedule?: { startsAt: string; endsAt?: string };
  /** Whether its access is suspended. */
  isSuspended?: boolean;
  /** Vendor's kind of user. */
  externalType?: string;
  /** The same, in words for people. */
  externalTypeDisplayName?: string;
  /** Seam's connection to the vendor account. */
  connectedAccountId: string;
  /** When Seam created it, ISO 8601. */
  createdAt: string;
  /** Workspace it is in. */
  workspaceId: string;
  /** Errors that Seam reports. */
  errors: SeamObjectError[];
  /** Warnings that Seam reports. */
  warnings: SeamObjectWarning[];
}

/**
 * Looks up an access-system user by id, or by name or e-mail address within an access system.
 * @throws LookUpError when there is not exactly one; it names nobody else
 * @see https://docs.seam.co/latest/api/acs/users
 */
export function getAcsUser(args: GetAcsUserArgs, opts?: LookUpOptions): Promise<GetAcsUserResult> {
  return ask(acsUserLookUp, args, opts);
}

/** {@link getAcsUser} with outputs as arguments. */
export function getAcsUserOutput(
  args: LookUpInputs<GetAcsUserArgs>,
  opts?: LookUpOptions,
): pulumi.Output<GetAcsUserResult> {
  return askOutput(acsUserLookUp, args, opts);
}

export const acsUserLookUp: LookUp<GetAcsUserArgs, GetAcsUserResult> = { name: "getAcsUser", find };

async function find(args: GetAcsUserArgs, seam: Asked): Promise<GetAcsUserResult> {
  const { acsUserId, acsSystemId, fullName, emailAddress } = args;
  const ways = [["acsUserId"], ["fullName", "acsSystemId"], ["emailAddress", "acsSystemId"]] as const;
  const way = wayOf<GetAcsUserArgs>("acs_user", args, ways);
  if (way === "acsUserId") {
    return seam.get(
      "/acs/users/get",
      "acs_user",
      { acs_user_id: acsUserId },
      `look up acs_user ${acsUserId}`,
    );
  }
  const isByName = way === "fullName";
  const naming = {
    what: "acs_user",
    isPerson: true,
    where: ` in acs_system ${acsSystemId}`,
    idOf: (user: GetAcsUserResult) => user.acsUserId,
    nameOf: (user: GetAcsUserResult) => (isByName ? user.fullName : user.emailAddress?.toLowerCase()),
  };
  const wanted = (isByName ? fullName : emailAddress?.toLowerCase()) ?? "";
  return searchOne(naming, wanted, (search) =>
    seam.list(
      "/acs/users/list",
      "acs_users",
      { acs_system_id: acsSystemId, ...search },
      `look up users of acs_system ${acsSystemId}`,
    ),
  );
}
