import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { type Delays, startEmulator } from "../../emulator";
import { UNKNOWN } from "../../provider/values/unknown";
import { initFailed, secret, struct } from "./plugin-client";
import { PluginProcess } from "./plugin-process";

const TEN_YEARS = "2036-01-01T00:00:00.000Z";

const start = (delays: Partial<Delays>) => startEmulator({ delays });
let seam: Awaited<ReturnType<typeof start>>;
let plugin: PluginProcess;

const started = (name: string, config = {}) =>
  PluginProcess.start(name, { apiKey: secret(seam.apiKey), endpoint: seam.url, ...config });

beforeAll(async () => {
  seam = await start({ syncMs: 3_600_000 });
  plugin = await started("AcsCredential");
});
afterAll(async () => {
  await plugin?.stop();
  await seam?.close();
});

const pinFor = (more: Record<string, unknown> = {}) => ({
  accessMethod: "code",
  acsUserId: seam.ids.acsUsers["salto-ks/ada"],
  ...more,
});

describe("the plugin", () => {
  it("takes secrets, tells its version, and serves the schema of that version", async () => {
    const handshake = await plugin.call<messages.ProviderHandshakeResponse>(
      "handshake",
      new messages.ProviderHandshakeRequest(),
    );
    expect(handshake.getAcceptSecrets()).toBe(true);
    const reply = await plugin.call<messages.GetSchemaResponse>("getSchema", new messages.GetSchemaRequest());
    const { version } = require("../../package.json");
    expect(JSON.parse(reply.getSchema())).toMatchObject({ name: "seam", version });
  });

  it("answers look-ups, and says why one finds nothing", async () => {
    const acsSystemId = seam.ids.acsSystems["salto-ks"];
    const { result } = await plugin.invoke("getAcsSystem", { acsSystemId });
    const { name } = result;
    expect((await plugin.invoke("getAcsSystem", { name })).result).toEqual(result);
    const doors = await plugin.invoke("getAcsEntrances", { acsSystemId });
    expect(doors.result).toEqual({
      acsEntrances: expect.arrayContaining([expect.objectContaining({ acsSystemId })]),
    });
    const { failures } = await plugin.invoke("getAcsSystem", { name: "Nowhere" });
    expect(failures).toEqual([{ property: "", reason: expect.stringContaining("Nowhere") }]);
    await expect(plugin.invoke("getAcsSytem", {})).rejects.toThrow("Did you mean getAcsSystem?");
  });

  it("answers a look-up only once it knows what for, and takes no other types than texts", async () => {
    const later = await plugin.invoke("getAcsEntrances", { acsSystemId: UNKNOWN });
    expect(later).toEqual({ result: { acsEntrances: UNKNOWN }, failures: [] });
    const acsSystemId = seam.ids.acsSystems["visionline"];
    const { failures } = await plugin.invoke("getAcsEntrance", { acsSystemId, displayName: 101 });
    expect(failures).toEqual([
      {
        property: "",
        reason: "Cannot look up acs_entrance: displayName is not a text. Write it in quotation marks.",
      },
    ]);
  });

  it("shows nothing of a secret for which it has found nothing", async () => {
    const answer = plugin.invoke("getUserIdentity", { emailAddress: secret("canary@example.com") });
    expect(JSON.stringify(await answer)).not.toContain("canary");
  });
});

describe("the plugin's process", () => {
  it("ends by itself soon after its engine has vanished", async () => {
    const left = await started("AcsCredential");
    try {
      await left.killEngine();
      await left.ended();
    } finally {
      await left.stop();
    }
  });
});

