import { Run } from "../../provider/lifecycle/run";
import { accessGrant } from "../../provider/resources/access-grant";
import { post } from "../emulator/api";
import { count, create, emulator, grant, methods, seam, start, stop } from "./one-grant";

type Properties = Record<string, unknown>;

beforeEach(() => start());
afterEach(() => stop());

describe("an adopted grant", () => {
  const garage = () => emulator.ids.acsEntrances["salto-ks/garage"];
  /** The grant of the test, taken over by another resource. */
  const adopt = (change: Properties = {}) =>
    accessGrant.create(seam, { ...grant.inputs, ...change, adopt: grant.id }, new Run());
  /** A space with the garage. */
  async function annex(more: Properties = {}): Promise<string> {
    const space = { name: "Annex", acs_entrance_ids: [garage()], ...more };
    return (await post(emulator, "/spaces/create", space)).body.space.space_id;
  }

  it("is taken over as it is, and refused where it is for another door", async () => {
    await create();
    const adopted = await adopt();
    expect(adopted.id).toBe(grant.id);
    expect(adopted.outputs["accessMethods"]).toEqual(methods());
    await expect(adopt({ acsEntranceIds: [garage()] })).rejects.toThrow("acsEntranceIds: Seam holds");
    expect(count("/access_grants/create")).toBe(0);
  });

  it("is refused with a space that the program does not declare", async () => {
    await create({ spaceIds: [await annex()], acsEntranceIds: undefined });
    const frontDoor = emulator.ids.acsEntrances["salto-ks/front-door"];
    await expect(adopt({ spaceIds: undefined, acsEntranceIds: [frontDoor] })).rejects.toThrow(
      "acsEntranceIds: Seam holds",
    );
  });

  it("is taken over with doors and spaces, of which nobody can tell which doors are whose", async () => {
    await create({ spaceIds: [await annex()] });
    expect((await adopt()).id).toBe(grant.id);
  });

  it("is taken over with a space by its id, whose key the program does not say again", async () => {
    await create({ spaceIds: [await annex({ space_key: "annex" })], acsEntranceIds: undefined });
    expect((await adopt()).id).toBe(grant.id);
  });

  it("is refused with a device that the program does not declare", async () => {
    await create({
      requestedAccessMethods: [{ mode: "code" }],
      deviceIds: [emulator.ids.devices["cabin-1"]],
    });
    await expect(adopt({ deviceIds: undefined })).rejects.toThrow("deviceIds: Seam holds");
  });

  it("is refused with another PIN than the declared one, which no message shows", async () => {
    await create({ requestedAccessMethods: [{ mode: "code", code: "4711" }] });
    const adopted = (code: string) => adopt({ requestedAccessMethods: [{ mode: "code", code }] });
    const error = await adopted("9876").catch(String);
    expect(error).toContain('requestedAccessMethods: Seam holds [{"mode":"code","code":"another PIN"}]');
    expect(error).not.toContain("4711");
    expect((await adopted("4711")).id).toBe(grant.id);
  });

  it("is refused with a mobile key that may be used more often than declared", async () => {
    await create({
      requestedAccessMethods: [{ mode: "code" }, { mode: "mobile_key", instantKeyMaxUseCount: 5 }],
    });
    const adopted = (instantKeyMaxUseCount?: number) => {
      const key = { mode: "mobile_key", ...(instantKeyMaxUseCount && { instantKeyMaxUseCount }) };
      return adopt({ requestedAccessMethods: [key, { mode: "code" }] });
    };
    for (const other of [1, undefined]) {
      await expect(adopted(other)).rejects.toThrow('{"mode":"mobile_key","instantKeyMaxUseCount":5}');
    }
    expect((await adopted(5)).id).toBe(grant.id);
  });

  it("names its person by id: details of somebody new would fit anybody's grant", async () => {
    const { userIdentityId: _, ...rest } = grant.inputs;
    const news = { ...rest, userIdentity: { fullName: "Gus Guest" }, adopt: emulator.ids.userIdentities.ada };
    const told = (olds?: Properties) =>
      accessGrant.check(news, olds, new Date()).problems.map(({ text }) => text);
    expect(told()).toEqual([expect.stringContaining("does not say whose grant is to be taken over")]);
    expect(told(news)).toEqual([]);
  });
});
