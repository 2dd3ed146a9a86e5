import { type ClientOptions, createClient, type SeamClient } from "../http/client";
import { isCancelled } from "../http/patience";
import { type SeamSettings, SINGLE_READS } from "../http/settings";
import { endWithEngine, engineAnswers } from "./engine-watch";

const clients = new Map<string, SeamClient>();

// At once, with or without a client: a process that has only checked and compared would stay for ever.
endWithEngine(() => [...clients.values()].every((client) => client.isIdle()));

/**
 * The one client of this process for an account, so that all its resources share connections and limits.
 * @param options of the process: they count for the first call
 */
export function sharedClient(settings: SeamSettings, options: ClientOptions = {}): SeamClient {
  const key = JSON.stringify([
    settings.endpoint,
    settings.token,
    settings.workspaceId,
    settings.expectedWorkspaceId,
  ]);
  const existing = clients.get(key);
  if (existing) return existing;
  const client = createClient(settings, {
    ...options,
    maySendAgain: async () => !isCancelled() && (await engineAnswers()),
    listsReads: !isTrue(process.env[SINGLE_READS]),
  });
  clients.set(key, client);
  return client;
}

/** As Pulumi reads its own variables. */
function isTrue(text = ""): boolean {
  return ["1", "true"].includes(text.toLowerCase());
}