describe("the account of a provider", () => {
  const checkConfig = async (config: Record<string, unknown>, asked = plugin, name = "default_0_1_0") => {
    const request = new messages.CheckRequest();
    request.setUrn(`urn:pulumi:dev::doors::pulumi:providers:seam::${name}`);
    request.setNews(struct(config));
    const reply = await asked.call<messages.CheckResponse>("checkConfig", request);
    return {
      inputs: reply.getInputs()?.toJavaScript(),
      failures: reply.getFailuresList().map((failure) => failure.getProperty() + failure.getReason()),
    };
  };

  it("keeps its key as a secret, however it was given", async () => {
    const { inputs, failures } = await checkConfig({ apiKey: seam.apiKey, endpoint: seam.url });
    expect({ inputs, failures }).toEqual({
      inputs: { apiKey: secret(seam.apiKey), endpoint: seam.url },
      failures: [],
    });
  });

  it("is refused with every mistake at once, without the values", async () => {
    const { failures } = await checkConfig({
      apiKey: "canary-key",
      personalAccessToken: "canary-token",
      endpoint: "http://canary.example.com",
    });
    expect(failures).toHaveLength(2);
    expect(failures.join()).not.toContain("canary");
    expect((await checkConfig({ apiKey: true })).failures).toEqual([
      "seam:apiKey is not a text. Write it in quotation marks.",
    ]);
  });

  it("is told from that of the stack config", async () => {
    const both = { apiKey: seam.apiKey, personalAccessToken: "seam_at1", workspaceId: seam.workspaceId };
    const ofStack = await checkConfig(both);
    expect(ofStack.failures.join()).toContain("Both stack config seam:apiKey and");
    const ofAnnex = await checkConfig(both, plugin, "annex");
    expect(ofAnnex.failures.join()).toContain(
      "Both apiKey of the explicit provider and personalAccessToken of the explicit provider are set.",
    );
  });

  it("may not be known yet in a preview, and a mistyped setting is a warning", async () => {
    expect((await checkConfig({ apiKey: UNKNOWN, apikey: "x" })).failures).toEqual([]);
    await eventually(() => expect(plugin.output()).toContain("Did you mean seam:apiKey?"));
  });

  it("is where the stack config says, unless it says otherwise itself", async () => {
    const PULUMI_CONFIG = JSON.stringify({ endpoint: seam.url, apiKey: "seam_of_another" });
    const annex = await PluginProcess.start("AcsCredential", {}, { PULUMI_CONFIG });
    try {
      const { inputs } = await checkConfig({ apiKey: seam.apiKey }, annex);
      expect(inputs).toEqual({ apiKey: secret(seam.apiKey), endpoint: seam.url });
      const own = { apiKey: seam.apiKey, endpoint: "https://seam.example.com" };
      expect((await checkConfig(own, annex)).inputs).toMatchObject({ endpoint: own.endpoint });
    } finally {
      await annex.stop();
    }
  });

  it("may change: nothing is replaced, since each object is refused to a strange key", async () => {
    const request = new messages.DiffRequest();
    request.setOldInputs(struct({ apiKey: "seam_test1", endpoint: seam.url }));
    request.setNews(struct({ apiKey: "seam_test2", endpoint: seam.url }));
    const reply = await plugin.call<messages.DiffResponse>("diffConfig", request);
    expect(reply.getDiffsList()).toEqual(["apiKey"]);
    expect(reply.getReplacesList()).toEqual([]);
  });

  it("is what a look-up and a check say is missing", async () => {
    const none = await PluginProcess.start("AcsCredential", {});
    try {
      const { failures } = await none.invoke("getAcsSystem", { name: "x" });
      expect(failures[0]?.reason).toContain("No Seam account is set.");
      const checked = await none.check({}, pinFor());
      expect(checked.failures[0]?.reason).toContain("No Seam account is set.");
    } finally {
      await none.stop();
    }
  });
});

