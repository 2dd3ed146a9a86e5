import type * as pulumi from "@pulumi/pulumi";
import type { SeamObjectError, SeamObjectWarning } from "../errors-and-warnings";
import { type Asked, ask, askOutput, type LookUp, type LookUpInputs, type LookUpOptions } from "./look-up";
import { searchOne, wayOf } from "./match";

/** How {@link getUserIdentity} finds the person: by one of these. */
export interface GetUserIdentityArgs {
  /** Seam's id. */
  userIdentityId?: string;
  /** Your own key. */
  userIdentityKey?: string;
  /** E-mail address, in any case. */
  emailAddress?: string;
  /** Phone number with country code. */
  phoneNumber?: string;
}

/** A user identity, as Seam tells it; what is null there is absent. */
export interface GetUserIdentityResult {
  /** Seam's id. */
  userIdentityId: string;
  /** Your own key. */
  userIdentityKey?: string;
  /** Seam's name for it. */
  displayName: string;
  /** Name. */
  fullName?: string;
  /** E-mail address. */
  emailAddress?: string;
  /** Phone number, E.164. */
  phoneNumber?: string;
  /** The person's access-system users. */
  acsUserIds: string[];
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
 * Looks up a person by id, key, e-mail address or phone number.
 * @throws LookUpError when there is not exactly one; it names nobody else
 * @see https://docs.seam.co/latest/api/user_identities
 */
export function getUserIdentity(
  args: GetUserIdentityArgs,
  opts?: LookUpOptions,
): Promise<GetUserIdentityResult> {
  return ask(userIdentityLookUp, args, opts);
}

/** {@link getUserIdentity} with outputs as arguments. */
export function getUserIdentityOutput(
  args: LookUpInputs<GetUserIdentityArgs>,
  opts?: LookUpOptions,
): pulumi.Output<GetUserIdentityResult> {
  return askOutput(userIdentityLookUp, args, opts);
}

export const userIdentityLookUp: LookUp<GetUserIdentityArgs, GetUserIdentityResult> = {
  name: "getUserIdentity",
  find,
};

async function find(args: GetUserIdentityArgs, seam: Asked): Promise<GetUserIdentityResult> {
  const ways = [["userIdentityId"], ["userIdentityKey"], ["emailAddress"], ["phoneNumber"]] as const;
  const way = wayOf<GetUserIdentityArgs>("user_identity", args, ways) as keyof GetUserIdentityArgs;
  const given = args[way] ?? "";
  if (way === "userIdentityId") {
    const body = { user_identity_id: given };
    return seam.get("/user_identities/get", "user_identity", body, `look up user_identity ${given}`);
  }
  const plain = {
    userIdentityKey: (key: string) => key,
    emailAddress: (address: string) => address.toLowerCase(),
    phoneNumber: (number: string) => number.replace(/[\s().-]/g, ""),
  }[way];
  const naming = {
    what: "user_identity",
    isPerson: true,
    where: "",
    idOf: (identity: GetUserIdentityResult) => identity.userIdentityId,
    nameOf: (identity: GetUserIdentityResult) => {
      const value = identity[way];
      return value === undefined ? undefined : plain(value);
    },
  };
  return searchOne(naming, plain(given), (search) =>
    seam.list("/user_identities/list", "user_identities", search, "look up a user_identity"),
  );
}
