import { setTimeout as sleep } from "node:timers/promises";
import { type DefaultKeys, type Emulator, startEmulator } from "../../emulator";
import { createClient, type SeamClient } from "../../provider/http/client";
import { Run } from "../../provider/lifecycle/run";
import { space } from "../../provider/resources/space";
import { membersOfSpace } from "../../provider/resources/space-members";

type Properties = Record<string, unknown>;

let emulator: Emulator<DefaultKeys>;
let seam: SeamClient;
let doors: readonly [string, string, string];

beforeEach(async () => {
  emulator = await startEmulator();
  seam = createClient({ endpoint: emulator.url, token: emulator.apiKey }, { maxTries: 1 });
  const { acsEntrances } = emulator.ids;
  const [front, garage, office] = [
    acsEntrances["salto-ks/front-door"],
    acsEntrances["salto-ks/garage"],
    acsEntrances["salto-ks/office"],
  ].sort() as [string, string, string];
  doors = [front, garage, office];
});
afterEach(async () => {
  await seam.close();
  await emulator.close();
});

const create = (inputs: Properties) => space.create(seam, inputs, new Run());
const read = (id: string, outputs: Properties) => space.read(seam, id, outputs, new Run());
const ofSpace = (id: string) =>
  [...(emulator.spaces().find(({ space_id }) => space_id === id)?.acs_entrance_ids ?? [])].sort();

describe("a Space", () => {
  it("changes doors and name by one request, and takes all doors out when they are no longer declared", async () => {
    const inputs = { name: "Floor", acsEntranceIds: [doors[0]] };
    const { id, outputs } = await create(inputs);
    emulator.requests.clear();
    const more = { name: "Ground floor", acsEntranceIds: [doors[0], doors[1]] };
    const after = await space.update(seam, id, outputs, more, new Run());
    expect(emulator.requests.all({ path: "/spaces/update" }).map(({ body }) => body)).toEqual([
      { space_id: id, name: "Ground floor", acs_entrance_ids: [doors[0], doors[1]] },
    ]);
    expect(ofSpace(id)).toEqual([doors[0], doors[1]]);

    expect(space.diff(after, { name: "Ground floor" })).toMatchObject({ changed: true, replaces: [] });
    const none = await space.update(seam, id, after, { name: "Ground floor" }, new Run());
    expect(ofSpace(id)).toEqual([]);
    expect(space.diff(none, { name: "Ground floor" })).toMatchObject({ changed: false });
  });

  it("shows what was put in by hand, and takes it for a difference only where the program says what is in", async () => {
    const declared = await create({ name: "Declared", acsEntranceIds: [doors[0]] });
    const open = await create({ name: "Open" });
    for (const { id } of [declared, open])
      emulator.edit.space(id, { acs_entrance_ids: [doors[0], doors[1]] });
    const seen = await read(declared.id, declared.outputs);
    expect(seen?.inputs).toEqual({ name: "Declared", acsEntranceIds: [doors[0], doors[1]] });
    expect(space.diff(seen?.outputs ?? {}, { name: "Declared", acsEntranceIds: [doors[0]] }).changed).toBe(
      true,
    );
    const other = await read(open.id, open.outputs);
    expect(other).toMatchObject({
      inputs: { name: "Open" },
      outputs: { acsEntranceIds: [doors[0], doors[1]] },
    });
    expect(space.diff(other?.outputs ?? {}, { name: "Open" }).changed).toBe(false);
  });

  it("is read together with others in a refresh, and each shows its own doors", async () => {
    const spaces = await Promise.all(
      Array.from({ length: 30 }, (_, n) => create({ name: `Room ${n}`, acsEntranceIds: [doors[n % 2]] })),
    );
    // Doors of one are doors of the others, too; and one has been deleted in between.
    emulator.edit.space(spaces[7]?.id ?? "", { acs_entrance_ids: [...doors] });
    emulator.edit.deleteSpace(spaces[8]?.id ?? "");
    emulator.requests.clear();
    const seen = await Promise.all(spaces.map(({ id, outputs }) => read(id, outputs)));
    const expected = spaces.map((_, n) => (n === 7 ? [...doors] : [doors[n % 2]]));
    expect(seen.map((one) => one?.inputs["acsEntranceIds"])).toEqual(
      expected.map((own, n) => (n === 8 ? undefined : own)),
    );
    expect(emulator.requests.count("/spaces/get_related")).toBeLessThanOrEqual(4);
    expect(emulator.requests.count()).toBeLessThan(15);
  });

  it.each(["left-out", "not-found"] as const)(
    "is told apart from one of the same request that has just been deleted, which Seam answers as %s",
    async (missingInBatch) => {
      const other = await startEmulator({ missingInBatch });
      const client = createClient({ endpoint: other.url, token: other.apiKey }, { maxTries: 1 });
      const make = async (inputs: Properties) => (await space.create(client, inputs, new Run())).id;
      const ids = [await make({ name: "Gone" }), await make({ name: "There", acsEntranceIds: [doors[0]] })];
      other.edit.deleteSpace(ids[0] ?? "");
      other.requests.clear();
      const [gone, there] = await Promise.allSettled(ids.map((id) => membersOfSpace(client, { id })));
      expect(gone).toMatchObject({ status: "rejected" });
      expect(there).toMatchObject({ value: { acs_entrance_ids: [doors[0]], device_ids: [] } });
      expect(other.requests.all()[0]?.body).toMatchObject({ space_ids: ids });
      await client.close();
      await other.close();
    },
  );

  it("fails a refresh, and claims nothing, where Seam does not tell what is in it", async () => {
    const { id, outputs } = await create({ name: "Floor", acsEntranceIds: [doors[0]] });
    emulator.faults.add({
      fault: "answer",
      status: 200,
      body: { batch: { spaces: [{ space_id: id }] }, ok: true },
      route: "/spaces/get_related",
    });
    await expect(read(id, outputs)).rejects.toThrow("does not tell the space's doors and devices");
  });

  it("of a lost answer is told from one with other doors that somebody made at the same time", async () => {
    const hasty = createClient(
      { endpoint: emulator.url, token: emulator.apiKey },
      { tryTimeoutMs: 1_000, deadlineMs: 20_000 },
    );
    emulator.faults.add({ fault: "timeout-before-work", route: "/spaces/create", call: 1 });
    const named = { name: "Floor", acsEntranceIds: [doors[0]] };
    const creating = space.create(hasty, named, new Run());
    await sleep(300);
    const elsewhere = await create({ ...named, acsEntranceIds: [doors[1]] });
    const { id } = await creating;
    await hasty.close();
    expect(id).not.toBe(elsewhere.id);
    expect([ofSpace(id), ofSpace(elsewhere.id)]).toEqual([[doors[0]], [doors[1]]]);
  }, 20_000);

  it("is adopted as it is declared, and refused with every difference otherwise", async () => {
    const inputs = { spaceKey: "floor", name: "Floor", acsEntranceIds: [doors[0], doors[1]] };
    const { id } = await create(inputs);
    const otherwise = { spaceKey: "other", name: "Other", acsEntranceIds: [doors[0]], adopt: id };
    const error = await create(otherwise).catch(String);
    for (const property of ["spaceKey", "name", "acsEntranceIds"]) {
      expect(error).toContain(`${property}: Seam holds`);
    }
    const adopted = await create({ ...inputs, adopt: id });
    expect(adopted).toMatchObject({ id, outputs: { ...inputs, spaceId: id } });
    expect(space.diff(adopted.outputs, inputs).changed).toBe(false);
    expect(emulator.spaces()).toHaveLength(1);
  });
});