describe("a preview", () => {
  it("knows what the program says of a new resource, and nothing that Seam fills in", async () => {
    seam.requests.clear();
    const { id, properties } = await plugin.create(pinFor({ endsAt: TEN_YEARS }), { preview: true });
    expect(id).toBe("");
    expect(properties).toMatchObject({
      ...pinFor({ endsAt: TEN_YEARS }),
      acsCredentialId: UNKNOWN,
      code: UNKNOWN,
      errors: UNKNOWN,
      workspaceId: UNKNOWN,
    });
    // Nobody but the program gives it doors.
    expect(properties).not.toHaveProperty("allowedAcsEntranceIds");
    expect(seam.requests.count()).toBe(0);
  });

  it("keeps the ids of what is updated in place, so that nothing that hangs on it moves", async () => {
    const { id, properties } = await plugin.create(pinFor({ code: "1111" }));
    const news = pinFor({ code: "2222" });
    const preview = await plugin.update(id, properties, news, { preview: true });
    const { acsCredentialId, acsSystemId, createdAt, workspaceId } = properties;
    expect(preview).toMatchObject({ ...news, acsCredentialId, acsSystemId, createdAt, workspaceId });
    expect(preview["isLatestDesiredStateSyncedWithProvider"]).toBe(UNKNOWN);
  });

  it("takes values of any type that are not known yet", async () => {
    const unknownList = "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2";
    const unknownFlag = "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7";
    const inputs = pinFor({ allowedAcsEntranceIds: unknownList, isMultiPhoneSyncCredential: unknownFlag });
    expect((await plugin.check({}, inputs)).failures).toEqual([]);
  });

  it("shows each property that differs, and which of them replace", async () => {
    const inputs = pinFor({ code: "3333", endsAt: TEN_YEARS });
    const { id, properties } = await plugin.create(inputs);
    const sameMoment = pinFor({ code: "3333", endsAt: "2036-01-01T01:00:00.000+01:00" });
    expect(await plugin.diff(id, properties, sameMoment)).toMatchObject({ changes: "none", details: {} });
    const startsAt = "2030-01-01T00:00:00.000Z";
    expect(await plugin.diff(id, properties, pinFor({ code: "4444", startsAt }))).toEqual({
      changes: "some",
      replaces: ["startsAt", "endsAt"],
      deleteBeforeReplace: false,
      details: { code: "update", startsAt: "add-replace", endsAt: "delete-replace" },
    });
  });
});

