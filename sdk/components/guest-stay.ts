import * as pulumi from "@pulumi/pulumi";
import { getAcsEntrancesOutput, getAcsSystemOutput } from "../lookups/index";
import { type Asked, askOutput, type LookUp } from "../lookups/look-up";
import { recover } from "../recover";
import { AccessGrant, type GrantAccessMethod } from "../resources/access-grant";
import type { AccessMethod } from "../resources/acs-credential";
import { UserIdentity } from "../resources/user-identity";
import { isolated, orFailed } from "./isolation";
import { type Edge, timeZoneProblem, toInstant } from "./zoned-time";

/** A guest for whom the stay makes a user identity. */
export interface GuestArgs {
  /** Full name. */
  fullName: pulumi.Input<string>;
  /** E-mail address; unique in the workspace, so give `userIdentityId` for somebody who stays twice. */
  emailAddress?: pulumi.Input<string>;
  /** Phone number with country code; unique in the workspace. */
  phoneNumber?: pulumi.Input<string>;
}

/** Inputs of a {@link GuestStay}: a guest (`guest` or `userIdentityId`), doors, and times. */
export interface GuestStayArgs {
  /** Your own key of the reservation, unique among the stays of a workspace. A change makes the access anew. */
  reservation: pulumi.Input<string>;
  /** The guest. A change of name or address changes in place. */
  guest?: GuestArgs;
  /** Instead of `guest`: a user identity that is there already. A change makes the access anew. */
  userIdentityId?: pulumi.Input<string>;
  /** Access system of the doors. */
  acsSystemId: pulumi.Input<string>;
  /** The doors by name. A change makes the access anew: Seam cannot change doors in place. */
  doors: pulumi.Input<string[]>;
  /**
   * Begin, ISO 8601; compared as an instant. Changed in place. Without a zone of its own only with `timeZone`: a date
   * is its first moment.
   */
  checkIn: pulumi.Input<string>;
  /**
   * End, ISO 8601, after `checkIn`; compared as an instant. Changed in place, later or earlier. Without a zone of its
   * own only with `timeZone`: a date is the whole day.
   */
  checkOut: pulumi.Input<string>;
  /**
   * Time zone (IANA), such as `Europe/Berlin`, of a `checkIn` and `checkOut` that name none. Where the clocks show a
   * time twice, the first one is meant for `checkIn` and the second one for `checkOut`; a time that they skip is the
   * moment at which they are put forward.
   */
  timeZone?: string;
  /** The ways in; default a PIN code. Changed in place: what stays keeps its PIN. */
  methods?: AccessMethod[];
  /**
   * Whether Seam is told the reservation, so that keys of several guests for the same stay join. Some systems need
   * it and others refuse it; default: as Seam documents it for the system.
   */
  isReservationKeySent?: boolean;
}

/** One way in that Seam has made for a stay. */
export type GuestAccessMethod = GrantAccessMethod;

/**
 * The access of a guest to doors for a stay, by an {@link AccessGrant}: the way that Seam recommends.
 *
 * Check-in and check-out are changed in place: Seam revokes and issues the access methods anew for a moment (cards
 * need encoding again). Removing the stay revokes its access and, where it was made for the stay, deletes the
 * guest's user identity with everything that Seam made for it.
 *
 * @example
 * ```ts
 * const stay = new seam.GuestStay("reservation-1017", {
 *   reservation: "1017",
 *   guest: { fullName: "Gus Guest", emailAddress: "gus@example.com" },
 *   acsSystemId: "7113de29-6130-4153-a6ea-1b7ca0fe3198",
 *   doors: ["Front door", "Room 101"],
 *   checkIn: "2030-06-19T15:00:00Z",
 *   checkOut: "2030-06-23T11:00:00Z",
 * });
 * export const methods = stay.accessMethods;
 * ```
 */
