import { Run } from "../../provider/lifecycle/run";
import { accessGrant } from "../../provider/resources/access-grant";
import { count, create, emulator, grant, plan, refresh, seam, start, stop } from "./one-grant";

beforeEach(() => start());
afterEach(() => stop());

describe("the places of a grant", () => {
  const door = (name: "garage" | "office") => emulator.ids.acsEntrances[`salto-ks/${name}`];

  it("show a door that somebody added, and one that somebody took away", async () => {
    await create();
    const declared = grant.inputs["acsEntranceIds"] as string[];
    expect((await refresh())["acsEntranceIds"]).toEqual(declared);
    emulator.edit.accessGrant(grant.id, { acs_entrance_ids: [...declared, door("garage")] });
    expect((await refresh())["acsEntranceIds"]).toEqual([...declared, door("garage")].sort());
    expect(plan().replaces).toEqual(["acsEntranceIds"]);
    emulator.edit.accessGrant(grant.id, { acs_entrance_ids: declared });
    expect((await refresh())["acsEntranceIds"]).toEqual(declared);
    expect(plan().changed).toBe(false);
    emulator.edit.accessGrant(grant.id, { acs_entrance_ids: [door("garage")] });
    await refresh();
    expect(plan().replaces).toEqual(["acsEntranceIds"]);
  });

  it("show a door that somebody added, although it is another grant's", async () => {
    await create();
    const other = { ...grant.inputs, acsEntranceIds: [door("garage")] };
    const garage = await accessGrant.create(seam, other, new Run());
    emulator.edit.accessGrant(grant.id, {
      acs_entrance_ids: [...(grant.inputs["acsEntranceIds"] as []), door("garage")],
    });
    const [observed] = await Promise.all([
      accessGrant.read(seam, grant.id, grant.outputs, new Run()),
      accessGrant.read(seam, garage.id, garage.outputs, new Run()),
    ]);
    expect(observed?.inputs["acsEntranceIds"]).toContain(door("garage"));
  });

  it("show it of the one that has it, among grants that are declared for the same doors", async () => {
    await create();
    const other = await accessGrant.create(seam, grant.inputs, new Run());
    const declared = grant.inputs["acsEntranceIds"] as string[];
    emulator.edit.accessGrant(grant.id, { acs_entrance_ids: [...declared, door("garage")] });
    const seen = await Promise.all(
      [grant, other].map((one) => accessGrant.read(seam, one.id, one.outputs, new Run())),
    );
    expect(seen.map((observed) => observed?.inputs["acsEntranceIds"])).toEqual([
      [...declared, door("garage")].sort(),
      declared,
    ]);
  });

  it("say nothing of doors that the lock system gives to every grant by itself", async () => {
    await create();
    // As release 0.1.0 has saved it, which looked at no doors.
    const { accessMethods: _, __places, ...rest } = grant.outputs;
    grant.outputs = rest;
    emulator.edit.accessGrant(grant.id, {
      acs_entrance_ids: [...(grant.inputs["acsEntranceIds"] as []), door("office")],
    });
    expect(plan().changed).toBe(false);
    await refresh();
    expect(plan().changed).toBe(false);
    await refresh();
    expect(plan().changed).toBe(false);
  });

  it("are read for twenty grants by one request", async () => {
    const doors = [door("garage"), door("office")];
    const grants = await Promise.all(
      Array.from({ length: 40 }, (_, at) =>
        accessGrant.create(seam, { ...grant.inputs, acsEntranceIds: [doors[at % 2]] }, new Run()),
      ),
    );
    emulator.requests.clear();
    const run = new Run();
    const seen = await Promise.all(grants.map((one) => accessGrant.read(seam, one.id, one.outputs, run)));
    expect(count("/access_grants/get_related")).toBeLessThanOrEqual(4);
    seen.forEach((observed, at) => {
      expect(observed?.outputs["accessMethods"]).toEqual(grants[at]?.outputs["accessMethods"]);
      expect(observed?.inputs["acsEntranceIds"]).toEqual([doors[at % 2]]);
    });
  });
});