describe("a secret", () => {
  it("is one on the wire: a PIN by itself, and whatever the program marks", async () => {
    const endsAt = secret(TEN_YEARS);
    const request = new messages.CheckRequest();
    request.setType("seam:index:AcsCredential");
    request.setNews(struct(pinFor({ code: "1234", endsAt })));
    const checked = await plugin.call<messages.CheckResponse>("check", request);
    const marks = { code: secret("1234"), endsAt };
    expect(checked.getInputs()?.toJavaScript()).toEqual(pinFor(marks));
    expect(await plugin.createMarked(pinFor(marks))).toMatchObject(pinFor(marks));
  });

  it("is one wherever else Seam shows it, as long as the program marks it", async () => {
    const users = await started("AcsUser");
    try {
      const inputs = { acsSystemId: seam.ids.acsSystems["salto-ks"], fullName: secret("Canary Example") };
      const marked = await users.createMarked(inputs);
      expect(marked).toMatchObject({
        fullName: secret("Canary Example"),
        displayName: secret("Canary Example"),
      });
      const id = String(marked["acsUserId"]);
      expect(await users.readMarked(id, marked, inputs)).toMatchObject({
        displayName: secret("Canary Example"),
      });
      const shown = await users.updateMarked(id, marked, { ...inputs, fullName: "Known Example" });
      expect(shown).toMatchObject({ fullName: "Known Example", displayName: "Known Example" });
    } finally {
      await users.stop();
    }
  });

  it("is one among the inputs that a refresh has found, and in all that a look-up by it has found", async () => {
    const inputs = pinFor({ endsAt: secret(TEN_YEARS) });
    const marked = await plugin.createMarked(inputs);
    const reading = new messages.ReadRequest();
    // An older engine tells the type in the URN alone.
    reading.setUrn("urn:pulumi:dev::test::acme:index:Team$seam:index:AcsCredential::one");
    reading.setId(String(marked["acsCredentialId"]));
    reading.setInputs(struct(inputs));
    reading.setProperties(struct(marked));
    const read = await plugin.call<messages.ReadResponse>("read", reading);
    expect(read.getInputs()?.toJavaScript()).toMatchObject({ endsAt: secret(TEN_YEARS) });
    const asking = new messages.InvokeRequest();
    asking.setTok("seam:index:getAcsSystem");
    asking.setArgs(struct({ acsSystemId: secret(seam.ids.acsSystems["salto-ks"]) }));
    const asked = await plugin.call<messages.InvokeResponse>("invoke", asking);
    const { acsSystemId, ...found } = (asked.getReturn()?.toJavaScript() ?? {}) as Record<string, unknown>;
    expect(acsSystemId).toEqual(secret(seam.ids.acsSystems["salto-ks"]));
    for (const value of Object.values(found)) expect(value).toEqual(secret(expect.anything()));
  });

  it("is one inside a longer text, too, and in no reason why a resource is kept as failed", async () => {
    const users = await started("AcsUser");
    try {
      const inputs = { acsSystemId: seam.ids.acsSystems["salto-ks"], fullName: secret("Canary Example") };
      const marked = await users.createMarked(inputs);
      const id = String(marked["acsUserId"]);
      const errors = [
        { error_code: "failed_to_create_on_acs_system", message: "No room for Canary Example" },
      ];
      seam.edit.acsUser(id, { errors } as never);
      const found = await users.readMarked(id, marked, inputs);
      expect(found).toMatchObject({ errors: secret(expect.anything()), warnings: [] });
      const news = { ...inputs, emailAddress: "canary@example.com" };
      const failure = await users.update(id, marked, news).catch((error) => error);
      expect(initFailed(failure).reasons).toEqual([expect.stringContaining("No room for [secret]")]);
      expect(failure.details).not.toContain("Canary Example");
    } finally {
      await users.stop();
    }
  });

  it("is the PIN in a list that is marked as a whole, and no word beside it", async () => {
    const grants = await started("AccessGrant");
    try {
      const inputs = {
        name: "Visitor code for the door",
        userIdentityId: seam.ids.userIdentities.ada,
        requestedAccessMethods: secret([{ mode: "code", code: "4711" }]),
        acsEntranceIds: [seam.ids.acsEntrances["salto-ks/front-door"]],
      };
      expect(await grants.createMarked(inputs)).toMatchObject({ name: inputs.name, errors: [] });
      const body = { error: { type: "invalid_input", message: "This door takes no code 4711" } };
      seam.faults.add({ fault: "answer", status: 400, body, route: "/access_grants/create", times: 1 });
      await expect(grants.create(inputs)).rejects.toThrow("This door takes no code [secret]");
    } finally {
      await grants.stop();
    }
  });

  it("is in no message, even where a message would show the value", async () => {
    const wrong = pinFor({
      acsUserId: secret("canary-4711"),
      startsAt: secret("canary-4712"),
      cod: "canary",
    });
    const { failures } = await plugin.check({}, wrong);
    expect(failures).toHaveLength(3);
    expect(JSON.stringify(failures)).not.toContain("canary");
    await expect(plugin.create(pinFor({ acsUserId: secret("canary-4713") }))).rejects.toThrow(
      /^(?!.*canary)/,
    );
  });
});

