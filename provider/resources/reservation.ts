import { FAILED } from "../values/failed";
import type { Properties } from "../values/record";

/**
 * Whether Seam is told the reservation is decided when a grant is made, where the program works it out from doors that
 * change: a door that comes into a space, or a space that cannot be found, must take away nobody's access.
 * @param olds checked inputs of before; `undefined` where the grant is created, or made anew for another reason
 * @returns the inputs, with or without `reservationKey` as before
 */
export function withFixedReservation(inputs: Properties, olds: Properties | undefined): Properties {
  const { reservationKey: now, ...others } = inputs;
  if (inputs["isReservationFixed"] !== true || olds === undefined || now === FAILED) return inputs;
  const before = olds["reservationKey"];
  if ((before === undefined) === (now === undefined)) return inputs;
  return before === undefined ? others : { ...others, reservationKey: before };
}
