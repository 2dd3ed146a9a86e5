import type * as pulumi from "@pulumi/pulumi";
import type { AccessGrantInputs } from "../../provider/resources/access-grant";
import type { AcsAccessGroupMembershipInputs } from "../../provider/resources/acs-access-group-membership";
import type { AcsCredentialInputs } from "../../provider/resources/acs-credential";
import type { AcsUserInputs } from "../../provider/resources/acs-user";
import type { SpaceInputs } from "../../provider/resources/space";
import type { UserIdentityInputs } from "../../provider/resources/user-identity";
import type * as seam from "../../sdk";

/** `true` where both have the same properties, each of the same type; the compiler is the judge. */
type Same<Args, Inputs> = [Deep<pulumi.Unwrap<Args>>] extends [Deep<Inputs>]
  ? [Deep<Inputs>] extends [Deep<pulumi.Unwrap<Args>>]
    ? true
    : false
  : false;

/** All properties required, at every depth. */
type Deep<T> = T extends readonly (infer E)[]
  ? Deep<E>[]
  : T extends object
    ? { [K in keyof T]-?: Deep<Exclude<T[K], undefined>> }
    : T;

/** The args of every resource and the schema that checks them have the same properties: `npm run check` judges it. */
export const SAME = [
  true satisfies Same<seam.AccessGrantArgs, AccessGrantInputs>,
  true satisfies Same<seam.AcsAccessGroupMembershipArgs, AcsAccessGroupMembershipInputs>,
  true satisfies Same<seam.AcsCredentialArgs, AcsCredentialInputs>,
  true satisfies Same<seam.AcsUserArgs, AcsUserInputs>,
  true satisfies Same<seam.SpaceArgs, SpaceInputs>,
  true satisfies Same<seam.UserIdentityArgs, UserIdentityInputs>,
];
