import * as pulumi from "@pulumi/pulumi";
import type { SeamClient } from "../../provider/http/client";
import type { SeamSettings, SettingName } from "../../provider/http/settings";
import { fromWireNames } from "../../provider/wire/names";
import { Provider } from "../provider";
import { refused } from "./refused";

/** Options of a look-up. */
export interface LookUpOptions {
  /** The account to ask; default: the stack's. */
  provider?: pulumi.ProviderResource;
  /** A resource whose provider is used where `provider` is not given: a component passes itself. */
  parent?: pulumi.Resource;
}

/** Arguments of a look-up's `Output` form: the same, each of which may be an output. */
export type LookUpInputs<Args> = {
  [Name in keyof Args]: pulumi.Input<
    NonNullable<Args[Name]> extends readonly (infer Element)[] ? pulumi.Input<Element>[] : Args[Name]
  >;
};

/** A look-up found nothing, several, or was asked in a way that cannot find one. */
export class LookUpError extends Error {
  override readonly name = "LookUpError";
}

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
type Settings = Partial<Record<SettingName, string>>;

/** Answers a look-up as a promise. */
export async function ask<Args extends object, Result>(
  lookUp: LookUp<Args, Result>,
  args: Args,
  opts?: LookUpOptions,
): Promise<Result> {
  if (isMocked()) return mocked(lookUp, args);
  return find(lookUp, args, await known(providerOf(opts)));
}

/**
 * Answers a look-up as an output; where an argument is not known yet, in a preview, nor is the answer. Should it fail,
 * the run ends before anything is deleted.
 */
export function askOutput<Args extends object, Result>(
  lookUp: LookUp<Args, Result>,
  args: LookUpInputs<Args>,
  opts?: LookUpOptions,
): pulumi.Output<Result> {
  return pulumi.all([pulumi.output(args), settingsOf(opts)]).apply(async ([plain, own]) => {
    if (isMocked()) return mocked(lookUp, plain as Args);
    try {
      return await find(lookUp, plain as Args, own);
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      return (await refused(lookUp.name, problem, lookUp.listProperty !== undefined, opts ?? {})) as Result;
    }
  }) as pulumi.Output<Result>;
}

/** The settings of an explicit provider, as far as they are known; of the stack's own account, none. */
export function settingsOf(opts: LookUpOptions | undefined): pulumi.Output<Settings | undefined> {
  // The key is a secret, what it finds is not.
  return pulumi.unsecret(pulumi.output(providerOf(opts)?.settings)) as pulumi.Output<Settings | undefined>;
}

/** Whether the program runs in a unit test, with Pulumi's mocks in place of the engine. */
function isMocked(): boolean {
  const monitor: object = pulumi.runtime.getMonitor() ?? {};
  return "mocks" in monitor;
}

async function mocked<Args extends object, Result>(
  { name, listProperty }: LookUp<Args, Result>,
  args: Args,
): Promise<Result> {
  const answer = await pulumi.runtime.invoke(`seam:index:${name}`, { ...args }, { async: true });
  return (listProperty === undefined ? answer : (answer[listProperty] ?? [])) as Result;
}

async function find<Args, Result>(
  lookUp: LookUp<Args, Result>,
  args: Args,
  own: Settings | undefined,
): Promise<Result> {
  const { seam, settings } = accountOf(own);
  try {
    return await lookUp.find(args, asked(seam, settings));
  } catch (error) {
    const isMissing = error instanceof Error && ["LookUpError", "NotFoundError"].includes(error.name);
    // What is not there may be in the workspace that the program means.
    if (isMissing && settings.expectedWorkspaceId !== undefined) await assertExpected(seam);
    throw error;
  }
}

function accountOf(own: Settings | undefined): { seam: SeamClient; settings: SeamSettings } {
  const { resolveSettings } =
    require("../../provider/http/settings") as typeof import("../../provider/http/settings");
  const { sharedClient } = require("../../provider/engine/shared-client") as {
    sharedClient(settings: object): SeamClient;
  };
  const config = new pulumi.Config("seam");
  const settings = resolveSettings((name) => (own ? own[name] : config.get(name)));
  return { seam: sharedClient(settings), settings };
}

/** Answers of a run, by account and question. Programs in one process (Automation API) do not share them. */
const runs = new WeakMap<object, Map<string, Promise<unknown>>>();

function asked(seam: SeamClient, settings: SeamSettings): Asked {
  const { listAll } = require("../../provider/http/pages") as typeof import("../../provider/http/pages");
  const answers = answersOfRun();
  const once = <T>(path: string, body: Body, answer: () => Promise<unknown>): Promise<T> => {
    const { endpoint, token, workspaceId } = settings;
    const key = JSON.stringify([endpoint, token, workspaceId, path, body]);
    const given = answers.get(key) as Promise<T> | undefined;
    if (given !== undefined) return given;
    const asking = answer().then(fromWireNames) as Promise<T>;
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

function answersOfRun(): Map<string, Promise<unknown>> {
  const run = pulumi.runtime.getStackResource();
  const answers = (run && runs.get(run)) ?? new Map<string, Promise<unknown>>();
  if (run) runs.set(run, answers);
  return answers;
}

function providerOf(opts: LookUpOptions | undefined): Provider | undefined {
  const provider = opts?.provider ?? opts?.parent?.getProvider("pulumi-nodejs:dynamic:seam");
  if (provider === undefined) return undefined;
  if (Provider.isSeam(provider)) return provider;
  throw new LookUpError(
    "The provider of a look-up has to be a seam.Provider: others do not know which Seam account to ask.",
  );
}

/** The settings of a provider, which may come from other resources. */
async function known(provider: Provider | undefined): Promise<Settings | undefined> {
  if (!provider) return undefined;
  const { settings } = provider as unknown as {
    settings: pulumi.Output<Settings> & { isKnown: Promise<boolean> };
  };
  if (!(await settings.isKnown)) {
    throw new LookUpError(
      "The settings of this look-up's provider are not known in a preview. Use the …Output form of the look-up.",
    );
  }
  return new Promise((resolve) => settings.apply(resolve));
}
