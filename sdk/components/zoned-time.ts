import type { Temporal } from "@js-temporal/polyfill";
import { isoOf } from "../../provider/values/instant";
import { nearNames } from "../../provider/values/near-names";
import { show } from "../../provider/values/show";

/** Whether access begins or ends at a time. */
export type Edge = "begin" | "end";

const LOCAL = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::[0-5]\d(?:\.\d{1,9})?)?)?$/;

/** True for a date, and for a date and time without a zone. */
export function isLocal(written: string): boolean {
  return LOCAL.test(written);
}

/**
 * What a date, or a date and time without a zone, is in a time zone: ISO 8601 in UTC. Any other text stays as it is.
 *
 * A date begins with its first instant and ends with the first one of the next day. A time that the clocks show twice
 * is the first one where access begins and the second one where it ends; one that they skip is the moment at which
 * they are put forward. So nobody stands outside while the clock shows a time that is within.
 * @param timeZone one in which {@link timeZoneProblem} finds nothing wrong
 */
export function toInstant(written: string, timeZone: string, edge: Edge): string {
  if (!isLocal(written)) return written;
  const { PlainDateTime } = temporal();
  const isDate = !written.includes("T");
  try {
    const shown = PlainDateTime.from(written).add({ days: isDate && edge === "end" ? 1 : 0 });
    const { epochMilliseconds } = clockTime(shown, timeZone, isDate ? "begin" : edge);
    return isoOf(epochMilliseconds);
  } catch (error) {
    // There is no such day or hour.
    if (error instanceof RangeError) return written;
    throw error;
  }
}

function clockTime(shown: Temporal.PlainDateTime, timeZone: string, edge: Edge): Temporal.ZonedDateTime {
  const time = shown.toZonedDateTime(timeZone, { disambiguation: edge === "begin" ? "earlier" : "later" });
  if (time.toPlainDateTime().equals(shown)) return time;
  const before = shown.toZonedDateTime(timeZone, { disambiguation: "earlier" });
  return before.getTimeZoneTransition("next") ?? time;
}

/** What is wrong with the name of a time zone, and what to write instead. */
export function timeZoneProblem(timeZone: string): string | undefined {
  if (isTimeZone(timeZone)) return undefined;
  const near = nearZones(timeZone).map((zone) => `"${zone}"`);
  const advice =
    near.length > 0
      ? `Did you mean ${near.slice(0, MAX_NEAR).join(" or ")}?`
      : 'Give the name of the IANA database, by continent and city, such as "Europe/Berlin".';
  return `${show(timeZone)} is no time zone. ${advice}`;
}

/** Abbreviations such as EST are left out: they are no place's time all year round. */
function isTimeZone(name: string): boolean {
  if (!/\/|^UTC$/i.test(name)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

const MAX_NEAR = 2;

/** Zones whose name, or whose city, is nearly this. */
function nearZones(name: string): string[] {
  const zones = ["UTC", ...Intl.supportedValuesOf("timeZone")];
  const ofCity = (city: string) => zones.filter((zone) => zone.split("/").at(-1) === city);
  const cities = new Set(zones.map((zone) => zone.split("/").at(-1) ?? zone));
  const city = name.split("/").at(-1) ?? name;
  return [...new Set([...nearNames(name, zones), ...nearNames(city, cities).flatMap(ofCity)])];
}

/** Loaded only by programs that give a time zone. */
function temporal(): typeof Temporal {
  return (require("@js-temporal/polyfill") as typeof import("@js-temporal/polyfill")).Temporal;
}
