import { z } from "zod";
import type { Seed } from "./seeds/seed";
import { instantMs } from "./world/instant";
import { told } from "./world/mistakes";
import { DEFAULT_SETTINGS, type Delays, type Settings } from "./world/settings";

export interface EmulatorOptions extends Partial<Omit<Settings, "delays">> {
  /** Port on 127.0.0.1; default any free one. */
  port?: number;
  /** What there is at the start: data, or the path of a file. Default: one property for each system. */
  seed?: Seed | string;
  /** Stops the clock at this time (ISO 8601 with zone). Default: the real time, running. */
  clock?: string;
  /** How long Seam and the lock system take; what is left out happens at once. */
  delays?: Partial<Delays>;
}

const delay = () => z.number().min(0).optional();

const schema = z.strictObject({
  port: z.int().min(0).max(65_535).optional(),
  seed: z.unknown().optional(),
  clock: z
    .string()
    .refine((text) => instantMs(text) !== undefined, "a time is ISO 8601 with a zone")
    .optional(),
  delays: z
    .strictObject({
      syncMs: delay(),
      codeMs: delay(),
      issueMs: delay(),
      cardMs: delay(),
      deletionMs: delay(),
    } satisfies {
      [D in keyof Delays]: z.ZodType;
    })
    .optional(),
  pastStartsAt: z.enum(["kept", "moved"]).optional(),
  showsUserIdentityId: z.boolean().optional(),
  missingInBatch: z.enum(["left-out", "not-found"]).optional(),
  takenEmailAddresses: z.enum(["fail", "accepted"]).optional(),
  writesTimes: z.enum(["as-sent", "second", "minute"]).optional(),
  writesNames: z.enum(["as-sent", "trimmed-nfc"]).optional(),
  showsEndsAt: z.boolean().optional(),
} satisfies { [O in keyof Required<EmulatorOptions>]: z.ZodType });

/** How the emulator is to behave; all that is wrong with the options in one error. */
export function settingsOf(options: EmulatorOptions): Settings {
  const result = schema.safeParse(options);
  if (!result.success)
    throw new Error(`The emulator cannot start so: ${told(result.error.issues).join("; ")}`);
  const { port: _port, seed: _seed, clock: _clock, delays, ...settings } = options;
  return { ...DEFAULT_SETTINGS, ...settings, delays: { ...DEFAULT_SETTINGS.delays, ...delays } };
}
