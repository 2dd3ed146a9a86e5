import * as pulumi from "@pulumi/pulumi";
import type { SeamObjectError, SeamObjectWarning } from "../errors-and-warnings";
import { shortenTraces } from "../short-traces";
import { deletedFirst } from "./delete-first";
import { isOfClass, registration } from "./registration";

/** An access method that an access grant asks for. */
export interface RequestedAccessMethodArgs {
  /** How it lets the person in. */
  mode: pulumi.Input<"code" | "card" | "mobile_key" | "cloud_key">;
  /**
   * PIN of 4 to 9 digits for mode `code`; always treated as a secret. A preference: if it is already in use, Seam
   * gives another one, with the warning `requested_code_unavailable`.
   */
  code?: pulumi.Input<string>;
  /** How often an instant key may be used, for mode `mobile_key`; at least 1. */
  instantKeyMaxUseCount?: pulumi.Input<number>;
}

/** Details of a person for whom Seam creates a user identity with the access grant. */
export interface GrantUserIdentityArgs {
  /** The person's name. */
  fullName?: pulumi.Input<string>;
  /** E-mail address, unique in the workspace. */
  emailAddress?: pulumi.Input<string>;
  /** Phone number with country code, unique in the workspace. */
  phoneNumber?: pulumi.Input<string>;
  /** Your own key for the person, unique in the workspace. */
  userIdentityKey?: pulumi.Input<string>;
}

/**
 * Inputs of an {@link AccessGrant}: a person (`userIdentityId` or `userIdentity`), places (entrances, devices,
 * spaces), and the ways in. Properties that you leave out are not compared, whatever Seam fills in.
 */
export interface AccessGrantArgs {
  /**
   * The person. A change replaces the grant.
   * @see https://docs.seam.co/latest/api/access_grants/create
   */
  userIdentityId?: pulumi.Input<string>;
  /**
   * Instead of `userIdentityId`: a person for whom Seam creates a user identity, **which stays when the grant is
   * deleted**: declare a {@link UserIdentity} to leave nothing behind. A change replaces.
   */
  userIdentity?: pulumi.Input<GrantUserIdentityArgs>;
  /**
   * The access methods, at least one. You can add and remove methods in place, and the others keep their PINs; another
   * `code` is a new access method. The output `accessMethods` has the same order. Changing only the order is not a
   * change; the output follows with the next one.
   */
  requestedAccessMethods: pulumi.Input<pulumi.Input<RequestedAccessMethodArgs>[]>;
  /** Entrances to which it gives access; ids, compared as a set. A change replaces. */
  acsEntranceIds?: pulumi.Input<pulumi.Input<string>[]>;
  /** Devices to which it gives access; ids, compared as a set. A change replaces. */
  deviceIds?: pulumi.Input<pulumi.Input<string>[]>;
  /** Spaces to which it gives access; ids, compared as a set. A change replaces. */
  spaceIds?: pulumi.Input<pulumi.Input<string>[]>;
  /** Spaces by your own keys, compared as a set. A change replaces. */
  spaceKeys?: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * Start of access, ISO 8601 with zone; Seam's default is now. Compared as an instant. A change updates in place;
   * removing it replaces.
   */
  startsAt?: pulumi.Input<string>;
  /**
   * End of access, ISO 8601 with zone, after `startsAt`; without it, access does not end. Compared as an instant. If
   * it is already past when the grant is to be created, the preview fails. A change updates in place; removing it
   * clears it in place.
   */
  endsAt?: pulumi.Input<string>;
  /** Name of the grant. A change updates in place; removing it clears it in place. */
  name?: pulumi.Input<string>;
  /**
   * Your own key for the grant, unique in the workspace. With a key, the provider can always find a grant whose create
   * got no answer. A change replaces; if the key stays the same, a replacement deletes the old grant first.
   */
  accessGrantKey?: pulumi.Input<string>;
  /** Your own key for the reservation that grants belong to; some systems need one for guests. A change replaces. */
  reservationKey?: pulumi.Input<string>;
  /**
   * Ignore a `reservationKey` that is added or removed later. This is for programs that decide by the doors whether to
   * send the reservation, as {@link GuestStay} does. Another key still replaces.
   */
  isReservationFixed?: pulumi.Input<boolean>;
  /** Customization profile for the grant and its access methods. A change replaces. */
  customizationProfileId?: pulumi.Input<string>;
  /**
   * `access_grant_id` of an existing grant to take over instead of creating one. It must match what you declare, and
   * you must name its person by `userIdentityId`; otherwise the run fails, lists all differences, and changes nothing.
   * It only has an effect when the resource is created; remove it afterwards. The stack then owns the grant: removing
   * the resource revokes it.
   */
  adopt?: pulumi.Input<string>;
  /**
   * Wait until every access method is issued, except cards that somebody has to encode or assign: `true` for up to 300
   * s, or `{ timeoutSeconds }`. By default an `up` waits only for PINs and links, for at most 15 s. If the time runs
   * out, the `up` fails, and the grant stays in the state.
   */
  waitForSync?: pulumi.Input<boolean | { timeoutSeconds: pulumi.Input<number> }>;
}

