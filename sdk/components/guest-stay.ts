import * as pulumi from "@pulumi/pulumi";
import { FAILED } from "../../provider/values/failed";
import { getAcsEntrancesOutput } from "../lookups/index";
import { type Asked, askOutput, type LookUp } from "../lookups/look-up";
import { recover } from "../pulumi-recover";
import { AccessGrant, type GrantAccessMethod } from "../resources/access-grant";
import type { AccessMethod } from "../resources/acs-credential";
import { UserIdentity } from "../resources/user-identity";
import { isolated, orFailed } from "./isolation";
import { belongsToReservation, doorsOfSpaces } from "./stay-reservation";
import { type Edge, timeZoneProblem, toInstant } from "./zoned-time";

/** A guest for whom the stay creates a user identity. */
export interface GuestArgs {
  /** Full name. */
  fullName: pulumi.Input<string>;
  /** E-mail address; unique in the workspace, so use `userIdentityId` for somebody who stays twice. */
  emailAddress?: pulumi.Input<string>;
  /** Phone number with country code; unique in the workspace. */
  phoneNumber?: pulumi.Input<string>;
}

/** Inputs of a {@link GuestStay}: a guest (`guest` or `userIdentityId`), doors or spaces, and times. */
export interface GuestStayArgs {
  /**
   * Your own key of the reservation, unique in the workspace except among stays with a `guestKey`. A change replaces
   * the access.
   */
  reservation: pulumi.Input<string>;
  /**
   * Your own key of this guest, if the reservation has several: declare a stay for each, with the same `reservation`;
   * all but one need a key. A change replaces the access.
   */
  guestKey?: pulumi.Input<string>;
  /**
   * The stay of the reservation's first guest, which this one joins. It is created after that one, and replaced
   * together with it, such as when both move to another room. A guest who joins can have only rooms that the first one
   * has. Needs a `guestKey`.
   */
  joins?: GuestStay;
  /** The guest. A change of name or address updates in place. */
  guest?: GuestArgs;
  /** Instead of `guest`: an existing user identity. A change replaces the access. */
  userIdentityId?: pulumi.Input<string>;
  /** Access system of the `doors`. */
  acsSystemId?: pulumi.Input<string>;
  /** Names of doors. A change replaces the access: Seam cannot change doors in place. */
  doors?: pulumi.Input<string[]>;
  /**
   * Spaces by id. If you add a door to a {@link Space} or remove one, the stay follows without a change. Another space
   * replaces the access.
   */
  spaceIds?: pulumi.Input<pulumi.Input<string>[]>;
  /** Spaces by your own key. For a space of the same program use the id: then the stay waits for it. */
  spaceKeys?: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * Start, ISO 8601; compared as an instant. A change updates in place. Without a zone only with `timeZone`: a date
   * means its first moment.
   */
  checkIn: pulumi.Input<string>;
  /**
   * End, ISO 8601, after `checkIn`; compared as an instant. A change updates in place, later or earlier. Without a
   * zone only with `timeZone`: a date means the whole day.
   */
  checkOut: pulumi.Input<string>;
  /**
   * Time zone (IANA), such as `Europe/Berlin`, for a `checkIn` and `checkOut` without a zone. A time that occurs twice
   * means the first one for `checkIn` and the second one for `checkOut`; a time that is skipped means the moment when
   * the clocks go forward.
   */
  timeZone?: string;
  /** The access methods; default a PIN code. A change updates in place: a method that stays keeps its PIN. */
  methods?: AccessMethod[];
  /**
   * Whether to send the reservation to Seam, so that the keys of several guests join. Seam needs it if a door can
   * belong to a reservation, and refuses it if none can. By default the stay decides by its doors when it creates the
   * access; if Seam does not say, by the kind of access system. Changing a value that you set replaces the access.
   */
  isReservationKeySent?: boolean;
}

/** An access method that Seam created for a stay. */
export type GuestAccessMethod = GrantAccessMethod;

/**
 * Gives a guest access to doors and spaces for a stay, with an {@link AccessGrant}, as Seam recommends.
 *
 * Check-in and check-out change in place: Seam revokes the access methods and issues them again (cards have to be
 * encoded again). Removing the stay revokes its access. If the stay created the guest's user identity, it also deletes
 * that, with everything that Seam created for it.
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
 * @example Two guests in one room:
 * ```ts
 * const place = { acsSystemId: "7113de29-6130-4153-a6ea-1b7ca0fe3198", doors: ["Lobby", "Room 101"] };
 * const time = { checkIn: "2030-06-19T15:00:00Z", checkOut: "2030-06-23T11:00:00Z" };
 * const gus = new seam.GuestStay("reservation-1018", {
 *   reservation: "1018",
 *   guest: { fullName: "Gus Guest" },
 *   ...place,
 *   ...time,
 * });
 * new seam.GuestStay("reservation-1018-gia", {
 *   reservation: "1018",
 *   guestKey: "gia",
 *   joins: gus,
 *   guest: { fullName: "Gia Guest" },
 *   ...place,
 *   ...time,
 * });
 * ```
 */
