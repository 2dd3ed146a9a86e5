import { setTimeout as sleep } from "node:timers/promises";
import { Accounts } from "../../cli/accounts";
import { settled } from "../../cli/recover/apply";
import { type Finding, undecided } from "../../cli/recover/findings";
import { judge } from "../../cli/recover/judge";
import {
  asSecret,
  type ExportedStack,
  type PendingOperation,
  type StateResource,
} from "../../cli/stack-state";
import { type DefaultKeys, type Emulator, startEmulator } from "../../sdk/testing/index";

const TYPE = "pulumi-nodejs:dynamic/seam:AcsCredential";
const STACK = "urn:pulumi:dev::hotel::pulumi:pulumi:Stack::hotel-dev";
const PROVIDER = "urn:pulumi:dev::hotel::pulumi:providers:pulumi-nodejs::default";
const TEXT = 'exports.handler=()=>require("pulumi-seam/provider").AcsCredential';

describe("recover", () => {
  let emulator: Emulator<DefaultKeys>;
  let stackCreated: string;

  beforeEach(async () => {
    emulator = await startEmulator();
    stackCreated = new Date().toISOString();
  });
  afterEach(() => emulator.close());

  it("imports the object of an interrupted create as its create would have saved it, the PIN a secret", async () => {
    const id = await make({ code: "4711" });
    const state = stackWith([], [creating("pin", { code: asSecret("4711") })]);
    const [finding] = await judged(state);
    expect(finding).toMatchObject({ verdict: "import", id });
    const { resources, pending_operations } = (await applied(state, [finding])).deployment;
    expect(pending_operations).toBeUndefined();
    const pin = resources?.find(({ urn }) => urn.endsWith("::pin"));
    expect(pin).toMatchObject({ id, inputs: { code: asSecret("4711"), __provider: TEXT } });
    expect(pin?.outputs).toMatchObject({
      __provider: TEXT,
      __declared: "acsUserId! code! endsAt!",
      acsCredentialId: id,
      code: asSecret("4711"),
      errors: [],
    });
  });

  it("does the same for the provider plugin, whose resources do not say what is secret", async () => {
    const id = await make({});
    const { type, resource } = creating("pin", {});
    const { __provider: _, ...declared } = resource.inputs ?? {};
    const { additionalSecretOutputs: __, ...rest } = resource;
    const plugin = { ...rest, type: "seam:index:AcsCredential", inputs: declared };
    const state = stackWith([], [{ type, resource: plugin }]);
    const [finding] = await judged(state);
    expect(finding).toMatchObject({ verdict: "import", id });
    const { resources } = (await applied(state, [finding])).deployment;
    const { outputs } = resources?.find((one) => one.id === id) ?? {};
    expect(outputs).toMatchObject({
      acsCredentialId: id,
      code: { plaintext: expect.stringMatching(/^"\d+"$/) },
    });
    expect(outputs).not.toHaveProperty("__provider", expect.anything());
  });

  it("takes nothing that the stack or another one of the project owns, or that is older than the stack", async () => {
    const pending = creating("pin", {});
    const owned = await make({});
    expect(await judged(stackWith([saved("other", owned, {})], [pending]))).toMatchObject([
      { verdict: "clear" },
    ]);
    expect(await judged(stackWith([], [pending]), { elsewhere: [owned] })).toMatchObject([
      { verdict: "clear" },
    ]);
    stackCreated = new Date(Date.now() + 3_600_000).toISOString();
    expect(await judged(stackWith([], [pending]))).toMatchObject([{ verdict: "clear" }]);
  });

  it("guesses nothing when two objects match, and takes the one that a person chooses", async () => {
    const ids = [await make({}), await make({})];
    const state = stackWith([], [creating("pin", {})]);
    const [finding] = await judged(state);
    expect(finding).toMatchObject({ verdict: "ambiguous" });
    for (const id of ids) expect(finding?.explanation).toContain(id);
    expect(undecided([finding as Finding], { orphans: "delete", clearOthers: true })).toHaveLength(1);

    const chosen = await judged(state, { choices: [["pin", ids[1] as string]] });
    expect(chosen).toMatchObject([{ verdict: "import", id: ids[1] }]);
    expect(await judged(state, { choices: [["pin", "none"]] })).toMatchObject([{ verdict: "clear" }]);
    await expect(judged(state, { choices: [["pin", "c0ffee"]] })).rejects.toThrow(ids[0] as string);
    await expect(judged(state, { choices: [["pim", "none"]] })).rejects.toThrow("no create of that name");
  });

  it("guesses nothing when one object could belong to creates that Seam shows no difference of", async () => {
    await make({});
    const doors = [emulator.ids.acsEntrances["salto-ks/garage"]];
    const state = stackWith([], [creating("a", {}), creating("b", { allowedAcsEntranceIds: doors })]);
    expect(await judged(state)).toMatchObject([{ verdict: "ambiguous" }, { verdict: "ambiguous" }]);
  });

  it("gives each of several equal creates one of the objects that they made", async () => {
    const ids = [await make({}), await make({})];
    const findings = await judged(stackWith([], [creating("a", {}), creating("b", {}), creating("c", {})]));
    const taken = findings.flatMap((finding) => (finding.verdict === "import" ? [finding.id] : []));
    expect(taken.sort()).toEqual(ids.sort());
    expect(findings.filter(({ verdict }) => verdict === "clear")).toHaveLength(1);
  });

  it("tells an orphan, which a later run made again, from a replacement that was interrupted", async () => {
    const first = await make({});
    const second = await make({ ends_at: "2031-01-01T00:00:00.000Z" });
    const orphaned = stackWith([await live("pin", second)], [creating("pin", {})]);
    expect(await judged(orphaned)).toMatchObject([{ verdict: "orphan", id: first }]);
    expect(undecided(await judged(orphaned), { orphans: undefined, clearOthers: false })).toHaveLength(1);

    const replacing = creating("pin", { endsAt: "2031-01-01T00:00:00.000Z" });
    const state = stackWith([await live("pin", first)], [replacing]);
    const findings = await judged(state);
    expect(findings).toMatchObject([{ verdict: "replace", id: second }]);
    const { resources } = (await applied(state, findings)).deployment;
    expect(resources?.slice(-2)).toMatchObject([{ id: second }, { id: first, delete: true }]);
    expect(resources?.at(-2)?.delete).toBeUndefined();
  });

  it("hands the encoded card of an interrupted replacement on, and takes none that goes on for an orphan", async () => {
    const doors = ["visionline/room-101", "visionline/room-102"] as const;
    const [room, other] = doors.map((key) => emulator.ids.acsEntrances[key]);
    const acsUserId = emulator.ids.acsUsers["visionline/ada"];
    const card = (allowed: (string | undefined)[]) =>
      make({ access_method: "card", acs_user_id: acsUserId, allowed_acs_entrance_ids: allowed });
    const declared = { accessMethod: "card", acsUserId, allowedAcsEntranceIds: [room] };
    const first = await card([room]);
    emulator.edit.encodeCard(first, "number");
    const pending = creating("pin", { ...declared, allowedAcsEntranceIds: [room, other] });
    const second = await card([room, other]);
    const old = await live("pin", first, declared);
    const state = stackWith(
      [{ ...old, outputs: { ...old.outputs, acsCredentialId: first, isIssued: true } }],
      [pending],
    );
    const findings = await judged(state);
    expect(findings).toMatchObject([{ verdict: "replace", id: second }]);
    const after = await applied(state, findings);
    const made = after.deployment.resources?.find(({ id }) => id === second);
    expect(made?.outputs).toMatchObject({ __formerCards: [{ acsCredentialId: first }] });

    const next = stackWith([made as StateResource], [creating("pin", declared)]);
    expect(await judged(next)).toMatchObject([{ verdict: "clear" }]);
  });

  it("keeps the newest of what several interrupted runs made of one resource, and shows the others", async () => {
    const older = await make({});
    const newer = await make({});
    const state = stackWith([], [creating("pin", {}), creating("pin", {})]);
    expect(await judged(state)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ verdict: "import", id: newer }),
        expect.objectContaining({ verdict: "orphan", id: older }),
      ]),
    );
  });

  it("puts what a replacement that deletes first has made where the deleted one was", async () => {
    const id = await make({});
    const deleted = { ...saved("pin", "gone", {}), pendingReplacement: true };
    const state = stackWith([deleted], [creating("pin", {})]);
    const { resources } = (await applied(state, await judged(state))).deployment;
    expect(resources?.filter(({ urn }) => urn.endsWith("::pin"))).toMatchObject([{ id }]);
    expect(resources?.at(-1)?.pendingReplacement).toBeUndefined();
  });

  it("takes over into the state what an interrupted update made of a resource", async () => {
    const id = await make({ code: "4711" });
    const resource = await live("pin", id, { code: asSecret("4711") });
    emulator.edit.acsCredential(id, { ends_at: "2030-09-09T00:00:00.000Z", code: "4712" });
    const state = stackWith([resource], [{ type: "updating", resource }]);
    const findings = await judged(state);
    expect(findings).toMatchObject([{ verdict: "refresh", id }]);
    expect((await applied(state, findings)).deployment.resources?.at(-1)).toMatchObject({
      inputs: { endsAt: "2030-09-09T00:00:00.000Z", code: asSecret("4712") },
      outputs: { endsAt: "2030-09-09T00:00:00.000Z", code: asSecret("4712") },
    });
  });

  it("takes out of the state what an interrupted delete has deleted, unless others depend on it", async () => {
    const there = await live("there", await make({}));
    const gone = await live("gone", await make({ ends_at: "2031-01-01T00:00:00.000Z" }));
    emulator.edit.deleteAcsCredential(gone.id as string);
    const pending = [there, gone].map((resource): PendingOperation => ({ type: "deleting", resource }));
    const state = stackWith([there, gone], pending);
    const findings = await judged(state);
    expect(findings).toMatchObject([{ verdict: "clear" }, { verdict: "drop", id: gone.id }]);
    const { resources } = (await applied(state, findings)).deployment;
    expect(resources?.map(({ id }) => id)).toContain(there.id);
    expect(resources?.map(({ id }) => id)).not.toContain(gone.id);

    const dependent = { ...there, dependencies: [gone.urn] };
    const [, finding] = await judged(stackWith([gone, dependent], pending));
    expect(finding).toMatchObject({ verdict: "clear" });
    expect(finding?.explanation).toContain("pulumi refresh");
  });

  it("clears what there is nothing of in Seam", async () => {
    const type = "pulumi-nodejs:dynamic/seam:RosterGuard";
    const resource = { urn: `urn:pulumi:dev::hotel::${type}::staff-roster`, type };
    expect(await judged(stackWith([], [{ type: "creating", resource }]))).toMatchObject([
      { verdict: "clear" },
    ]);
  });

  it("applies nothing while operations of other packages are not decided", async () => {
    const bucket: PendingOperation = {
      type: "creating",
      resource: { urn: "urn:pulumi:dev::hotel::aws:s3/bucket:Bucket::logs", type: "aws:s3/bucket:Bucket" },
    };
    const findings = await judged(stackWith([], [bucket]));
    expect(findings).toMatchObject([{ verdict: "foreign" }]);
    expect(undecided(findings, { orphans: undefined, clearOthers: false })).toHaveLength(1);
    expect(undecided(findings, { orphans: undefined, clearOthers: true })).toHaveLength(0);
  });

  it("looks in the account of the explicit provider that the create ran in", async () => {
    const id = await make({});
    const explicit = {
      urn: "urn:pulumi:dev::hotel::pulumi:providers:pulumi-nodejs::annex",
      type: "pulumi:providers:pulumi-nodejs",
      id: "annex-1",
      inputs: { "seam:apiKey": asSecret(emulator.apiKey), "seam:endpoint": emulator.url },
    };
    const pending = creating("pin", {});
    pending.resource.provider = `${explicit.urn}::annex-0`;
    const state = stackWith(
      [explicit],
      [{ ...pending, resource: { ...pending.resource, provider: `${explicit.urn}::annex-1` } }],
    );
    const findings = await judged(state, { config: { "seam:apiKey": "seam_test1Wrong_key" } });
    expect(findings).toMatchObject([{ verdict: "import", id }]);
  });

  it("takes over what an interrupted update has changed: the engine's record of one has no id", async () => {
    const id = await make({});
    const known = await live("pin", id);
    emulator.edit.acsCredential(id, { ends_at: "2031-01-01T00:00:00.000Z" });
    const { resource } = creating("pin", { endsAt: "2031-01-01T00:00:00.000Z" });
    const state = stackWith([known], [{ type: "updating", resource }]);
    const findings = await judged(state);
    expect(findings).toMatchObject([{ verdict: "refresh", id }]);
    const { resources } = (await applied(state, findings)).deployment;
    expect(resources?.find((one) => one.id === id)?.outputs).toMatchObject({
      endsAt: "2031-01-01T00:00:00.000Z",
    });
  });

  it("asks about what was made at another time than the interrupted run worked", async () => {
    const id = await make({});
    const state = stackWith([], [creating("pin", {})]);
    state.deployment.manifest.time = new Date(Date.now() + 3_600_000).toISOString();
    const [finding] = await judged(state);
    expect(finding).toMatchObject({ verdict: "ambiguous" });
    expect(finding?.explanation).toMatch(/perhaps by hand/);
    expect(await judged(state, { choices: [["pin", id]] })).toMatchObject([{ verdict: "import", id }]);
  });

  it("asks about everything while some stack cannot be read", async () => {
    await make({});
    const findings = await judged(stackWith([], [creating("pin", {})]), {
      unread: ["organization/hotel/prod"],
    });
    expect(findings).toMatchObject([{ verdict: "ambiguous" }]);
  });

  it("uses the key that the stack's config has now, not the one of the last run", async () => {
    const id = await make({});
    const state = stackWith([], [creating("pin", {})]);
    const [provider] = state.deployment.resources?.filter(({ urn }) => urn === PROVIDER) ?? [];
    Object.assign(provider ?? {}, { inputs: { "seam:apiKey": asSecret("seam_test1Rotated_away") } });
    expect(await judged(state)).toMatchObject([{ verdict: "import", id }]);
  });

  it("does nothing with the key of another workspace than the stack's", async () => {
    const id = await make({});
    const known = await live("pin", id);
    const elsewhere = {
      ...known,
      outputs: { ...known.outputs, workspaceId: "c0ffee00-0000-4000-8000-000000000000" },
    };
    await expect(judged(stackWith([elsewhere], [creating("other", {})]))).rejects.toThrow(
      /this stack has pin in workspace c0ffee00/,
    );
  });

  it("settles a membership whose group was being changed, without asking", async () => {
    const { ids } = emulator;
    const [staff, residents] = [
      ids.acsAccessGroups["salto-ks/staff"],
      ids.acsAccessGroups["salto-ks/residents"],
    ];
    const acsUserId = ids.acsUsers["salto-ks/ada"];
    for (const acs_access_group_id of [staff, residents]) {
      await call("/acs/access_groups/add_user", { acs_access_group_id, acs_user_id: acsUserId });
    }
    const type = "pulumi-nodejs:dynamic/seam:AcsAccessGroupMembership";
    const membership = (acsAccessGroupId: string): StateResource => ({
      urn: `urn:pulumi:dev::hotel::${type}::membership`,
      type,
      provider: creating("pin", {}).resource.provider ?? "",
      inputs: { acsAccessGroupId, acsUserId, __provider: TEXT },
    });
    const old = {
      ...membership(staff),
      id: `${staff}/${acsUserId}`,
      outputs: { acsAccessGroupId: staff, acsUserId },
    };
    const state = stackWith([old], [{ type: "creating", resource: membership(residents) }]);
    const findings = await judged(state);
    expect(findings).toMatchObject([{ verdict: "replace", id: `${residents}/${acsUserId}` }]);
    const { resources } = (await applied(state, findings)).deployment;
    expect(resources?.slice(-2)).toMatchObject([
      { id: `${residents}/${acsUserId}` },
      { id: `${staff}/${acsUserId}`, delete: true },
    ]);
  });

  it("waits for requests of the killed run that may still be under way", async () => {
    const state = stackWith([], [creating("pin", {})]);
    const waits: number[] = [];
    setTimeout(() => void make({}), 500);
    const findings = await judged(state, { waitSeconds: 20, onWait: (seconds) => waits.push(seconds) });
    expect(findings).toMatchObject([{ verdict: "import" }]);
    expect(waits).toEqual([20]);
  });

  /** Past the provider, as somebody else would. */
  async function call(path: string, body: Record<string, unknown>): Promise<Record<string, unknown>> {
    const reply = await fetch(emulator.url + path, {
      method: "POST",
      headers: { authorization: `Bearer ${emulator.apiKey}`, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    return (await reply.json()) as Record<string, unknown>;
  }

  /** A credential as an interrupted create of `creating` would have made it. */
  async function make(body: Record<string, unknown>): Promise<string> {
    const { acs_credential } = await call("/acs/credentials/create", {
      access_method: "code",
      acs_user_id: emulator.ids.acsUsers["salto-ks/ada"],
      ends_at: "2030-06-01T00:00:00.000Z",
      ...body,
    });
    // So that no two are created in the same millisecond.
    await sleep(5);
    return (acs_credential as { acs_credential_id: string }).acs_credential_id;
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

  function creating(name: string, more: Record<string, unknown>): PendingOperation {
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

  function saved(name: string, id: string, more: Record<string, unknown>): StateResource {
    const outputs = { ...inputs(more), workspaceId: emulator.workspaceId };
    return { ...creating(name, more).resource, id, outputs };
  }

  /** A resource of the state whose object is there. */
  async function live(name: string, id: string, more: Record<string, unknown> = {}): Promise<StateResource> {
    const created = emulator.credentials().find((credential) => credential.acs_credential_id === id);
    const resource = saved(name, id, { ...more, endsAt: created?.ends_at });
    const declared = ["acsUserId", ...Object.keys(more), "endsAt"].join(" ");
    return {
      ...resource,
      outputs: { ...resource.outputs, createdAt: created?.created_at, __declared: declared },
    };
  }

  function stackWith(resources: StateResource[], pending: PendingOperation[]): ExportedStack {
    return {
      deployment: {
        manifest: { time: new Date().toISOString() },
        resources: [
          { urn: STACK, type: "pulumi:pulumi:Stack", created: stackCreated },
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

  function judged(
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

  function applied(state: ExportedStack, findings: readonly (Finding | undefined)[]): Promise<ExportedStack> {
    return settled(state, findings as Finding[], accounts(state));
  }
});
