import * as pulumi from "@pulumi/pulumi";
import { shortenTraces } from "../short-traces";
import { isOfClass, registration } from "./registration";

/** Inputs of an {@link AcsAccessGroupMembership}: the group, and the member in one of two ways. */
export interface AcsAccessGroupMembershipArgs {
  /**
   * The access group. A change replaces the membership.
   * @see https://docs.seam.co/latest/api/acs/access_groups/add_user
   */
  acsAccessGroupId: pulumi.Input<string>;
  /** The member as an ACS user; either this or `userIdentityId`. A change replaces. */
  acsUserId?: pulumi.Input<string>;
  /**
   * The member as a user identity. Seam links or creates the identity's user in the group's access system, **which
   * stays when the membership is removed**: declare an {@link AcsUser} to leave nothing behind. A change replaces.
   */
  userIdentityId?: pulumi.Input<string>;
}

/**
 * Membership of one user in one access group. On systems whose doors come from groups (Salto, Brivo, PTI …),
 * memberships open the doors.
 *
 * Its id is `<acsAccessGroupId>/<acsUserId>`, or `<acsAccessGroupId>/<userIdentityId>` if you declared it so. If the
 * membership already exists, the resource takes it over.
 *
 * @example
 * ```ts
 * new seam.AcsAccessGroupMembership("ada-staff", {
 *   acsAccessGroupId: staff.acsAccessGroupId,
 *   acsUserId: user.acsUserId,
 * });
 * ```
 * @see https://docs.seam.co/latest/api/acs/access_groups
 */
export class AcsAccessGroupMembership extends pulumi.CustomResource {
  /** Pulumi's type token, also for policies. */
  static readonly __pulumiType = "pulumi-nodejs:dynamic/seam:AcsAccessGroupMembership";

  /** True for an AcsAccessGroupMembership, even one of another copy of this package. */
  static override isInstance(resource: unknown): resource is AcsAccessGroupMembership {
    return isOfClass(AcsAccessGroupMembership, resource);
  }

  /**
   * Reads a membership that this stack does not own.
   * @param id `<acsAccessGroupId>/<acsUserId>` or `<acsAccessGroupId>/<userIdentityId>`; an unknown one fails the run
   */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    opts?: pulumi.CustomResourceOptions,
  ): AcsAccessGroupMembership {
    return new AcsAccessGroupMembership(name, {} as AcsAccessGroupMembershipArgs, { ...opts, id });
  }

  /** The access group. */
  declare readonly acsAccessGroupId: pulumi.Output<string>;
  /** The member, if declared as an ACS user. */
  declare readonly acsUserId: pulumi.Output<string | undefined>;
  /** The member, if declared as a user identity. */
  declare readonly userIdentityId: pulumi.Output<string | undefined>;
  /** Workspace it is in; absent if a release before 0.2 created it. */
  declare readonly workspaceId: pulumi.Output<string | undefined>;

  constructor(name: string, args: AcsAccessGroupMembershipArgs, opts?: pulumi.CustomResourceOptions) {
    const restoreTraces = shortenTraces();
    try {
      super(...registration(AcsAccessGroupMembership, name, OUTPUTS, args, opts));
    } finally {
      restoreTraces();
    }
  }
}

const OUTPUTS = {
  acsAccessGroupId: undefined,
  acsUserId: undefined,
  userIdentityId: undefined,
  workspaceId: undefined,
} as const satisfies Record<Exclude<keyof AcsAccessGroupMembership, keyof pulumi.CustomResource>, undefined>;
