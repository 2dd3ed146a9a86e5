import { setTimeout as sleep } from "node:timers/promises";
import { type Delays, type Emulator, startEmulator } from "../../emulator";
import { createClient, type SeamClient } from "../../provider/http/client";
import { PartialFailure } from "../../provider/lifecycle/errors";
import { Run } from "../../provider/lifecycle/run";
import { acsCredential } from "../../provider/resources/acs-credential";

const GET = "/acs/credentials/get";

let seam: Emulator;
let client: SeamClient;

async function start(delays: Partial<Delays> = {}) {
  seam = (await startEmulator({ delays })) as unknown as Emulator;
  client = createClient({ endpoint: seam.url, token: seam.apiKey });
}
afterEach(async () => {
  await client.close();
  await seam.close();
});

const inputs = (more: Record<string, unknown> = {}) => ({
  accessMethod: "code",
  acsUserId: seam.ids.acsUsers["salto-ks/ada"],
  ...more,
});
const onlyId = () => {
  expect(seam.credentials()).toHaveLength(1);
  return String(seam.credentials()[0]?.acs_credential_id);
};

const seamError = (code: string, message: string) => ({
  errors: [{ error_code: code, message, created_at: "2030-01-01T00:00:00.000Z" }],
});

describe("a credential that Seam accepted", () => {
  it("is awaited until its generated PIN is there", async () => {
    await start({ codeMs: 700 });
    const { outputs } = await acsCredential.create(client, inputs(), new Run());
    expect(outputs["code"]).toBe(seam.credentials()[0]?.code);
    expect(outputs["code"]).toMatch(/^\d+$/);
  });

  it("is kept, without its PIN, when the PIN does not come in time, and has it after a refresh", async () => {
    await start({ codeMs: 3_600_000 });
    const { id, outputs } = await acsCredential.create(client, inputs(), new Run());
    expect(outputs).not.toHaveProperty("code");
    seam.clock.advance({ hours: 1 });
    const observed = await acsCredential.read(client, id, outputs, new Run());
    expect(observed?.outputs["code"]).toMatch(/^\d+$/);
    expect(acsCredential.diff(observed?.outputs ?? {}, inputs())).toMatchObject({ changed: false });
  }, 30_000);

  it("is saved as failed with Seam's reason when the lock system refuses it, and mended by an update", async () => {
    await start({ codeMs: 3_600_000 });
    const creating = acsCredential
      .create(client, inputs({ endsAt: "2036-01-01T00:00:00.000Z" }), new Run())
      .catch((error) => error);
    await sleep(200);
    const id = onlyId();
    seam.edit.acsCredential(id, seamError("failed_to_set_code", "The lock is offline."));
    const failure = await creating;
    expect(failure).toBeInstanceOf(PartialFailure);
    expect(failure).toMatchObject({
      id,
      reasons: ["Seam reports the error failed_to_set_code: The lock is offline."],
      outputs: { acsCredentialId: id, errors: [{ errorCode: "failed_to_set_code" }] },
    });

    // Still failing: the update says so again, and has sent the declared values once more.
    const news = inputs({ endsAt: "2036-01-01T00:00:00.000Z" });
    await expect(acsCredential.update(client, id, failure.outputs, news, new Run())).rejects.toBeInstanceOf(
      PartialFailure,
    );
    expect(seam.requests.count("/acs/credentials/update")).toBe(1);
    seam.edit.acsCredential(id, { errors: [], code: "4711" });
    expect(await acsCredential.update(client, id, failure.outputs, news, new Run())).toMatchObject({
      errors: [],
    });
  });

  it("is saved as failed when it cannot be read back", async () => {
    await start({ codeMs: 3_600_000 });
    seam.faults.add({
      fault: "answer",
      route: GET,
      status: 401,
      body: { error: { type: "unauthorized", message: "API Key not found" }, ok: false },
    });
    const failure = await acsCredential.create(client, inputs(), new Run()).catch((error) => error);
    expect(failure).toBeInstanceOf(PartialFailure);
    expect(failure.id).toBe(onlyId());
    expect(failure.reasons[0]).toContain("API Key not found");
  });

  it("never shows the PINs of the warning that the requested one was not to be had", async () => {
    await start({ syncMs: 3_600_000 });
    const creating = acsCredential
      .create(client, inputs({ code: "808080", waitForSync: true }), new Run())
      .catch((error) => error);
    await sleep(200);
    const warning = {
      warning_code: "requested_code_unavailable",
      message: "The code 808080 is taken, 909090 was set.",
      created_at: "2030-01-01T00:00:00.000Z",
      original_code: "808080",
      new_code: "909090",
    };
    seam.edit.acsCredential(onlyId(), { code: "909090", warnings: [warning] });
    const failure = await creating;
    expect(failure).toBeInstanceOf(PartialFailure);
    const { code, ...shown } = failure.outputs;
    expect(code).toBe("909090");
    expect(JSON.stringify([shown, failure.reasons])).not.toMatch(/808080|909090/);
    expect(failure.reasons.join()).toContain("requested_code_unavailable");
  });
});

