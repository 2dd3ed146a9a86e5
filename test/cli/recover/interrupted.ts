import { setTimeout as sleep } from "node:timers/promises";
import { Accounts } from "../../../cli/accounts";
import { settled } from "../../../cli/recover/apply";
import type { Finding } from "../../../cli/recover/findings";
import { judge } from "../../../cli/recover/judge";
import type { ExportedStack, PendingOperation, StateResource } from "../../../cli/stack-state";
import { type DefaultKeys, type Emulator, startEmulator } from "../../../sdk/testing/index";
import { post } from "../../emulator/api";

/** Stacks whose last run was interrupted, and what `recover` judges and makes of them. */

const TYPE = "pulumi-nodejs:dynamic/seam:AcsCredential";
const STACK = "urn:pulumi:dev::hotel::pulumi:pulumi:Stack::hotel-dev";
export const PROVIDER = "urn:pulumi:dev::hotel::pulumi:providers:pulumi-nodejs::default";
export const TEXT = 'exports.handler=()=>require("pulumi-seam/provider").AcsCredential';

export let emulator: Emulator<DefaultKeys>;
let stackCreated: string;

export async function start(): Promise<void> {
  emulator = await startEmulator();
  stackCreated = new Date().toISOString();
}
export const stop = (): Promise<void> => emulator.close();

/** Past the provider, as somebody else would. */
export async function call(path: string, body: Record<string, unknown>) {
  const answer = await post(emulator, path, body);
  expect(answer).toMatchObject({ status: 200 });
  return answer.body;
}

/** A credential as an interrupted create of `creating` would have made it. */
export async function make(body: Record<string, unknown>): Promise<string> {
  const { acs_credential } = await call("/acs/credentials/create", {
    access_method: "code",
    acs_user_id: emulator.ids.acsUsers["salto-ks/ada"],
    ends_at: "2030-06-01T00:00:00.000Z",
    ...body,
  });
  // So that no two are created in the same millisecond.
  await sleep(5);
  return acs_credential.acs_credential_id;
}

function inputs(more: Record<string, unknown>): Record<string, unknown> {
  return {
    __provider: TEXT,
    accessMethod: "code",
    acsUserId: emulator.ids.acsUsers["salto-ks/ada"],
    endsAt: "2030-06-01T00:00:00.000Z",
    ...more,
  };
}

export function creating(name: string, more: Record<string, unknown>): PendingOperation {
  return {
    type: "creating",
    resource: {
      urn: `urn:pulumi:dev::hotel::${TYPE}::${name}`,
      type: TYPE,
      parent: STACK,
      provider: `${PROVIDER}::1`,
      inputs: inputs(more),
      additionalSecretOutputs: ["code", "cardNumber"],
    },
  };
}

export function saved(name: string, id: string, more: Record<string, unknown>): StateResource {
  const outputs = { ...inputs(more), workspaceId: emulator.workspaceId };
  return { ...creating(name, more).resource, id, outputs };
}

/** A resource of the state whose object is there. */
export async function live(
  name: string,
  id: string,
  more: Record<string, unknown> = {},
): Promise<StateResource> {
  const created = emulator.credentials().find((credential) => credential.acs_credential_id === id);
  const resource = saved(name, id, { ...more, endsAt: created?.ends_at });
  const declared = ["acsUserId", ...Object.keys(more), "endsAt"].join(" ");
  return {
    ...resource,
    outputs: { ...resource.outputs, createdAt: created?.created_at, __declared: declared },
  };
}

export function stackWith(
  resources: StateResource[],
  pending: PendingOperation[],
  created = stackCreated,
): ExportedStack {
  return {
    deployment: {
      manifest: { time: new Date().toISOString() },
      resources: [
        { urn: STACK, type: "pulumi:pulumi:Stack", created },
        { urn: PROVIDER, type: "pulumi:providers:pulumi-nodejs", id: "1" },
        ...resources,
      ],
      pending_operations: pending,
    },
  };
}

function accounts(state: ExportedStack, config?: Record<string, string>): Accounts {
  const values = config ?? { "seam:apiKey": emulator.apiKey, "seam:endpoint": emulator.url };
  return new Accounts(new Map(Object.entries(values)), state.deployment.resources ?? []);
}

export function judged(
  state: ExportedStack,
  options: {
    elsewhere?: string[];
    choices?: [string, string][];
    config?: Record<string, string>;
    unread?: string[];
    waitSeconds?: number;
    onWait?: (seconds: number) => void;
  } = {},
): Promise<Finding[]> {
  return judge(state, {
    accounts: accounts(state, options.config),
    ownedElsewhere: async () => ({ unread: options.unread ?? [], ids: new Set(options.elsewhere) }),
    choices: new Map(options.choices),
    waitSeconds: options.waitSeconds ?? 0,
    onWait: options.onWait ?? (() => undefined),
  });
}

export function applied(
  state: ExportedStack,
  findings: readonly (Finding | undefined)[],
): Promise<ExportedStack> {
  return settled(state, findings as Finding[], accounts(state));
}
