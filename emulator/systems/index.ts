import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { System } from "./system";

/** Every kind of access system by its name in seeds: what the files of this folder export as `system`. */
export const SYSTEMS: ReadonlyMap<string, System> = new Map(
  readdirSync(__dirname)
    .filter((file) => /^[a-z-]+\.[jt]s$/.test(file) && !/^(index|system)\./.test(file))
    .map((file) => (require(join(__dirname, file)) as { system: System }).system)
    .map((system) => [system.kind, system]),
);
