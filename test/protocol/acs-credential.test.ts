import { startEmulator } from "../../emulator";
import { ProviderProcess } from "./provider-process";

const PROVIDER = 'exports.handler=()=>require("pulumi-seam/provider").AcsCredential';
const TEN_YEARS = "2036-01-01T00:00:00.000Z";

let seam: Awaited<ReturnType<typeof startDefault>>;
let provider: ProviderProcess;
const startDefault = () => startEmulator();

beforeAll(async () => {
  seam = await startDefault();
  provider = await ProviderProcess.start({ "seam:apiKey": seam.apiKey, "seam:endpoint": seam.url });
});
afterAll(async () => {
  await provider?.stop();
  await seam?.close();
});

const pinFor = (more: Record<string, unknown> = {}) => ({
  __provider: PROVIDER,
  accessMethod: "code",
  acsUserId: seam.ids.acsUsers["salto-ks/ada"],
  ...more,
});

describe("AcsCredential in the provider process", () => {
  it("creates, reads back unchanged, updates, deletes, and deletes again", async () => {
    const inputs = pinFor({ code: "1234", endsAt: TEN_YEARS });
    const created = await provider.create(inputs);
    expect(created.properties).toMatchObject({
      ...inputs,
      acsCredentialId: created.id,
      errors: [],
      warnings: [],
    });

    const read = await provider.read(created.id, created.properties);
    expect(read.inputs).toEqual(inputs);
    expect(read.properties).toEqual(created.properties);

    const news = { ...inputs, code: "5678", endsAt: "2037-01-01T00:00:00.000Z" };
    expect(await provider.diff(created.id, created.properties, news)).toMatchObject({
      changes: "unknown",
      replaces: [],
    });
    const updated = await provider.update(created.id, created.properties, news);
    expect(updated).toMatchObject(news);

    provider = await provider.nextCommand();
    await provider.delete(created.id, updated);
    expect(await provider.read(created.id, updated)).toMatchObject({ id: "" });
    await provider.delete(created.id, updated);
  });

  it("lives on when Seam's words end in half a character", async () => {
    const body = { error: { type: "invalid_input", message: "\ud83d" } };
    seam.faults.add({ fault: "answer", status: 400, body, route: "/acs/credentials/create", times: 1 });
    await expect(provider.create(pinFor({ code: "2468" }))).rejects.toThrow("Cannot create acs_credential");
    await provider.create(pinFor({ code: "2468" }));
  });

  it("reads many from a list, with the same result as one by one, and tells drift and what is gone", async () => {
    const owner = { acsUserId: seam.ids.acsUsers["brivo/ada"] };
    const created = await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        provider.create(pinFor({ ...owner, code: `10${10 + index}` })),
      ),
    );
    const [gone, drifted] = [created[10]?.id ?? "", created[20]?.id ?? ""];
    seam.edit.deleteAcsCredential(gone);
    seam.edit.acsCredential(drifted, { code: "9999" });
    seam.requests.clear();
    const refresher = await ProviderProcess.start({
      "seam:apiKey": seam.apiKey,
      "seam:endpoint": seam.url,
    });
    try {
      const reads = await Promise.all(created.map(({ id, properties }) => refresher.read(id, properties)));
      for (const [index, { id, properties, inputs }] of reads.entries()) {
        const before = created[index];
        if (before?.id === gone) expect(id).toBe("");
        else if (before?.id === drifted) expect(inputs?.["code"]).toBe("9999");
        else expect({ id, properties }).toEqual(before);
      }
      // 4 reads before there were many, one page, one to be sure that it is gone, one for whose answer that was.
      expect(seam.requests.count()).toBe(7);
    } finally {
      await refresher.stop();
    }
  }, 30_000);

  it("shows drift of PIN and end in the inputs, and declared properties only", async () => {
    const inputs = pinFor({ code: "4321", endsAt: TEN_YEARS });
    const { id, properties } = await provider.create(inputs);
    seam.edit.acsCredential(id, { code: "9999", ends_at: "2035-05-05T05:05:05.000Z" });
    const read = await provider.read(id, properties);
    expect(read.inputs).toEqual({ ...inputs, code: "9999", endsAt: "2035-05-05T05:05:05.000Z" });
    await provider.delete(id, properties);
  });

  it("shows a generated PIN and never takes it for declared", async () => {
    const inputs = pinFor();
    const { id, properties } = await provider.create(inputs);
    expect(properties["code"]).toMatch(/^\d+$/);
    expect((await provider.read(id, properties)).inputs).toEqual(inputs);
    expect(await provider.diff(id, properties, inputs)).toMatchObject({ changes: "none" });
    await provider.delete(id, properties);
  });

  it("reports every problem with an empty property, so that the engine prints no value", async () => {
    const { failures } = await provider.check(
      {},
      { __provider: PROVIDER, accessMethod: "pin", code: "12ab" },
    );
    expect(failures.map(({ property }) => property)).toEqual(["", "", ""]);
    expect(failures.map(({ reason }) => reason.split(":")[0])).toEqual(["accessMethod", "code", "acsUserId"]);
  });

  it("fails to read what does not exist when nothing else is known of it", async () => {
    const id = "00000000-0000-4000-8000-000000000000";
    await expect(provider.read(id, { __provider: PROVIDER })).rejects.toThrow(/Cannot read acs_credential/);
  });

  it("says which setting is missing, in check and in create", async () => {
    const bare = await ProviderProcess.start({});
    try {
      const { failures } = await bare.check({}, pinFor());
      expect(failures).toEqual([{ property: "", reason: expect.stringContaining("seam:apiKey") }]);
      await expect(bare.create(pinFor())).rejects.toThrow(/seam:apiKey/);
    } finally {
      await bare.stop();
    }
  });

  it("carries Seam's refusal to the user in whole sentences, without the PIN", async () => {
    const inputs = pinFor({ acsUserId: "00000000-0000-4000-8000-000000000000", code: "86420" });
    const error = await provider.create(inputs).catch((reason: Error) => reason);
    expect(String(error)).toMatch(
      /Cannot create acs_credential: POST \/acs\/credentials\/create answered 4\d\d \w+ ".*" \(request .+\)\. [A-Z].+\./,
    );
    expect(String(error)).not.toContain("86420");
  });
});
