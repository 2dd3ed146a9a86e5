import { declaredInputs, type InputTable } from "../inputs/table";
import type { Properties } from "../values/record";

/**
 * Whether Seam is told the reservation is decided when a grant is made, where the program works it out from doors that
 * change: a door that comes into a space, or a space that cannot be found, must take away nobody's access.
 * @returns the inputs, with or without `reservationKey` as the grant was made
 */
export function withReservationAsMade(table: InputTable, outputs: Properties, news: Properties): Properties {
  const { reservationKey: now, ...others } = news;
  const { reservationKey: before } = declaredInputs(table, outputs);
  if (news["isReservationFixed"] !== true || (before === undefined) === (now === undefined)) return news;
  return before === undefined ? others : { ...others, reservationKey: before };
}
