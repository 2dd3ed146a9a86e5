import * as pulumi from "@pulumi/pulumi";
import type { SeamObjectError, SeamObjectWarning } from "../errors-and-warnings";
import { shortenTraces } from "../short-traces";
import { deletedFirst } from "./delete-first";
import { isOfClass, registration } from "./registration";

/** When an ACS user has access, if the system has schedules. */
export interface AccessScheduleArgs {
  /** Start, ISO 8601 with zone; Seam's default is now. Compared as an instant. */
  startsAt?: pulumi.Input<string>;
  /**
   * End, ISO 8601 with zone, after `startsAt`; without it, access does not end. If it is already past when the user is
   * to be created, the preview fails. Removing only the end replaces the user, since Seam cannot remove the end from a
   * schedule.
   */
  endsAt?: pulumi.Input<string>;
}

/** Inputs of an {@link AcsUser}. Properties that you leave out are not compared, whatever Seam fills in. */
export interface AcsUserArgs {
  /**
   * The access system. A change replaces the user.
   * @see https://docs.seam.co/latest/api/acs/users/create
   */
  acsSystemId: pulumi.Input<string>;
  /** The person's name. A change updates in place. */
  fullName: pulumi.Input<string>;
  /**
   * E-mail address; compared without regard to case. A change updates in place; removing it replaces, since Seam
   * cannot clear it.
   */
  emailAddress?: pulumi.Input<string>;
  /**
   * Phone number with country code (E.164, such as `+15555550100`). A change updates in place; removing it
   * replaces, since Seam cannot clear it.
   */
  phoneNumber?: pulumi.Input<string>;
  /** The user identity that this user belongs to. A change links it in place. */
  userIdentityId?: pulumi.Input<string>;
  /**
   * Access groups that the user is in; ids, compared as a set. A change joins and leaves groups in place. To manage
   * memberships separately, use {@link AcsAccessGroupMembership}.
   */
  acsAccessGroupIds?: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * When the user has access, if the system has schedules. A change updates in place; removing it clears it in place.
   */
  accessSchedule?: pulumi.Input<AccessScheduleArgs>;
  /**
   * Whether the user's access is suspended: the user keeps card and PIN, but these open nothing. A change suspends or
   * unsuspends in place; removing `true` unsuspends. A new user is suspended right after it is created.
   */
  isSuspended?: pulumi.Input<boolean>;
  /**
   * `acs_user_id` of an existing user to take over instead of creating one. It must match every declared property, and
   * have no times that you do not declare; otherwise the run fails, lists all differences, and changes nothing. It
   * only has an effect when the resource is created; remove it afterwards. The stack then owns the user: removing the
   * resource deletes it.
   */
  adopt?: pulumi.Input<string>;
}

/**
 * A user of one access system.
 *
 * If a credential names its user by `userIdentityId` and the person has no user in the system, Seam creates one, which
 * stays when the credential is deleted. A user that you declare as a resource is deleted with the stack.
 *
 * @example
 * ```ts
 * const user = new seam.AcsUser("ada-lobby", {
 *   acsSystemId: "7113de29-6130-4153-a6ea-1b7ca0fe3198",
 *   fullName: "Ada Example",
 *   userIdentityId: ada.userIdentityId,
 * });
 * new seam.AcsCredential("ada-lobby-pin", { accessMethod: "code", acsUserId: user.acsUserId });
 * ```
 * @see https://docs.seam.co/latest/api/acs/users
 */
export class AcsUser extends pulumi.CustomResource {
  /** Pulumi's type token, also for policies. */
  static readonly __pulumiType = "pulumi-nodejs:dynamic/seam:AcsUser";

  /** True for an AcsUser, even one of another copy of this package. */
  static override isInstance(resource: unknown): resource is AcsUser {
    return isOfClass(AcsUser, resource);
  }

