import type { Context } from "./context";
import { normalized } from "./instant";
import type { AccessSchedule } from "./rows";

// How the lock system writes what it is given: the settings say it.

export function writtenTime(context: Context, iso: string): string {
  const time = normalized(iso);
  if (context.settings.writesTimes === "second") return `${time.slice(0, 19)}.000Z`;
  return context.settings.writesTimes === "minute" ? `${time.slice(0, 16)}:00.000Z` : time;
}

export function writtenName(context: Context, name: string): string {
  return context.settings.writesNames === "trimmed-nfc" ? name.trim().normalize("NFC") : name;
}

export function writtenSchedule(context: Context, { starts_at, ends_at }: AccessSchedule): AccessSchedule {
  return {
    starts_at: writtenTime(context, starts_at),
    ends_at: ends_at === null ? null : writtenTime(context, ends_at),
  };
}