export class GuestStay extends pulumi.ComponentResource {
  /** The guest's user identity. */
  readonly userIdentityId: pulumi.Output<string>;
  readonly accessGrant: AccessGrant;
  /** The access methods with their PINs and links, like the grant's `accessMethods`; secret. */
  readonly accessMethods: pulumi.Output<GuestAccessMethod[]>;

  constructor(name: string, args: GuestStayArgs, opts?: pulumi.ComponentResourceOptions) {
    super("seam:index:GuestStay", name, {}, opts);
    if ((args.guest === undefined) === (args.userIdentityId === undefined)) {
      throw new pulumi.RunError(`${name}: name the guest in one way, by guest or by userIdentityId.`);
    }
    const wrongZone = args.timeZone !== undefined && timeZoneProblem(args.timeZone);
    if (wrongZone) throw new pulumi.RunError(`${name}: timeZone: ${wrongZone}`);
    const { reservation, doors, guestKey, joins, spaceIds, spaceKeys, methods = ["code"] } = args;
    assertPlaces(name, args);
    if (joins !== undefined && guestKey === undefined) {
      throw new pulumi.RunError(
        `${name}: give the guest who joins a guestKey, which tells their key from that of the first guest.`,
      );
    }
    assertSameReservation(name, reservation, joins);
    RESERVATIONS.set(this, reservation);
    const parent = { parent: this };
    const identity = args.guest && isolated(new UserIdentity(`${name}-guest`, args.guest, parent));
    this.userIdentityId = identity
      ? orFailed(identity.userIdentityId)
      : pulumi.output(args.userIdentityId ?? "");
    const { acsSystemId = "" } = args;
    const named = doors && getAcsEntrancesOutput({ acsSystemId, displayNames: doors }, parent);
    const isReservationKeySent =
      args.isReservationKeySent ??
      pulumi
        .all([acsSystemId, named ?? [], spaceIds || spaceKeys ? doorsOfSpaces(args, parent) : []])
        .apply(([system, ofName, ofSpaces]) =>
          belongsToReservation(
            [...ofName.map((door) => ({ ...door, acsSystemId: system })), ...ofSpaces],
            parent,
          ),
        );
    const shared = joins ? madeAnewWith(joins, reservation) : pulumi.output(reservation);
    const accessGrant = new AccessGrant(
      `${name}-access`,
      {
        userIdentityId: this.userIdentityId,
        requestedAccessMethods: methods.map((mode) => ({ mode })),
        ...(named && {
          acsEntranceIds: named.apply((found) => found.map(({ acsEntranceId }) => acsEntranceId)),
        }),
        ...(spaceIds && { spaceIds }),
        ...(spaceKeys && { spaceKeys }),
        startsAt: inZone(args.checkIn, args.timeZone, "begin"),
        endsAt: inZone(args.checkOut, args.timeZone, "end"),
        accessGrantKey: guestKey === undefined ? reservation : pulumi.interpolate`${reservation}/${guestKey}`,
        ...(args.isReservationKeySent === undefined && { isReservationFixed: true }),
        reservationKey: pulumi
          .output(isReservationKeySent)
          .apply(
            (isSent): pulumi.Output<string | undefined> => (isSent ? shared : pulumi.output(undefined)),
          ) as pulumi.Output<string>,
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

/** By stay, as the program gives it. */
const RESERVATIONS = new WeakMap<GuestStay, pulumi.Input<string>>();

/** With a reservation of their own, the key of who joins would make that of the first guest invalid. */
function assertSameReservation(
  name: string,
  reservation: pulumi.Input<string>,
  joins: GuestStay | undefined,
): void {
  const first = joins && RESERVATIONS.get(joins);
  if (typeof first !== "string" || typeof reservation !== "string" || first === reservation) return;
  throw new pulumi.RunError(
    `${name}: joins a stay of reservation ${JSON.stringify(first)}, and gives ${JSON.stringify(reservation)}. Give both the same.`,
  );
}

function inZone(
  written: pulumi.Input<string>,
  timeZone: string | undefined,
  edge: Edge,
): pulumi.Input<string> {
  if (timeZone === undefined) return written;
  return pulumi.output(written).apply((time) => toInstant(time, timeZone, edge));
}

function assertPlaces(name: string, { acsSystemId, doors, spaceIds, spaceKeys }: GuestStayArgs): void {
  if ((doors ?? spaceIds ?? spaceKeys) === undefined) {
    throw new pulumi.RunError(`${name}: no place is named. Give at least one of doors, spaceIds, spaceKeys.`);
  }
  if (doors !== undefined && acsSystemId === undefined) {
    throw new pulumi.RunError(`${name}: give the acsSystemId in which the doors have these names.`);
  }
}

/**
 * The reservation, as a value that hangs on the first guest's grant: while that one is made anew the value is not known,
 * so Pulumi takes the access of those who join away before, as Seam wants it.
 */
function madeAnewWith({ accessGrant }: GuestStay, reservation: pulumi.Input<string>): pulumi.Output<string> {
  return (
    pulumi
      // The id is known as long as that grant stays, also in a preview.
      .all([reservation, orFailed(accessGrant.id)])
      .apply(([key, first]) => (first === FAILED ? FAILED : key))
  );
}

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
