import { createClient, type SeamClient } from "../http/client";
import type { SeamSettings } from "../http/settings";
import { endWithEngine, engineAnswers } from "./engine-watch";

/** Set to `true`, it makes a refresh read every object by its own request. */
const SINGLE_READS = "PULUMI_SEAM_SINGLE_READS";

const clients = new Map<string, SeamClient>();

/** The one client of this process for an account, so that all its resources share connections and limits. */
export function sharedClient(settings: SeamSettings): SeamClient {
  const key = JSON.stringify([
    settings.endpoint,
    settings.token,
    settings.workspaceId,
    settings.expectedWorkspaceId,
  ]);
  const existing = clients.get(key);
  if (existing) return existing;
  if (clients.size === 0) endWithEngine(() => [...clients.values()].every((client) => client.isIdle()));
  const client = createClient(settings, {
    maySendAgain: () => engineAnswers(),
    listsReads: process.env[SINGLE_READS] !== "true",
  });
  clients.set(key, client);
  return client;
}
