import * as pulumi from "@pulumi/pulumi";
import type { SettingName } from "../../provider/http/settings";
import { giveNotices } from "../program/notices";
import { Provider } from "../provider";
import { type Answers, answer, type LookUp } from "./answer";
import { LookUpError } from "./look-up-error";
import { refused } from "./refused";

export type { Asked, LookUp } from "./answer";
export { LookUpError } from "./look-up-error";

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

type Settings = Partial<Record<SettingName, string>>;

/** Answers a look-up as a promise. */
export async function ask<Args extends object, Result>(
  lookUp: LookUp<Args, Result>,
  args: Args,
  opts?: LookUpOptions,
): Promise<Result> {
  if (isMocked()) return mocked(lookUp, args);
  try {
    return await find(lookUp, args, await known(providerOf(opts)));
  } catch (error) {
    throw withoutTrace(error);
  }
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

/** As Pulumi shows it by its message alone: a program ends in it when it does not catch it. */
function withoutTrace(error: unknown): unknown {
  if (!(error instanceof Error) || pulumi.RunError.isInstance(error)) return error;
  const { name, message } = error;
  return Object.assign(new pulumi.RunError(message, { cause: error }), { name, stack: message });
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

/** @param own the settings of an explicit provider; without, the stack's own account */
async function find<Args, Result>(
  lookUp: LookUp<Args, Result>,
  args: Args,
  own: Settings | undefined,
): Promise<Result> {
  giveNotices();
  const { OF_EXPLICIT_PROVIDER, resolveSettings } =
    require("../../provider/http/settings") as typeof import("../../provider/http/settings");
  const config = new pulumi.Config("seam");
  const settings = own
    ? resolveSettings((name) => own[name], undefined, OF_EXPLICIT_PROVIDER)
    : resolveSettings((name) => config.get(name));
  return answer(lookUp, args, settings, answersOfRun());
}

/** Answers of a run. Programs in one process (Automation API) do not share them. */
const runs = new WeakMap<object, Answers>();

function answersOfRun(): Answers {
  const run = pulumi.runtime.getStackResource();
  const answers = (run && runs.get(run)) ?? new Map();
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
