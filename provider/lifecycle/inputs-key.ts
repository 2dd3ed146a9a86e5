import { isRecord, type Properties } from "../values/record";

/**
 * The same for the same inputs, in whatever order: the engine orders the keys of objects its own way. Of a grant, it does
 * not say whether Seam is told the reservation, which an existing grant and the one in its place may differ in.
 */
export function keyOf({ reservationKey: _, isReservationFixed: __, ...inputs }: Properties): string {
  return JSON.stringify(inputs, (_, value: unknown) =>
    isRecord(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value,
  );
}
