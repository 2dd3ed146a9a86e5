import * as pulumi from "@pulumi/pulumi";
import type { SeamObjectError, SeamObjectWarning } from "../errors-and-warnings";
import { shortenTraces } from "../short-traces";
import { deletedFirst } from "./delete-first";
import { isOfClass, registration } from "./registration";

/** Inputs of a {@link UserIdentity}: at least one of key, name, e-mail address and phone number. */
export interface UserIdentityArgs {
  /**
   * Your own key for the person, unique in the workspace. With a key, the provider can always find an identity whose
   * create got no answer. A change updates in place; removing it clears it in place.
   * @see https://docs.seam.co/latest/api/user_identities/create
   */
  userIdentityKey?: pulumi.Input<string>;
  /** The person's name. A change updates in place; removing it clears it in place. */
  fullName?: pulumi.Input<string>;
  /**
   * E-mail address, unique in the workspace; compared without regard to case. A change updates in place; removing
   * it clears it in place.
   */
  emailAddress?: pulumi.Input<string>;
  /**
   * Phone number with country code (E.164, such as `+15555550100`), unique in the workspace. A change updates in
   * place; removing it clears it in place.
   */
  phoneNumber?: pulumi.Input<string>;
  /**
   * Access systems in which Seam links or creates a user for the person; ids, compared as a set. Those users are
   * deleted with the identity. A change replaces the identity: prefer an {@link AcsUser} for each system.
   */
  acsSystemIds?: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * `user_identity_id` of an existing user identity to take over instead of creating one. It must match every declared
   * property; otherwise the run fails, lists all differences, and changes nothing. It only has an effect when the
   * resource is created; remove it afterwards. The stack then owns the identity: removing the resource deletes it,
   * with the person's users and credentials.
   */
  adopt?: pulumi.Input<string>;
}

/**
 * A person, across all access systems of a workspace.
 *
 * When you delete it, Seam also deletes the person's ACS users and credentials.
 *
 * @example
 * ```ts
 * const ada = new seam.UserIdentity("ada", {
 *   userIdentityKey: "staff-17",
 *   fullName: "Ada Example",
 *   emailAddress: "ada@example.com",
 * });
 * ```
 * @see https://docs.seam.co/latest/api/user_identities
 */
export class UserIdentity extends pulumi.CustomResource {
  /** Pulumi's type token, also for policies. */
  static readonly __pulumiType = "pulumi-nodejs:dynamic/seam:UserIdentity";

  /** True for a UserIdentity, even one of another copy of this package. */
  static override isInstance(resource: unknown): resource is UserIdentity {
    return isOfClass(UserIdentity, resource);
  }

  /**
   * Reads a user identity that this stack does not own.
   * @param id its `user_identity_id`; an unknown one fails the run
   */
  static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): UserIdentity {
    return new UserIdentity(name, {} as UserIdentityArgs, { ...opts, id });
  }

  /** Declared access systems; Seam does not show them. */
  declare readonly acsSystemIds: pulumi.Output<string[] | undefined>;
  /** The person's ACS users, as of the last create, update or refresh. */
  declare readonly acsUserIds: pulumi.Output<string[] | undefined>;
  /** When Seam created it, ISO 8601. */
  declare readonly createdAt: pulumi.Output<string>;
  /** Seam's name for it. */
  declare readonly displayName: pulumi.Output<string>;
  /** E-mail address. */
  declare readonly emailAddress: pulumi.Output<string | undefined>;
  /** Errors that Seam reports; a list, empty when all is well. */
  declare readonly errors: pulumi.Output<SeamObjectError[]>;
  /** Name. */
  declare readonly fullName: pulumi.Output<string | undefined>;
  /** Phone number, E.164. */
  declare readonly phoneNumber: pulumi.Output<string | undefined>;
  /** Seam's id; the resource id too. */
  declare readonly userIdentityId: pulumi.Output<string>;
  /** Your own key. */
  declare readonly userIdentityKey: pulumi.Output<string | undefined>;
  /** Warnings that Seam reports; a list, empty when all is well. */
  declare readonly warnings: pulumi.Output<SeamObjectWarning[]>;
  /** Workspace it is in. */
  declare readonly workspaceId: pulumi.Output<string>;

  constructor(name: string, args: UserIdentityArgs, opts?: pulumi.CustomResourceOptions) {
    const restoreTraces = shortenTraces();
    try {
      super(
        ...registration(
          UserIdentity,
          name,
          OUTPUTS,
          args,
          deletedFirst([args.emailAddress, args.phoneNumber, args.userIdentityKey], opts),
        ),
      );
    } finally {
      restoreTraces();
    }
  }
}

const OUTPUTS = {
  acsSystemIds: undefined,
  acsUserIds: undefined,
  createdAt: undefined,
  displayName: undefined,
  emailAddress: undefined,
  errors: undefined,
  fullName: undefined,
  phoneNumber: undefined,
  userIdentityId: undefined,
  userIdentityKey: undefined,
  warnings: undefined,
  workspaceId: undefined,
} as const satisfies Record<Exclude<keyof UserIdentity, keyof pulumi.CustomResource>, undefined>;
