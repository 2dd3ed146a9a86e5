import type { Context } from "./context";
import { invalidInput, SeamError } from "./errors";
import { entranceIdsOf } from "./grant-places";
import type { AccessGrant } from "./rows";

interface Wanted {
  entranceIds: string[];
  startsAt: string;
  endsAt: string | null;
  reservationKey: string | undefined;
}

/**
 * The documented rules of a stay: a door that can belong to one, the doors that the first grant set, and times
 * that overlap. Seam documents titles and messages, not the error types.
 * @see https://docs.seam.co/latest/use-cases/granting-access/reservation-access-grants
 */
export function checkReservation(context: Context, wanted: Wanted): void {
  if (wanted.reservationKey === undefined) return;
  const doors = reservationDoors(context, wanted.entranceIds);
  if (doors.length === 0)
    throw invalidInput(
      "No targeted entrances support reservation behavior. " +
        "Remove reservation_key or include at least one reservation-capable entrance.",
    );
  const [first, ...others] = context.workspace.accessGrants.by("reservation", wanted.reservationKey);
  if (!first) return;
  const established = new Set(reservationDoors(context, entranceIdsOf(context, first)));
  if (doors.every((door) => !established.has(door)))
    throw conflict("To change the doors for this reservation, delete the existing access grants first.");
  if (doors.some((door) => !established.has(door)))
    throw conflict("Joiner access grants must use the same or a subset of the reservation-capable doors.");
  if (![first, ...others].every((grant) => overlap(grant, wanted)))
    throw conflict("Access grants in the same reservation must have overlapping time frames.");
}

/** Those of the doors that a reservation is about. */
export function reservationDoors(context: Context, entranceIds: string[]): string[] {
  return entranceIds.filter(
    (entranceId) => context.workspace.entrances.get(entranceId)?.can_belong_to_reservation,
  );
}

function overlap(grant: AccessGrant, wanted: Wanted): boolean {
  const endOf = (time: string | null) => (time === null ? Number.POSITIVE_INFINITY : Date.parse(time));
  return (
    Date.parse(grant.starts_at) < endOf(wanted.endsAt) && Date.parse(wanted.startsAt) < endOf(grant.ends_at)
  );
}

function conflict(message: string): SeamError {
  return new SeamError(409, "conflict", message);
}