export class GuestStay extends pulumi.ComponentResource {
  /** The guest's user identity. */
  readonly userIdentityId: pulumi.Output<string>;
  readonly accessGrant: AccessGrant;
  /** The ways in with their PINs and links, as the grant's `accessMethods`; secret. */
  readonly accessMethods: pulumi.Output<GuestAccessMethod[]>;

  constructor(name: string, args: GuestStayArgs, opts?: pulumi.ComponentResourceOptions) {
    super("seam:index:GuestStay", name, {}, opts);
    if ((args.guest === undefined) === (args.userIdentityId === undefined)) {
      throw new pulumi.RunError(`${name}: name the guest in one way, by guest or by userIdentityId.`);
    }
    const wrongZone = args.timeZone !== undefined && timeZoneProblem(args.timeZone);
    if (wrongZone) throw new pulumi.RunError(`${name}: timeZone: ${wrongZone}`);
    const { reservation, acsSystemId, doors, methods = ["code"] } = args;
    const parent = { parent: this };
    const identity = args.guest && isolated(new UserIdentity(`${name}-guest`, args.guest, parent));
    this.userIdentityId = identity
      ? orFailed(identity.userIdentityId)
      : pulumi.output(args.userIdentityId ?? "");
    const isReservationKeySent =
      args.isReservationKeySent ??
      getAcsSystemOutput({ acsSystemId }, parent).apply(({ externalType }) =>
        RESERVATION_SYSTEMS.has(externalType ?? ""),
      );
    const accessGrant = new AccessGrant(
      `${name}-access`,
      {
        userIdentityId: this.userIdentityId,
        requestedAccessMethods: methods.map((mode) => ({ mode })),
        acsEntranceIds: getAcsEntrancesOutput({ acsSystemId, displayNames: doors }, parent).apply((found) =>
          found.map(({ acsEntranceId }) => acsEntranceId),
        ),
        startsAt: inZone(args.checkIn, args.timeZone, "begin"),
        endsAt: inZone(args.checkOut, args.timeZone, "end"),
        accessGrantKey: reservation,
        reservationKey: pulumi
          .all([reservation, isReservationKeySent])
          .apply(([key, isSent]) => (isSent ? key : undefined)) as pulumi.Output<string>,
      },
      parent,
    );
    this.accessGrant = isolated(accessGrant);
    this.accessMethods = pulumi.secret(
      recover(
        // A state of release 0.1.0 holds no access methods before its first refresh.
        accessGrant.accessMethods.apply(
          (methods) =>
            methods ?? askOutput(ACCESS_METHODS, { accessGrantId: accessGrant.accessGrantId }, parent),
        ),
        () => [],
      ),
    );
    this.registerOutputs({});
  }
}

function inZone(
  written: pulumi.Input<string>,
  timeZone: string | undefined,
  edge: Edge,
): pulumi.Input<string> {
  if (timeZone === undefined) return written;
  return pulumi.output(written).apply((time) => toInstant(time, timeZone, edge));
}

/** Systems on which guests need a reservation. Source: Seam's guide to reservation access grants. */
const RESERVATION_SYSTEMS: ReadonlySet<string> = new Set([
  "visionline_system",
  "assa_abloy_vostio",
  "dormakaba_ambiance_site",
  "dormakaba_community_site",
]);

const ACCESS_METHODS: LookUp<{ accessGrantId: string }, readonly GuestAccessMethod[]> = {
  name: "getAccessMethods",
  listProperty: "accessMethods",
  find: accessMethodsOf,
};

async function accessMethodsOf(
  { accessGrantId }: { accessGrantId: string },
  seam: Asked,
): Promise<readonly GuestAccessMethod[]> {
  return seam
    .list<GuestAccessMethod>(
      "/access_methods/list",
      "access_methods",
      { access_grant_id: accessGrantId },
      `read the access methods of access_grant ${accessGrantId}`,
    )
    .catch((error: unknown) => {
      // A grant that is gone in Seam is the refresh's to tell; it must not end everybody's run.
      if ((error as { type?: unknown }).type === "access_grant_not_found") return [];
      throw error;
    });
}
