import type { Clock } from "./clock";
import type { Settings } from "./settings";
import type { Workspace } from "./store";

/** What a route has at hand. */
export interface Context {
  workspace: Workspace;
  /** All that the caller's key or token opens. */
  visibleWorkspaces: readonly Workspace[];
  clock: Clock;
  settings: Settings;
  /** Where the emulator listens: for links in replies. */
  url: string;
  /** The parameters as they came. */
  raw: Record<string, unknown>;
}
