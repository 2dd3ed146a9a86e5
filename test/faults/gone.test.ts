import { type DefaultKeys, type Emulator, startEmulator } from "../../emulator";
import { createClient, type SeamClient } from "../../provider/http/client";
import { Run } from "../../provider/lifecycle/run";
import { acsCredential } from "../../provider/resources/acs-credential";
import { acsUser } from "../../provider/resources/acs-user";
import { KINDS } from "./kinds";

let emulator: Emulator<DefaultKeys>;
let seam: SeamClient;

beforeEach(async () => {
  emulator = await startEmulator();
  seam = createClient({ endpoint: emulator.url, token: emulator.apiKey }, { maxTries: 1 });
});
afterEach(async () => {
  await seam.close();
  await emulator.close();
});

const ROUTES = ["/acs/credentials/*", "/acs/users/*", "/access_grants/*", "/user_identities/*", "/spaces/*"];
const GROUP_ROUTES = ["get", "list_users", "remove_user"].map((route) => `/acs/access_groups/${route}`);

const notFound = (type: string, ...more: string[]) =>
  emulator.faults.add({
    fault: "answer",
    status: 404,
    body: { error: { type, message: "Not found" }, ok: false },
    route: [...ROUTES, ...GROUP_ROUTES, ...more],
  });
const remove = { awaitGone: false };

describe.each(KINDS)("$name", ({ lifecycle, seamName, inputs }) => {
  it.each(["workspace_not_found", "acs_system_not_found", "connected_account_not_found", "not_found"])(
    "is neither gone nor deleted because Seam answers %s",
    async (type) => {
      const { id, outputs } = await lifecycle.create(seam, inputs(emulator), new Run());
      // Where a membership is looked for, too.
      notFound(type, "/acs/access_groups/list");
      await expect(lifecycle.read(seam, id, outputs, new Run())).rejects.toThrow(type);
      await expect(lifecycle.remove(seam, id, outputs, { ...remove, run: new Run() })).rejects.toThrow(type);
    },
  );

  it("is gone, and deleted, because Seam answers that itself is not there", async () => {
    const { id, outputs } = await lifecycle.create(seam, inputs(emulator), new Run());
    await lifecycle.remove(seam, id, outputs, { ...remove, run: new Run() });
    notFound(`${seamName}_not_found`);
    const { endsAt: _, ...endless } = outputs;
    expect(await lifecycle.read(seam, id, endless, new Run())).toBeUndefined();
    await lifecycle.remove(seam, id, outputs, { ...remove, run: new Run() });
  });

  it("is not gone when it is not found and nobody knows in which workspace it was", async () => {
    const { id, outputs } = await lifecycle.create(seam, inputs(emulator), new Run());
    await lifecycle.remove(seam, id, outputs, { ...remove, run: new Run() });
    notFound(`${seamName}_not_found`);
    const { workspaceId: _, ...unknown } = outputs;
    await expect(lifecycle.read(seam, id, unknown, new Run())).rejects.toThrow(/config set seam:workspaceId/);
    // Something else of the stack is in the workspace that answers.
    const run = new Run();
    run.workspaces.saw("AcsUser 1", { workspaceId: emulator.workspaceId });
    const { endsAt: __, ...endless } = unknown;
    expect(await lifecycle.read(seam, id, endless, run)).toBeUndefined();
  });
});

describe("what is there but dead", () => {
  it("is a user that the lock system has lost: made anew, the dead one deleted first", async () => {
    const inputs = { acsSystemId: emulator.ids.acsSystems["salto-ks"], fullName: "Bob Example" };
    const { id, outputs } = await acsUser.create(seam, inputs, new Run());
    const created_at = "2030-01-01T00:00:00.000Z";
    emulator.edit.acsUser(id, {
      errors: [{ error_code: "deleted_externally", message: "Deleted in the lock system", created_at }],
    });
    const observed = await acsUser.read(seam, id, outputs, new Run());
    expect(acsUser.diff(observed?.outputs ?? {}, inputs)).toMatchObject({
      changed: true,
      replaces: [expect.any(String)],
      deleteBeforeReplace: true,
    });
  });

  it.each(["acsUserId", "userIdentityId"] as const)(
    "is a credential whose user was deleted by hand, named by %s: made anew",
    async (owner) => {
      const ids = emulator.ids;
      const inputs = {
        accessMethod: "code",
        endsAt: "2036-01-01T00:00:00.000Z",
        ...(owner === "acsUserId"
          ? { acsUserId: ids.acsUsers["latch/ada"] }
          : { userIdentityId: ids.userIdentities["ada"], acsSystemId: ids.acsSystems["latch"] }),
        allowedAcsEntranceIds: [ids.acsEntrances["latch/front-door"]],
      };
      const { id, outputs } = await acsCredential.create(seam, inputs, new Run());
      emulator.edit.deleteAcsUser(ids.acsUsers["latch/ada"]);
      const observed = await acsCredential.read(seam, id, outputs, new Run());
      expect(acsCredential.diff(observed?.outputs ?? {}, inputs)).toMatchObject({
        changed: true,
        replaces: [owner],
      });
    },
  );

  it("shows in a state of an older release, which does not say what Seam has shown", async () => {
    const inputs = { accessMethod: "code", acsUserId: emulator.ids.acsUsers["salto-ks/ada"] };
    const { id, outputs } = await acsCredential.create(seam, inputs, new Run());
    emulator.edit.deleteAcsUser(inputs.acsUserId);
    const older = { ...outputs, __declared: "acsUserId" };
    const observed = await acsCredential.read(seam, id, older, new Run());
    expect(acsCredential.diff(observed?.outputs ?? {}, inputs)).toMatchObject({ replaces: ["acsUserId"] });
  });
});