describe("waitForSync", () => {
  it("waits until the lock system has the credential", async () => {
    await start({ syncMs: 800 });
    const { outputs } = await acsCredential.create(
      client,
      inputs({ code: "1234", waitForSync: true }),
      new Run(),
    );
    expect(outputs["isLatestDesiredStateSyncedWithProvider"]).toBe(true);
  });

  it("fails the resource, keeping it, when the time is over", async () => {
    await start({ syncMs: 3_600_000 });
    const declared = inputs({ code: "1234", waitForSync: { timeoutSeconds: 1 } });
    const failure = await acsCredential.create(client, declared, new Run()).catch((error) => error);
    expect(failure).toBeInstanceOf(PartialFailure);
    expect(failure.reasons).toEqual([
      "The lock system did not have the credential within 1 s (waitForSync).",
    ]);
    expect(failure.id).toBe(onlyId());
  });

  it("goes on with the next update, which sends nothing, until the lock system has the credential", async () => {
    await start({ syncMs: 3_600_000 });
    const declared = inputs({ code: "1234", waitForSync: { timeoutSeconds: 1 } });
    const { id, outputs } = await acsCredential.create(client, declared, new Run()).catch((error) => error);
    expect(acsCredential.diff(outputs, declared)).toMatchObject({ changed: true, replaces: [] });
    const again = acsCredential.update(client, id, outputs, declared, new Run());
    await expect(again).rejects.toThrow("did not have the credential within 1 s");
    seam.clock.advance({ hours: 1 });
    const updated = await acsCredential.update(client, id, outputs, declared, new Run());
    expect(acsCredential.diff(updated, declared)).toMatchObject({ changed: false });
    expect(seam.requests.count("/acs/credentials/update")).toBe(0);
  });

  it("is off when left out, and no reason to send anything when it changes", async () => {
    await start({ syncMs: 3_600_000 });
    const { id, outputs } = await acsCredential.create(client, inputs({ code: "1234" }), new Run());
    expect(outputs["isLatestDesiredStateSyncedWithProvider"]).toBe(false);
    const news = inputs({ code: "1234", waitForSync: { timeoutSeconds: 1 } });
    expect(acsCredential.diff(outputs, news)).toMatchObject({ changed: true, replaces: [] });
    await acsCredential.update(client, id, outputs, news, new Run()).catch(() => undefined);
    expect(seam.requests.count("/acs/credentials/update")).toBe(0);
  });
});

describe("a deletion", () => {
  it("that Seam still works on counts as gone on refresh", async () => {
    await start({ deletionMs: 3_600_000 });
    const { id, outputs } = await acsCredential.create(client, inputs({ code: "1234" }), new Run());
    await acsCredential.remove(client, id, outputs, { run: new Run(), awaitGone: false });
    expect(seam.credentials()[0]?.warnings).toMatchObject([{ warning_code: "being_deleted" }]);
    expect(await acsCredential.read(client, id, outputs, new Run())).toBeUndefined();
  });

  it("is awaited where the replacement needs the place", async () => {
    await start({ deletionMs: 900 });
    const { id, outputs } = await acsCredential.create(client, inputs({ code: "1234" }), new Run());
    await acsCredential.remove(client, id, outputs, { run: new Run(), awaitGone: true });
    expect(seam.credentials()).toEqual([]);
  });

  it("succeeds after the user was deleted with all credentials", async () => {
    await start();
    const { id, outputs } = await acsCredential.create(client, inputs({ code: "1234" }), new Run());
    seam.edit.deleteAcsUser(String(seam.ids.acsUsers["salto-ks/ada"]));
    await acsCredential.remove(client, id, outputs, { run: new Run(), awaitGone: true });
    expect(await acsCredential.read(client, id, outputs, new Run())).toBeUndefined();
  });

  it.each([
    ["a bare 404", { status: 404, body: "404" }],
    ["an HTML page", { status: 404, body: "<html>not found</html>" }],
    ["401", { status: 401, body: { error: { type: "unauthorized", message: "No." }, ok: false } }],
    [
      "a 404 of another meaning",
      { status: 404, body: { error: { type: "workspace_suspended", message: "No." }, ok: false } },
    ],
  ])("is never concluded from %s", async (_, answer) => {
    await start();
    const { id, outputs } = await acsCredential.create(client, inputs({ code: "1234" }), new Run());
    seam.faults.add({ fault: "answer", route: GET, ...answer });
    await expect(acsCredential.read(client, id, outputs, new Run())).rejects.toThrow(
      /Cannot read acs_credential/,
    );
  });
});

describe("a credential whose access ended as declared", () => {
  const PAST = "2026-01-01T00:00:00.000Z";

  it.each(["still listed by Seam", "removed by the lock system"])(
    "is no drift and can be destroyed: %s",
    async (how) => {
      await start();
      const { id } = await acsCredential.create(client, inputs({ code: "1234" }), new Run());
      const outputs = (await acsCredential.update(
        client,
        id,
        {},
        inputs({ code: "1234" }),
        new Run(),
      )) as Record<string, unknown>;
      // Years later.
      const state = { ...outputs, endsAt: PAST, __declared: "acsUserId code endsAt" };
      seam.edit.acsCredential(id, { ends_at: PAST });
      if (how.startsWith("removed")) seam.edit.deleteAcsCredential(id);
      const observed = await acsCredential.read(client, id, state, new Run());
      expect(observed?.inputs).toEqual(inputs({ code: "1234", endsAt: PAST }));
      expect(
        acsCredential.diff(observed?.outputs ?? {}, inputs({ code: "1234", endsAt: PAST })),
      ).toMatchObject({ changed: false });
      await acsCredential.remove(client, id, observed?.outputs ?? {}, { run: new Run(), awaitGone: false });
      expect(seam.credentials()).toEqual([]);
    },
  );

  it("is made anew when its end is moved after the lock system removed it", async () => {
    await start();
    const { id, outputs } = await acsCredential.create(client, inputs({ code: "1234" }), new Run());
    seam.edit.deleteAcsCredential(id);
    const observed = await acsCredential.read(
      client,
      id,
      {
        ...outputs,
        endsAt: PAST,
        __declared: "acsUserId code endsAt",
      },
      new Run(),
    );
    const news = inputs({ code: "1234", endsAt: "2036-01-01T00:00:00.000Z" });
    expect(acsCredential.diff(observed?.outputs ?? {}, news)).toMatchObject({ replaces: ["endsAt"] });
  });
});
