import * as grpc from "@grpc/grpc-js";
import type * as pulumi from "@pulumi/pulumi";
import { SeamProvider } from "../../plugin/seam-provider";
import { serverOf } from "../../plugin/server";
import * as provider from "../../provider";
import { dynamicProvider } from "../../provider/engine/dynamic";
import { Run } from "../../provider/lifecycle/run";
import { providerText } from "../../provider/values/provider-text";
import { isRecord } from "../../provider/values/record";
import { SIGNATURE } from "../../provider/values/secret-mark";
import { initFailed, PluginClient } from "../protocol/plugin-client";

type Properties = Record<string, unknown>;

/** Resources that have a life in Seam, by name. */
export const LIFECYCLES = {
  AccessGrant: provider.AccessGrant.lifecycle,
  AcsAccessGroupMembership: provider.AcsAccessGroupMembership.lifecycle,
  AcsCredential: provider.AcsCredential.lifecycle,
  AcsUser: provider.AcsUser.lifecycle,
  Space: provider.Space.lifecycle,
  UserIdentity: provider.UserIdentity.lifecycle,
};
export type ResourceName = keyof typeof LIFECYCLES;

/** What the engine asks of one kind of resource. A partial failure is an error with `id` and `properties`. */
export type Provider = Omit<Required<pulumi.dynamic.ResourceProvider<Properties, Properties>>, "configure">;

/** What serves one command of Pulumi's. */
export interface Opened {
  readonly providers: Readonly<Record<ResourceName, Provider>>;
  close(): Promise<void>;
}

/**
 * One of the two ways in which an engine comes to the resources, without a process of its own: for suites that live
 * through thousands of commands. `test/contract` goes through the processes.
 */
export interface Door {
  readonly kind: "dynamic" | "plugin";
  readonly name: string;
  /** What the type of a resource begins with. */
  readonly typePrefix: string;
  /** The type of the provider resource in the state. */
  readonly providerType: string;
  /** What the engine keeps among a resource's inputs and outputs besides the resource's own. */
  ownProperties(resource: string): Properties;
  open(settings: Settings, notice?: (text: string) => void): Promise<Opened>;
}

export interface Settings {
  readonly apiKey?: string;
  readonly endpoint?: string;
}

export const DOORS: readonly Door[] = [
  {
    kind: "dynamic",
    name: "the dynamic provider",
    typePrefix: "pulumi-nodejs:dynamic/seam:",
    providerType: "pulumi:providers:pulumi-nodejs",
    ownProperties: (resource) => ({ __provider: providerText(resource) }),
    open: openDynamic,
  },
  {
    kind: "plugin",
    name: "the plugin",
    typePrefix: "seam:index:",
    providerType: "pulumi:providers:seam",
    ownProperties: () => ({}),
    open: openPlugin,
  },
];

/** Properties as the state keeps them: JSON; here with secrets in clear, as the provider gets them again. */
export function kept(door: Door, resource: string, properties: Properties | undefined): Properties {
  const all = JSON.stringify({ ...properties, ...door.ownProperties(resource) });
  return JSON.parse(all, (_, value) => (isRecord(value) && SIGNATURE in value ? value["value"] : value));
}

async function openDynamic(settings: Settings, notice?: (text: string) => void): Promise<Opened> {
  const run = new Run(notice);
  const config: Record<string, string | undefined> = {
    "seam:endpoint": settings.endpoint,
    "seam:apiKey": settings.apiKey,
  };
  const get = (key: string) => config[key];
  const providers = ofEach((name) => dynamicProvider(LIFECYCLES[name], run) as Required<Provider>);
  for (const each of Object.values(providers) as pulumi.dynamic.ResourceProvider[]) {
    await each.configure?.({ config: { get, require: (key) => get(key) as string } });
  }
  return { providers, close: async () => undefined };
}

async function openPlugin(settings: Settings, notice = (_text: string) => {}): Promise<Opened> {
  const server = serverOf(new SeamProvider(() => new Run(notice)), notice);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  const clients = ofEach((name) => new PluginClient(port, name));
  await clients.AcsCredential.configure({ ...settings });
  return {
    providers: ofEach((name) => throughClient(clients[name])),
    async close() {
      for (const { client } of Object.values(clients)) client.close();
      server.forceShutdown();
    },
  };
}

function throughClient(client: PluginClient): Provider {
  return {
    check: (olds, news) => client.check(olds, news),
    async diff(id, olds, news) {
      const { changes, ...plan } = await client.diff(id, olds, news);
      return { ...(changes !== "unknown" && { changes: changes === "some" }), ...plan };
    },
    create: (inputs) =>
      told(async () => {
        const { id, properties } = await client.create(inputs);
        return { id, outs: properties };
      }),
    read: (id, outputs = {}) =>
      told(async () => {
        const { properties, ...read } = await client.read(id, outputs);
        return { ...read, props: properties } as pulumi.dynamic.ReadResult<Properties>;
      }),
    update: (id, olds, news) => told(async () => ({ outs: await client.update(id, olds, news) })),
    delete: (id, outputs) => told(() => client.delete(id, outputs)),
  };
}

/** An error as a dynamic provider throws it. */
async function told<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    const { details, metadata } = error as grpc.ServiceError;
    if (metadata === undefined) throw error;
    throw Object.assign(new Error(details), initFailed(error));
  }
}

function ofEach<T>(make: (name: ResourceName) => T): Record<ResourceName, T> {
  const names = Object.keys(LIFECYCLES) as ResourceName[];
  return Object.fromEntries(names.map((name) => [name, make(name)])) as Record<ResourceName, T>;
}
