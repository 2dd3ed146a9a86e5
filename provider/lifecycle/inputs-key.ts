import { isRecord, type Properties } from "../values/record";

/**
 * The same for inputs that differ only in what is no change of a resource that exists: whom it began by taking over, and
 * the case of an e-mail address. The engine keeps the inputs of the last run; outputs have those of the last change.
 */
export function looseKeyOf({ adopt: _, ...inputs }: Properties): string {
  const { emailAddress } = inputs;
  return keyOf(
    typeof emailAddress === "string" ? { ...inputs, emailAddress: emailAddress.toLowerCase() } : inputs,
  );
}

/**
 * The same for the same inputs, in whatever order: the engine orders the keys of objects its own way. Of a grant, it does
 * not say whether Seam is told the reservation, which an existing grant and the one in its place may differ in.
 */
export function keyOf({ reservationKey: _, isReservationFixed: __, ...inputs }: Properties): string {
  return JSON.stringify(inputs, (_, value: unknown) =>
    isRecord(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value,
  );
}
