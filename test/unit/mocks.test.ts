import * as pulumi from "@pulumi/pulumi";
import * as seam from "../../sdk";

const SYSTEM = "7113de29-6130-4153-a6ea-1b7ca0fe3198";
const calls: pulumi.runtime.MockCallArgs[] = [];
const resources: pulumi.runtime.MockResourceArgs[] = [];

/** Answers of Seam, as a unit test makes them up. */
const ANSWERS: Record<string, (inputs: Record<string, unknown>) => object> = {
  "seam:index:getAcsSystem": () => ({ acsSystemId: SYSTEM, externalType: "salto_ks_site", name: "House" }),
  "seam:index:getAcsEntrances": ({ displayNames }) => ({
    acsEntrances: (displayNames as string[]).map((name) => ({
      acsEntranceId: `id of ${name}`,
      displayName: name,
    })),
  }),
  "seam:index:getAcsAccessGroup": ({ name }) => ({ acsAccessGroupId: `id of ${name}`, name }),
  "seam:index:getUserIdentity": () => ({ userIdentityId: "ada" }),
  "seam:index:getSpace": ({ name }) => ({ spaceId: `id of ${name}`, name }),
  "seam:index:getDevice": ({ displayName }) => ({ deviceId: `id of ${displayName}` }),
};

beforeAll(() =>
  pulumi.runtime.setMocks({
    newResource: (args) => {
      resources.push(args);
      return { id: `${args.name}-id`, state: { ...args.inputs, acsUserId: `${args.name}-user` } };
    },
    call: (args) => {
      calls.push(args);
      return ANSWERS[args.token]?.(args.inputs) ?? {};
    },
  }),
);
beforeEach(() => {
  calls.length = 0;
  resources.length = 0;
});

const settled = <T>(output: pulumi.Output<T>) => new Promise<T>((resolve) => output.apply(resolve));
const inputsOf = (name: string) => resources.find((resource) => resource.name === name)?.inputs;

describe("under Pulumi's mocks", () => {
  it("a look-up is a call that the mocks answer, in both forms", async () => {
    expect((await seam.getAcsSystem({ name: "House" })).acsSystemId).toBe(SYSTEM);
    expect((await settled(seam.getSpaceOutput({ name: "Annex" }))).spaceId).toBe("id of Annex");
    expect((await seam.getDevice({ displayName: "Cabin" })).deviceId).toBe("id of Cabin");
    const doors = await seam.getAcsEntrances({ acsSystemId: SYSTEM, displayNames: ["Lobby", "Gym"] });
    expect(doors.map(({ displayName }) => displayName)).toEqual(["Lobby", "Gym"]);
    expect(calls.map(({ token }) => token)).toEqual([
      "seam:index:getAcsSystem",
      "seam:index:getSpace",
      "seam:index:getDevice",
      "seam:index:getAcsEntrances",
    ]);
    expect(calls[0]?.inputs).toEqual({ name: "House" });
  });

  it("a stay makes a guest and a grant for the doors that the mocks know", async () => {
    const stay = new seam.GuestStay("stay", {
      reservation: "1017",
      guest: { fullName: "Gus Guest" },
      acsSystemId: SYSTEM,
      doors: ["Lobby"],
      checkIn: "2030-06-19T15:00:00Z",
      checkOut: "2030-06-23T11:00:00Z",
    });
    await settled(stay.accessGrant.urn);
    expect(inputsOf("stay-access")).toMatchObject({
      acsEntranceIds: ["id of Lobby"],
      accessGrantKey: "1017",
    });
  });

  it("a roster gives everybody what the mocks know", async () => {
    const staff = new seam.StaffAccess("staff", {
      acsSystemId: SYSTEM,
      roster: {
        groups: { desk: { accessGroups: ["Staff"] } },
        people: [{ key: "ada", name: "Ada Example", groups: ["desk"] }],
      },
    });
    const members = await settled(pulumi.output(staff.members));
    await settled(members["ada"]?.credential.urn as pulumi.Output<string>);
    expect(inputsOf("staff-ada-group-desk")).toMatchObject({ acsUserId: "staff-ada-id" });
    expect(resources.map(({ type }) => type)).toContain("pulumi-nodejs:dynamic/seam:AcsCredential");
  });
});