describe("a value that was taken away by hand", () => {
  const inputs = () => ({
    accessMethod: "code",
    acsUserId: emulator.ids.acsUsers["brivo/ada"],
    code: "471147",
    endsAt: "2036-01-01T00:00:00.000Z",
  });

  it.each([
    ["the end", { ends_at: undefined }, "endsAt"],
    ["the PIN", { code: null }, "code"],
  ])("is a change where Seam has shown one: %s", async (_, edit, property) => {
    const { id, outputs } = await acsCredential.create(seam, inputs(), new Run());
    emulator.edit.acsCredential(id, edit as never);
    const observed = await acsCredential.read(seam, id, outputs, new Run());
    expect(observed?.inputs).not.toHaveProperty(property);
    expect(acsCredential.diff(observed?.outputs ?? {}, inputs())).toMatchObject({
      changed: true,
      replaces: [],
    });
    await acsCredential.update(seam, id, observed?.outputs ?? {}, inputs(), new Run());
    expect(emulator.credentials()).toMatchObject([{ code: "471147", ends_at: "2036-01-01T00:00:00.000Z" }]);
  });

  it("is none where Seam never shows it, nor where an older release does not say whether it did", async () => {
    const { id, outputs } = await acsCredential.create(seam, inputs(), new Run());
    emulator.edit.acsCredential(id, { ends_at: undefined });
    const older = { ...outputs, __declared: "acsUserId code endsAt" };
    const observed = await acsCredential.read(seam, id, older, new Run());
    expect(observed?.inputs).toEqual(inputs());
    expect(acsCredential.diff(observed?.outputs ?? {}, inputs())).toMatchObject({ changed: false });
  });
});

describe("what Seam reports as failed", () => {
  const errors = [
    { error_code: "failed_to_set", message: "The lock is away", created_at: "2030-01-01T00:00:00.000Z" },
  ];

  it("stays a failure after a refresh, until it is none", async () => {
    const inputs = {
      accessMethod: "code",
      acsUserId: emulator.ids.acsUsers["brivo/ada"],
      code: "471147",
    };
    const { id, outputs } = await acsCredential.create(seam, inputs, new Run());
    emulator.edit.acsCredential(id, { errors });
    const failed = (await acsCredential.read(seam, id, outputs, new Run()))?.outputs ?? {};
    expect(acsCredential.diff(failed, inputs)).toMatchObject({ changed: true, isInOutputs: true });
    await expect(acsCredential.update(seam, id, failed, inputs, new Run())).rejects.toThrow(/failed_to_set/);

    emulator.edit.acsCredential(id, { errors: [] });
    const mended = await acsCredential.update(seam, id, failed, inputs, new Run());
    expect(acsCredential.diff(mended, inputs)).toMatchObject({ changed: false });
  });

  it("does not count for an identity where it is about one of its users", async () => {
    const { lifecycle, inputs } =
      KINDS.find(({ seamName }) => seamName === "user_identity") ?? (KINDS[0] as never);
    const declared = inputs(emulator);
    const { id, outputs } = await lifecycle.create(seam, declared, new Run());
    emulator.edit.userIdentity(id, {
      errors: [{ ...errors[0], error_code: "issue_with_acs_user", acs_user_id: id } as never],
    });
    const observed = await lifecycle.read(seam, id, outputs, new Run());
    expect(lifecycle.diff(observed?.outputs ?? {}, declared)).toMatchObject({ changed: false });
  });
});
