import * as pulumi from "@pulumi/pulumi";
import type { SeamClient } from "../../provider/http/client";
import type { SettingName } from "../../provider/http/settings";
import { isRecord } from "../../provider/values/record";
import { fromWireNames } from "../../provider/wire/names";
import { Provider } from "../provider";

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

type Body = Readonly<Record<string, unknown>>;
type Settings = Partial<Record<SettingName, string>>;
type LookUp<Args, Result> = (args: Args, seam: Asked) => Promise<Result>;

/** Answers a look-up as a promise. */
export async function ask<Args, Result>(
  lookUp: LookUp<Args, Result>,
  args: Args,
  opts?: LookUpOptions,
): Promise<Result> {
  return lookUp(args, asked(await known(providerOf(opts))));
}

/** Answers a look-up as an output; where an argument is not known yet, in a preview, nor is the answer. */
export function askOutput<Args, Result>(
  lookUp: LookUp<Args, Result>,
  args: LookUpInputs<Args>,
  opts?: LookUpOptions,
): pulumi.Output<Result> {
  const provider = providerOf(opts);
  // The key is a secret, what it finds is not.
  const settings = pulumi.unsecret(pulumi.output(provider?.settings));
  return pulumi
    .all([pulumi.output(args), settings])
    .apply(([plain, own]) => lookUp(plain as Args, asked(own as Settings | undefined)));
}

/** All pages a list can have; no list of Seam's is near that. */
const MAX_PAGES = 1_000;

/** Answers of a run, by account and question. Programs in one process (Automation API) do not share them. */
const runs = new WeakMap<object, Map<string, Promise<unknown>>>();

function asked(own: Settings | undefined): Asked {
  const { resolveSettings } =
    require("../../provider/http/settings") as typeof import("../../provider/http/settings");
  const { sharedClient } = require("../../provider/engine/shared-client") as {
    sharedClient(settings: object): SeamClient;
  };
  const config = new pulumi.Config("seam");
  const settings = resolveSettings((name) => (own ? own[name] : config.get(name)));
  const seam = sharedClient(settings);
  const answers = answersOfRun();
  const once = <T>(question: string, answer: () => Promise<T>): Promise<T> => {
    const key = JSON.stringify([settings.endpoint, settings.token, settings.workspaceId, question]);
    const given = answers.get(key) as Promise<T> | undefined;
    if (given !== undefined) return given;
    const asking = answer();
    answers.set(key, asking);
    asking.catch(() => answers.delete(key));
    return asking;
  };
  return {
    get: <T>(path: string, key: string, body: Body, action: string) =>
      once(`${path} ${JSON.stringify(body)}`, async () => {
        const { json } = await seam.call({ path, body, effect: "read", action });
        return fromWireNames(json[key]) as T;
      }),
    list: <T>(path: string, key: string, body: Body, action: string) =>
      once(`${path} ${JSON.stringify(body)}`, async () => {
        const found: unknown[] = [];
        let cursor: unknown;
        for (let page = 0; page < MAX_PAGES; page++) {
          const paged = cursor ? { ...body, page_cursor: cursor } : body;
          const { json } = await seam.call({ path, body: paged, effect: "read", action });
          if (Array.isArray(json[key])) found.push(...json[key]);
          const { pagination } = json;
          cursor = isRecord(pagination) ? pagination["next_page_cursor"] : undefined;
          if (!cursor) break;
        }
        return fromWireNames(found) as T[];
      }),
  };
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
