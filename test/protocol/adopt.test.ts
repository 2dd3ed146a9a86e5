import { type DefaultKeys, type Emulator, startEmulator } from "../../emulator";
import { ProviderProcess } from "./provider-process";

const PROVIDER = { __provider: 'exports.handler=()=>require("pulumi-seam/provider").AcsCredential' };

describe("adopt", () => {
  let emulator: Emulator<DefaultKeys>;
  let provider: ProviderProcess;
  let inputs: Record<string, unknown>;
  let id: string;

  beforeEach(async () => {
    emulator = await startEmulator();
    provider = await ProviderProcess.start({ "seam:apiKey": emulator.apiKey, "seam:endpoint": emulator.url });
    inputs = {
      ...PROVIDER,
      accessMethod: "code",
      acsUserId: emulator.ids.acsUsers["latch/ada"],
      allowedAcsEntranceIds: [emulator.ids.acsEntrances["latch/front-door"]],
      endsAt: "2031-01-01T00:00:00.000Z",
    };
    ({ id } = await provider.create(inputs));
    provider = await provider.nextCommand();
    emulator.requests.clear();
  });
  afterEach(async () => {
    await provider.stop();
    await emulator.close();
  });

  it("takes over a credential that is as declared, and changes nothing in Seam", async () => {
    const adopted = await provider.create({ ...inputs, adopt: id });
    expect(adopted.id).toBe(id);
    expect(adopted.properties).toMatchObject({ acsCredentialId: id, endsAt: inputs["endsAt"] });
    expect(emulator.requests.count("/acs/credentials/create")).toBe(0);
    expect(emulator.credentials()).toHaveLength(1);
  });

  it("is no difference afterwards, changed or removed", async () => {
    const { properties } = await provider.create({ ...inputs, adopt: id });
    const other = "00000000-0000-4000-8000-000000000000";
    for (const news of [inputs, { ...inputs, adopt: other }, { ...inputs, adopt: id }]) {
      expect(await provider.diff(id, properties, news)).toMatchObject({ changes: "none" });
    }
  });

  it("refuses with all differences, without showing a PIN", async () => {
    emulator.edit.acsCredential(id, { code: "471147", ends_at: undefined });
    const declared = {
      ...inputs,
      adopt: id,
      accessMethod: "card",
      acsUserId: emulator.ids.acsUsers["latch/ben"],
      allowedAcsEntranceIds: [emulator.ids.acsEntrances["latch/apartment-1"]],
      code: "815815",
      startsAt: "2030-01-01T00:00:00.000Z",
    };
    const error = await provider.create(declared).catch(String);
    for (const property of [
      "accessMethod",
      "acsUserId",
      "allowedAcsEntranceIds",
      "code",
      "startsAt",
      "endsAt",
    ]) {
      expect(error).toContain(`${property}: Seam holds`);
    }
    expect(error).toContain(`Cannot adopt acs_credential ${id}`);
    expect(error).not.toMatch(/471147|815815/);
    expect(emulator.credentials()).toHaveLength(1);
    expect(emulator.requests.count("/acs/credentials/create")).toBe(0);
  });

  it("refuses what another resource of the program has adopted, and what is not there", async () => {
    await provider.create({ ...inputs, adopt: id });
    await expect(provider.create({ ...inputs, adopt: id })).rejects.toThrow("another resource");
    const unknown = "00000000-0000-4000-8000-000000000000";
    await expect(provider.create({ ...inputs, adopt: unknown })).rejects.toThrow("acs_credential_not_found");
  });

  it("creates a new one when the adopted one is replaced", async () => {
    const adopted = await provider.create({ ...inputs, adopt: id });
    const news = { ...inputs, adopt: id, startsAt: "2030-01-01T00:00:00.000Z" };
    await provider.check(adopted.properties, news);
    const { replaces } = await provider.diff(id, adopted.properties, news);
    expect(replaces).toEqual(["startsAt"]);
    const replacement = await provider.create(news);
    expect(replacement.id).not.toBe(id);
    expect(emulator.credentials()).toHaveLength(2);

    // `adopt` is still in the program when what took the place of the adopted one is replaced itself.
    const later = { ...news, startsAt: "2030-02-01T00:00:00.000Z" };
    await provider.check(replacement.properties, later);
    await provider.diff(replacement.id, replacement.properties, later);
    const second = await provider.create(later);
    expect([id, replacement.id]).not.toContain(second.id);
  });
});
