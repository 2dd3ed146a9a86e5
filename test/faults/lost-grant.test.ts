import { setTimeout as sleep } from "node:timers/promises";
import { type DefaultKeys, type Emulator, startEmulator } from "../../emulator";
import { createClient, type SeamClient } from "../../provider/http/client";
import { Run } from "../../provider/lifecycle/run";
import { accessGrant } from "../../provider/resources/access-grant";

/** Whoever else makes grants for the same guest at the same time: the front desk, another stack. */
describe("the create of a grant without a key whose answer is lost", () => {
  let emulator: Emulator<DefaultKeys>;
  let seam: SeamClient;
  let patient: SeamClient;

  beforeEach(async () => {
    emulator = await startEmulator();
    const account = { endpoint: emulator.url, token: emulator.apiKey };
    seam = createClient(account, { tryTimeoutMs: 1_000, deadlineMs: 20_000 });
    patient = createClient(account);
  });
  afterEach(async () => {
    await seam.close();
    await patient.close();
    await emulator.close();
  });

  const door = (name: "front-door" | "garage") => emulator.ids.acsEntrances[`salto-ks/${name}`];
  const inputs = () => ({
    userIdentityId: emulator.ids.userIdentities.ada,
    requestedAccessMethods: [{ mode: "code" }],
    acsEntranceIds: [door("front-door")],
    startsAt: "2030-01-01T00:00:00.000Z",
    endsAt: "2036-01-01T00:00:00.000Z",
  });

  const newSpace = async () => {
    const body = { name: "Annex", acs_entrance_ids: [door("garage")] };
    const request = { path: "/spaces/create", body, effect: "create", action: "make a space" } as const;
    return ((await patient.call(request)).json["space"] as { space_id: string }).space_id;
  };

  it.each([
    ["another door", () => ({ acsEntranceIds: [door("garage")] })],
    ["one door more", () => ({ acsEntranceIds: [door("front-door"), door("garage")] })],
    ["another way in", () => ({ requestedAccessMethods: [{ mode: "mobile_key" }] })],
    ["a space besides", async () => ({ spaceIds: [await newSpace()] })],
  ])(
    "takes no grant for its own that is for %s",
    async (_, other) => {
      emulator.faults.add({ route: "/access_grants/create", fault: "timeout-before-work", call: 1 });
      const creating = accessGrant.create(seam, inputs(), new Run());
      await sleep(300);
      const elsewhere = await accessGrant.create(patient, { ...inputs(), ...(await other()) }, new Run());
      const { id, outputs } = await creating;
      expect(id).not.toBe(elsewhere.id);
      expect(outputs["acsEntranceIds"]).toEqual([door("front-door")]);
    },
    20_000,
  );

  const forSomebodyNew = (person: object) => {
    const { userIdentityId: _, ...rest } = inputs();
    return { ...rest, userIdentity: person };
  };

  it("takes no grant for its own that is for somebody else, where the program gives the details of a new person", async () => {
    emulator.faults.add({ route: "/access_grants/create", fault: "timeout-before-work", call: 1 });
    const creating = accessGrant.create(seam, forSomebodyNew({ fullName: "Gus Guest" }), new Run());
    await sleep(300);
    const elsewhere = await accessGrant.create(patient, forSomebodyNew({ fullName: "Gia Guest" }), new Run());
    const { id, outputs } = await creating;
    expect(id).not.toBe(elsewhere.id);
    expect(outputs["userIdentityId"]).not.toBe(elsewhere.outputs["userIdentityId"]);
  }, 20_000);

  it("finds its own by the details of its person", async () => {
    emulator.faults.add({ route: "/access_grants/create", fault: "timeout-after-work", call: 1 });
    const person = { fullName: " Gus Guest", emailAddress: "Gus@example.com", phoneNumber: "+15555550177" };
    const creating = accessGrant.create(seam, forSomebodyNew(person), new Run());
    await sleep(300);
    await accessGrant.create(patient, forSomebodyNew({ fullName: "Gia Guest" }), new Run());
    await creating;
    expect(emulator.requests.count("/access_grants/create")).toBe(2);
  }, 20_000);

  it("finds its own among them", async () => {
    emulator.faults.add({ route: "/access_grants/create", fault: "timeout-after-work", call: 1 });
    const creating = accessGrant.create(seam, inputs(), new Run());
    await sleep(300);
    await accessGrant.create(patient, { ...inputs(), acsEntranceIds: [door("garage")] }, new Run());
    await creating;
    expect(emulator.requests.count("/access_grants/create")).toBe(2);
  }, 20_000);
});