/**
 * An access method that Seam created for a grant.
 * @see https://docs.seam.co/latest/api/access_methods
 */
export interface GrantAccessMethod {
  /** Seam's id. */
  accessMethodId: string;
  /** How it lets the person in. */
  mode: "code" | "card" | "mobile_key" | "cloud_key";
  /** Seam's name for it. */
  displayName?: string;
  /** PIN, once there is one; secret. */
  code?: string;
  /** Link of the instant key of a `mobile_key`, once there is one; secret. */
  instantKeyUrl?: string;
  /** Token with which the person's app can use a `mobile_key`; secret. */
  clientSessionToken?: string;
  /** Whether the lock system has it, and it opens the doors. */
  isIssued?: boolean;
  /** When it was issued, ISO 8601. */
  issuedAt?: string;
  /** Whether somebody has to encode a card. */
  isEncodingRequired?: boolean;
  /** Whether a card can be encoded now. */
  isReadyForEncoding?: boolean;
  /** Whether somebody has to assign an existing card. */
  isAssignmentRequired?: boolean;
  /** Whether a card can be assigned now. */
  isReadyForAssignment?: boolean;
  /** Errors that Seam reports; a list, empty when all is well. */
  errors: SeamObjectError[];
  /** Warnings that Seam reports; a list, empty when all is well. */
  warnings: SeamObjectWarning[];
}

/**
 * An access method as the grant holds it: as declared, or, if the stack does not own the grant, as Seam shows it,
 * without the PIN.
 */
export interface RequestedAccessMethod {
  /** How it lets the person in. */
  mode: "code" | "card" | "mobile_key" | "cloud_key";
  /** Declared PIN; secret. */
  code?: string;
  /** Declared number of uses of an instant key. */
  instantKeyMaxUseCount?: number;
}

/**
 * Gives one person access to entrances, devices and spaces for a time, with the access methods that you ask for. Seam
 * creates the credentials in every access system. Seam recommends it over single credentials.
 *
 * Name, times and access methods change in place; for other times, Seam revokes the access methods and issues them
 * again (cards have to be encoded again). Any other change replaces the grant. Removing the resource revokes it with
 * all its access methods.
 *
 * A grant that opens nothing fails, in every run until it does: Seam could not issue an access method, a door takes no
 * access codes, or a person has no e-mail address to send a mobile key to.
 *
 * @example
 * ```ts
 * export const waysIn = new seam.AccessGrant("ada-stay", {
 *   userIdentityId: ada.userIdentityId,
 *   requestedAccessMethods: [{ mode: "code" }, { mode: "mobile_key" }],
 *   acsEntranceIds: ["21805570-4706-4c21-99fc-3ed873a5e014"],
 *   accessGrantKey: "reservation-1017",
 *   startsAt: "2030-06-19T15:00:00Z",
 *   endsAt: "2030-06-23T11:00:00Z",
 * }).accessMethods; // what the guest needs: the PIN, the link
 * ```
 * @see https://docs.seam.co/latest/api/access_grants
 */
export class AccessGrant extends pulumi.CustomResource {
  /** Pulumi's type token, also for policies. */
  static readonly __pulumiType = "pulumi-nodejs:dynamic/seam:AccessGrant";

  /** True for an AccessGrant, even one of another copy of this package. */
  static override isInstance(resource: unknown): resource is AccessGrant {
    return isOfClass(AccessGrant, resource);
  }

