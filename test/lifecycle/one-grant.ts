import { type DefaultKeys, type Emulator, type EmulatorOptions, startEmulator } from "../../emulator";
import { createClient, type SeamClient } from "../../provider/http/client";
import type { PartialFailure } from "../../provider/lifecycle/errors";
import { Run } from "../../provider/lifecycle/run";
import { accessGrant } from "../../provider/resources/access-grant";

/** One grant of Ada's: what a program declares of it, and what its stack knows of it. */

type Properties = Record<string, unknown>;
type Method = Properties & { accessMethodId: string; mode: string; code?: string };

export let emulator: Emulator<DefaultKeys>;
export let seam: SeamClient;
export let grant: { inputs: Properties; id: string; outputs: Properties };

export async function start(options: Omit<EmulatorOptions, "seed"> = {}): Promise<void> {
  emulator = await startEmulator(options);
  seam = createClient({ endpoint: emulator.url, token: emulator.apiKey }, { maxTries: 1 });
  const inputs = {
    userIdentityId: emulator.ids.userIdentities.ada,
    requestedAccessMethods: [{ mode: "mobile_key" }, { mode: "code" }],
    acsEntranceIds: [emulator.ids.acsEntrances["salto-ks/front-door"]],
  };
  grant = { inputs, id: "", outputs: {} };
}
export async function stop(): Promise<void> {
  await seam.close();
  await emulator.close();
}

export async function create(more: Properties = {}): Promise<void> {
  const inputs = { ...grant.inputs, ...more };
  grant.inputs = inputs;
  const { id, outputs } = await accessGrant.create(seam, inputs, new Run());
  grant = { inputs, id, outputs };
  emulator.requests.clear();
}
export async function update(change: Properties): Promise<void> {
  const news = { ...grant.inputs, ...change };
  grant.outputs = await accessGrant.update(seam, grant.id, grant.outputs, news, new Run());
  grant.inputs = news;
}
export async function refresh(): Promise<Properties> {
  const observed = await accessGrant.read(seam, grant.id, grant.outputs, new Run());
  if (!observed) throw new Error("it is gone");
  grant.outputs = observed.outputs;
  return observed.inputs;
}
export const plan = () => accessGrant.diff(grant.outputs, grant.inputs);
export const methods = () => grant.outputs["accessMethods"] as Method[];
export const count = (path: string) => emulator.requests.count(path);

export const failureOf = (act: Promise<unknown>): Promise<PartialFailure> =>
  act.then(
    () => Promise.reject(new Error("nothing failed")),
    (error: PartialFailure) => error,
  );