describe("half a character", () => {
  it("is in no message: gRPC would end the process, and the engine refuse it", async () => {
    const { failures } = await plugin.check(
      {},
      pinFor({ accessMethod: `${"x".repeat(75)}\u{1f511}${"x".repeat(9)}` }),
    );
    expect(failures[0]?.reason).toContain("is not a known access method");
    expect(failures[0]?.reason.isWellFormed()).toBe(true);
    const message = "\u{1f511}".slice(0, 1);
    const body = { error: { type: "invalid_input", message } };
    seam.faults.add({ fault: "answer", status: 400, body, route: "/acs/credentials/create", times: 1 });
    await expect(plugin.create(pinFor({ code: "1239" }))).rejects.toThrow("Cannot create acs_credential");
    const { properties } = await plugin.create(pinFor({ code: "1240" }));
    const id = String(properties["acsCredentialId"]);
    seam.edit.acsCredential(id, { warnings: [{ warning_code: "x", message }] } as never);
    expect((await plugin.read(id, properties)).properties["warnings"]).toEqual([
      expect.objectContaining({ message: "\ufffd" }),
    ]);
  });
});

describe("an object that Seam has already", () => {
  it("is imported by its id alone, with inputs that change nothing", async () => {
    const office = seam.ids.acsEntrances["visionline/lobby"];
    const acsUserId = seam.ids.acsUsers["visionline/ada"];
    const before = await plugin.create({
      accessMethod: "card",
      acsUserId,
      allowedAcsEntranceIds: [office],
      endsAt: TEN_YEARS,
      visionlineMetadata: { cardFormat: "rfid48" },
    });
    const importer = await plugin.nextCommand();
    plugin = importer;
    const { inputs = {}, properties } = await importer.read(before.id, {});
    expect(inputs).toMatchObject({
      accessMethod: "card",
      acsUserId,
      allowedAcsEntranceIds: [office],
      endsAt: TEN_YEARS,
    });
    expect(await importer.check(inputs, inputs)).toEqual({ inputs, failures: [] });
    expect(await importer.diff(before.id, properties, inputs)).toMatchObject({ changes: "none" });
  });

  it("belongs to a program that declares only part of it, as if it had been made so", async () => {
    const declared = pinFor({ endsAt: TEN_YEARS, startsAt: "2030-01-01T00:00:00.000Z", code: "7777" });
    const { id } = await plugin.create(declared);
    plugin = await plugin.nextCommand();
    const { properties } = await plugin.read(id, {});
    const news = pinFor();
    // The state has to learn which of them are declared; nothing is sent, and nothing replaced.
    expect(await plugin.diff(id, properties, news)).toMatchObject({ changes: "some", replaces: [] });
    seam.requests.clear();
    const updated = await plugin.update(id, properties, news);
    expect(seam.requests.count("/acs/credentials/update")).toBe(0);
    plugin = await plugin.nextCommand();
    expect(await plugin.diff(id, updated, news)).toMatchObject({ changes: "none" });
    expect(updated).toMatchObject({ code: "7777", endsAt: TEN_YEARS });
  });

  it("loses nothing of what declares it where the program also reads it, by the class's `get`", async () => {
    const { id, properties } = await plugin.create(pinFor({ code: "7778", endsAt: TEN_YEARS }));
    await plugin.read(id, {}, {}, "got");
    const { replaces } = await plugin.diff(id, properties, pinFor({ code: "7778" }));
    expect(replaces).toEqual(["endsAt"]);
  });

  it("is imported under its present id, where it is a person whom Seam has merged into another one", async () => {
    const people = await started("UserIdentity");
    try {
      const [former, present] = [
        await people.create({ fullName: "Ada Example" }),
        await people.create({ fullName: "Ada L. Example" }),
      ];
      await fetch(`${seam.url}/user_identities/merge`, {
        method: "POST",
        headers: { authorization: `Bearer ${seam.apiKey}`, "content-type": "application/json" },
        body: JSON.stringify({ user_identity_id: present.id, merged_user_identity_ids: [former.id] }),
      });
      expect(await people.read(former.id, {})).toMatchObject({
        id: present.id,
        properties: { userIdentityId: present.id },
      });
    } finally {
      await people.stop();
    }
  });

  it("is as good as gone while Seam deletes it", async () => {
    const { id } = await plugin.create(pinFor({ code: "7779" }));
    seam.edit.acsCredential(id, { warnings: [{ warning_code: "being_deleted", message: "" }] } as never);
    expect((await plugin.read(id, {})).id).toBe("");
  });

  it("stays out of the state where another workspace is set than that of the key", async () => {
    const { id } = await plugin.create(pinFor({ code: "1242" }));
    const elsewhere = await started("AcsCredential", { workspaceId: "00000000-0000-4000-8000-000000000000" });
    try {
      await expect(elsewhere.read(id, {})).rejects.toThrow("seam:workspaceId asks for workspace 00000000");
    } finally {
      await elsewhere.stop();
    }
  });

  it("is said to be missing where there is none", async () => {
    await expect(plugin.read("6fb2ef38-19c2-4d0c-9d3d-0dd80f4a1f0a", {})).rejects.toThrow(/Cannot read /);
  });
});

