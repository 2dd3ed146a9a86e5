import type { DefaultKeys, Emulator } from "../../../emulator/index";

export type Seam = Emulator<DefaultKeys>;

/** What the list of silent places says that the emulator does, done; by the place's id. */
export type Places = Record<string, () => Promise<void>>;

export const NOWHERE = "00000000-0000-4000-8000-000000000000";
