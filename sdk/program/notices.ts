import * as pulumi from "@pulumi/pulumi";
import { versionsNotice } from "./copies";
import { keysInClear } from "./keys-in-clear";
import { misspeltSettings } from "./misspelt-settings";
import { IS_PROGRAM_ON_DISK, PROGRAM_FOLDER } from "./provider-text";

const TOLD = Symbol.for("pulumi-seam.told");
/**
 * Runs that were told, by their stack: programs of the Automation API have several runs in one process. All copies of
 * this package in a program share it.
 */
const shared = globalThis as { [TOLD]?: WeakSet<object> };
shared[TOLD] ??= new WeakSet();
const told = shared[TOLD];

/** Warns, once a run, of what is amiss around the program. Called with every resource and look-up. */
export function giveNotices(): void {
  const run = pulumi.runtime.getStackResource() ?? globalThis;
  if (told.has(run)) return;
  told.add(run);
  const config = pulumi.runtime.allConfig();
  // Pulumi's declarations leave it out.
  const { isConfigSecret } = pulumi.runtime as { isConfigSecret?(setting: string): boolean };
  const isInClear = (setting: string) => setting in config && isConfigSecret?.(setting) === false;
  const inClear = keysInClear(isInClear, config["seam:endpoint"]);
  const settings = misspeltSettings({
    config: Object.keys(config),
    environment: Object.keys(process.env),
    project: pulumi.getProject(),
  });
  const versions = IS_PROGRAM_ON_DISK
    ? versionsNotice(Object.keys(require.cache), PROGRAM_FOLDER)
    : undefined;
  for (const text of [...settings, ...inClear, ...(versions ? [versions] : [])]) void pulumi.log.warn(text);
}
