import type { SeamClient } from "../../provider/http/client";
import type { SeamSettings } from "../../provider/http/settings";
import { fromWireNames } from "../../provider/wire/names";

/** Seam as look-ups see it. Equal questions within a run are asked once. */
export interface Asked {
  /** One object, in camelCase. */
  get<T>(path: string, key: string, body: Body, action: string): Promise<T>;
  /** All pages of a list, in camelCase. */
  list<T>(path: string, key: string, body: Body, action: string): Promise<readonly T[]>;
}

/** One look-up: what its `ask` and `askOutput` need to know. */
export interface LookUp<Args, Result> {
  /** The function programs call, such as `getAcsSystem`; with `seam:index:` before it, the token of a call to mocks. */
  readonly name: string;
  /** Of a look-up that gives a list: the property that has it in what mocks return. */
  readonly listProperty?: string;
  find(args: Args, seam: Asked): Promise<Result>;
}

type Body = Readonly<Record<string, unknown>>;
/** What a run has asked so far, by account and question. */
export type Answers = Map<string, Promise<unknown>>;

/**
 * Answers a look-up, for a program or for the engine. Only the first one of a process loads the HTTP client.
 * @throws LookUpError, SeamError
 */
export async function answer<Args, Result>(
  lookUp: LookUp<Args, Result>,
  args: Args,
  settings: SeamSettings,
  answers: Answers,
): Promise<Result> {
  const { sharedClient } = require("../../provider/engine/shared-client") as {
    sharedClient(settings: object): SeamClient;
  };
  const seam = sharedClient(settings);
  try {
    return await lookUp.find(args, asked(seam, settings, answers));
  } catch (error) {
    const isMissing = error instanceof Error && ["LookUpError", "NotFoundError"].includes(error.name);
    // What is not there may be in the workspace that the program means.
    if (isMissing && settings.expectedWorkspaceId !== undefined) await assertExpected(seam);
    throw error;
  }
}

function asked(seam: SeamClient, settings: SeamSettings, answers: Answers): Asked {
  const { listAll } = require("../../provider/http/pages") as typeof import("../../provider/http/pages");
  const once = <T>(path: string, body: Body, ask: () => Promise<unknown>): Promise<T> => {
    const { endpoint, token, workspaceId } = settings;
    const key = JSON.stringify([endpoint, token, workspaceId, path, body]);
    const given = answers.get(key) as Promise<T> | undefined;
    if (given !== undefined) return given;
    const asking = ask().then(fromWireNames) as Promise<T>;
    answers.set(key, asking);
    asking.catch(() => answers.delete(key));
    return asking;
  };
  return {
    get: (path, key, body, action) =>
      once(path, body, async () => (await seam.call({ path, body, effect: "read", action })).json[key]),
    list: (path, key, body, action) =>
      once(path, body, () => listAll(seam, { path, key, query: body, action })),
  };
}

/** A workspace that is set beside the key is a guard: what is missing in another one says nothing. */
async function assertExpected(seam: SeamClient): Promise<void> {
  const { assertOwnWorkspace } =
    require("../../provider/lifecycle/workspace-guard") as typeof import("../../provider/lifecycle/workspace-guard");
  const { Run } = require("../../provider/lifecycle/run") as typeof import("../../provider/lifecycle/run");
  await assertOwnWorkspace(seam, new Run(), "look anything up", undefined);
}
