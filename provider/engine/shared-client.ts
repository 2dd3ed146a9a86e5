import { createClient, type SeamClient } from "../http/client";
import { type SeamSettings, SINGLE_READS } from "../http/settings";
import { endWithEngine, engineAnswers } from "./engine-watch";

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