  /**
   * Reads an access grant that this stack does not own.
   * @param id its `access_grant_id`; an unknown one fails the run
   */
  static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): AccessGrant {
    return new AccessGrant(name, {} as AccessGrantArgs, { ...opts, id });
  }

  /** Seam's id; the resource id too. */
  declare readonly accessGrantId: pulumi.Output<string>;
  /** Your own key. */
  declare readonly accessGrantKey: pulumi.Output<string | undefined>;
  /**
   * The access methods with their PINs and links, in the order of `requestedAccessMethods`, as of the last create,
   * update or refresh; secret once it contains a PIN or link. A PIN or link can be missing if Seam takes longer than
   * 15 s: the next `up` gets it.
   */
  declare readonly accessMethods: pulumi.Output<GrantAccessMethod[]>;
  /** Ids of the access methods that Seam created for it, as of the last create, update or refresh. */
  declare readonly accessMethodIds: pulumi.Output<string[] | undefined>;
  /** Declared entrances. */
  declare readonly acsEntranceIds: pulumi.Output<string[] | undefined>;
  /** Token with which the person's app can use the grant; secret. */
  declare readonly clientSessionToken: pulumi.Output<string | undefined>;
  /** When Seam created it, ISO 8601. */
  declare readonly createdAt: pulumi.Output<string>;
  /** Customization profile. */
  declare readonly customizationProfileId: pulumi.Output<string | undefined>;
  /** Declared devices. */
  declare readonly deviceIds: pulumi.Output<string[] | undefined>;
  /** Seam's name for it. */
  declare readonly displayName: pulumi.Output<string>;
  /** End of access, ISO 8601. */
  declare readonly endsAt: pulumi.Output<string | undefined>;
  /** Errors that Seam reports; a list, empty when all is well. */
  declare readonly errors: pulumi.Output<SeamObjectError[]>;
  /** Address that opens the doors in a browser; secret. */
  declare readonly instantKeyUrl: pulumi.Output<string | undefined>;
  /** Name of the grant. */
  declare readonly name: pulumi.Output<string | undefined>;
  /** The access methods; secret if one has a PIN. */
  declare readonly requestedAccessMethods: pulumi.Output<RequestedAccessMethod[]>;
  /** Your own key for the reservation. */
  declare readonly reservationKey: pulumi.Output<string | undefined>;
  /** Spaces to which it gives access. */
  declare readonly spaceIds: pulumi.Output<string[] | undefined>;
  /** Declared keys of spaces. */
  declare readonly spaceKeys: pulumi.Output<string[] | undefined>;
  /** Start of access, ISO 8601. */
  declare readonly startsAt: pulumi.Output<string | undefined>;
  /** Declared details of the person. */
  declare readonly userIdentity: pulumi.Output<pulumi.Unwrap<GrantUserIdentityArgs> | undefined>;
  /** The person. */
  declare readonly userIdentityId: pulumi.Output<string>;
  /** Warnings that Seam reports; a list, empty when all is well. */
  declare readonly warnings: pulumi.Output<SeamObjectWarning[]>;
  /** Workspace it is in. */
  declare readonly workspaceId: pulumi.Output<string>;

  constructor(name: string, args: AccessGrantArgs, opts?: pulumi.CustomResourceOptions) {
    const { requestedAccessMethods: methods } = args;
    const inputs = { ...args, ...(methods && { requestedAccessMethods: secretIfPin(methods) }) };
    const restoreTraces = shortenTraces();
    try {
      super(
        ...registration(
          AccessGrant,
          name,
          OUTPUTS,
          inputs,
          deletedFirst([args.accessGrantKey, args.reservationKey, ...codesIn(methods)], opts),
        ),
      );
    } finally {
      restoreTraces();
    }
  }
}

const OUTPUTS = {
  accessGrantId: undefined,
  accessGrantKey: undefined,
  accessMethods: undefined,
  accessMethodIds: undefined,
  acsEntranceIds: undefined,
  clientSessionToken: undefined,
  createdAt: undefined,
  customizationProfileId: undefined,
  deviceIds: undefined,
  displayName: undefined,
  endsAt: undefined,
  errors: undefined,
  instantKeyUrl: undefined,
  name: undefined,
  requestedAccessMethods: undefined,
  reservationKey: undefined,
  spaceIds: undefined,
  spaceKeys: undefined,
  startsAt: undefined,
  userIdentity: undefined,
  userIdentityId: undefined,
  warnings: undefined,
  workspaceId: undefined,
} as const satisfies Record<Exclude<keyof AccessGrant, keyof pulumi.CustomResource>, undefined>;

/** Declared PINs, of which two cannot be there at once. Of what comes from another resource nothing is known. */
function codesIn(methods: AccessGrantArgs["requestedAccessMethods"]): unknown[] {
  if (!Array.isArray(methods)) return [];
  return methods.map((method) => (isPlain(method) ? method.code : undefined));
}

function isPlain(
  method: pulumi.Input<RequestedAccessMethodArgs> | undefined,
): method is RequestedAccessMethodArgs {
  return method !== undefined && !pulumi.Output.isInstance(method) && !(method instanceof Promise);
}

/** The state keeps a list as secret or not as a whole. */
function secretIfPin(methods: AccessGrantArgs["requestedAccessMethods"]) {
  return pulumi
    .output(methods)
    .apply((list) =>
      Array.isArray(list) && list.some((method) => method?.code !== undefined)
        ? pulumi.secret(list)
        : pulumi.output(list),
    );
}