describe("the time that an operation may take", () => {
  it("ends a wait for the lock system; the resource is kept, as failed", async () => {
    const failure = await plugin
      .create(pinFor({ code: "1235", waitForSync: true }), { timeoutSeconds: 1 })
      .catch((error) => error);
    const { id, properties, reasons } = initFailed(failure);
    expect(properties).toMatchObject({ acsCredentialId: id, code: "1235" });
    expect(String(reasons)).toContain("customTimeouts");
  });

  it("ends a wait for Seam, too", async () => {
    seam.faults.add({ fault: "rate-limited", route: "/acs/credentials/create", times: 100 });
    const late = plugin.create(pinFor({ code: "1236" }), { timeoutSeconds: 2 });
    await expect(late).rejects.toThrow(/Cannot create acs_credential/);
    seam.faults.clear();
  });
});

describe("a cancelled run", () => {
  it("ends what it waits for, keeps what Seam has made, and begins nothing new", async () => {
    const cancelled = await started("AcsCredential");
    try {
      seam.requests.clear();
      const creating = cancelled.create(pinFor({ code: "1237", waitForSync: true })).catch((error) => error);
      await eventually(() => expect(seam.requests.count("/acs/credentials/get")).toBeGreaterThan(0));
      await cancelled.cancel();
      const { properties, reasons } = initFailed(await creating);
      expect(properties).toMatchObject({ code: "1237" });
      expect(String(reasons)).toContain("The run was cancelled");
      await expect(cancelled.create(pinFor({ code: "1238" }))).rejects.toThrow("The run was cancelled");
      expect(seam.requests.count("/acs/credentials/create")).toBe(1);
    } finally {
      await cancelled.stop();
    }
  });

  it("ends what a look-up waits for", async () => {
    const cancelled = await started("AcsCredential");
    seam.faults.add({ fault: "rate-limited", route: "/acs/systems/list", times: 1_000 });
    try {
      seam.requests.clear();
      const asking = cancelled.invoke("getAcsSystem", { name: "x" });
      await eventually(() => expect(seam.requests.count("/acs/systems/list")).toBeGreaterThan(0));
      await cancelled.cancel();
      const { failures } = await asking;
      expect(failures[0]?.reason).toMatch(/answered 429|the run was cancelled/);
    } finally {
      seam.faults.clear();
      await cancelled.stop();
    }
  });

  it("is over with the next one, where somebody has started the plugin by hand", async () => {
    const attached = await started("AcsCredential");
    try {
      await attached.cancel();
      await attached.configure({ apiKey: secret(seam.apiKey), endpoint: seam.url });
      expect((await attached.create(pinFor({ code: "1241" }))).properties).toMatchObject({ code: "1241" });
    } finally {
      await attached.stop();
    }
  });
});

async function eventually(expectation: () => void): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      return expectation();
    } catch (error) {
      if (tries >= 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
