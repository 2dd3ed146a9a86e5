import { type Finding, undecided } from "../../../cli/recover/findings";
import { asSecret, type PendingOperation } from "../../../cli/stack-state";
import {
  applied,
  creating,
  emulator,
  judged,
  make,
  saved,
  stackWith,
  start,
  stop,
  TEXT,
} from "./interrupted";

beforeEach(() => start());
afterEach(() => stop());

describe("recover, after an interrupted create", () => {
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

  it("imports it for the provider plugin, too, whose resources do not say what is secret", async () => {
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
    expect(outputs?.["__provider"]).toBeUndefined();
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
    const later = new Date(Date.now() + 3_600_000).toISOString();
    expect(await judged(stackWith([], [pending], later))).toMatchObject([{ verdict: "clear" }]);
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

  it("waits for requests of the killed run that may still be under way", async () => {
    const state = stackWith([], [creating("pin", {})]);
    const waits: number[] = [];
    setTimeout(() => void make({}), 500);
    const findings = await judged(state, { waitSeconds: 20, onWait: (seconds) => waits.push(seconds) });
    expect(findings).toMatchObject([{ verdict: "import" }]);
    expect(waits).toEqual([20]);
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
});