  /**
   * Reads an ACS user that this stack does not own.
   * @param id its `acs_user_id`; an unknown one fails the run
   */
  static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): AcsUser {
    return new AcsUser(name, {} as AcsUserArgs, { ...opts, id });
  }

  /** When the user has access. */
  declare readonly accessSchedule: pulumi.Output<pulumi.Unwrap<AccessScheduleArgs> | undefined>;
  /** Declared access groups; Seam does not show them. */
  declare readonly acsAccessGroupIds: pulumi.Output<string[] | undefined>;
  /** Access system it is in. */
  declare readonly acsSystemId: pulumi.Output<string>;
  /** Seam's id; the resource id too. */
  declare readonly acsUserId: pulumi.Output<string>;
  /** Seam's connection to the vendor account. */
  declare readonly connectedAccountId: pulumi.Output<string | undefined>;
  /** When Seam created it, ISO 8601. */
  declare readonly createdAt: pulumi.Output<string>;
  /** Seam's name for it. */
  declare readonly displayName: pulumi.Output<string>;
  /** E-mail address. */
  declare readonly emailAddress: pulumi.Output<string | undefined>;
  /** Errors that Seam reports; a list, empty when all is well. */
  declare readonly errors: pulumi.Output<SeamObjectError[]>;
  /** Vendor's kind of user, such as `salto_site_user`. */
  declare readonly externalType: pulumi.Output<string | undefined>;
  /** The same, in words for people. */
  declare readonly externalTypeDisplayName: pulumi.Output<string | undefined>;
  /** Name. */
  declare readonly fullName: pulumi.Output<string | undefined>;
  /** Whether Seam manages it. */
  declare readonly isManaged: pulumi.Output<boolean>;
  /** Whether its access is suspended. */
  declare readonly isSuspended: pulumi.Output<boolean | undefined>;
  /** Phone number, E.164. */
  declare readonly phoneNumber: pulumi.Output<string | undefined>;
  /** Salto KS's view of it. */
  declare readonly saltoKsMetadata: pulumi.Output<{ isSubscribed?: boolean } | undefined>;
  /** Salto Space's view of it. */
  declare readonly saltoSpaceMetadata: pulumi.Output<Record<string, unknown> | undefined>;
  /** E-mail address of its user identity. */
  declare readonly userIdentityEmailAddress: pulumi.Output<string | undefined>;
  /** Name of its user identity. */
  declare readonly userIdentityFullName: pulumi.Output<string | undefined>;
  /** User identity that the user belongs to. */
  declare readonly userIdentityId: pulumi.Output<string | undefined>;
  /** Phone number of its user identity. */
  declare readonly userIdentityPhoneNumber: pulumi.Output<string | undefined>;
  /** Warnings that Seam reports; a list, empty when all is well. */
  declare readonly warnings: pulumi.Output<SeamObjectWarning[]>;
  /** Workspace it is in. */
  declare readonly workspaceId: pulumi.Output<string>;

  constructor(name: string, args: AcsUserArgs, opts?: pulumi.CustomResourceOptions) {
    const restoreTraces = shortenTraces();
    try {
      // An access system takes each of these once.
      const unique = deletedFirst([args.emailAddress, args.phoneNumber, args.userIdentityId], opts);
      super(...registration(AcsUser, name, OUTPUTS, args, unique));
    } finally {
      restoreTraces();
    }
  }
}

const OUTPUTS = {
  accessSchedule: undefined,
  acsAccessGroupIds: undefined,
  acsSystemId: undefined,
  acsUserId: undefined,
  connectedAccountId: undefined,
  createdAt: undefined,
  displayName: undefined,
  emailAddress: undefined,
  errors: undefined,
  externalType: undefined,
  externalTypeDisplayName: undefined,
  fullName: undefined,
  isManaged: undefined,
  isSuspended: undefined,
  phoneNumber: undefined,
  saltoKsMetadata: undefined,
  saltoSpaceMetadata: undefined,
  userIdentityEmailAddress: undefined,
  userIdentityFullName: undefined,
  userIdentityId: undefined,
  userIdentityPhoneNumber: undefined,
  warnings: undefined,
  workspaceId: undefined,
} as const satisfies Record<Exclude<keyof AcsUser, keyof pulumi.CustomResource>, undefined>;
