import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import * as seam from "../../sdk";
import {
  assertChanges,
  type DefaultKeys,
  type Emulator,
  startEmulator,
  type TestStack,
  withStack,
} from "../../sdk/testing";

/** Stands for another package's resource. */
class Elsewhere extends pulumi.ComponentResource {
  constructor(name: string, args: { value: pulumi.Input<string> }) {
    super("test:index:Elsewhere", name, args);
    this.registerOutputs();
  }
}

/** Whatever hangs on a look-up is not registered when that fails, and an inline program ends before its errors count. */
describe("a look-up that fails in an inline program", () => {
  let emulator: Emulator<DefaultKeys>;
  let acsSystemId: string;
  let names: { group: string; door: string };

  beforeEach(async () => {
    emulator = await startEmulator();
    acsSystemId = emulator.ids.acsSystems["salto-ks"];
    names = { group: "Staff", door: "Front door" };
  });
  afterEach(() => emulator.close());

  const groupsOf = async (stack: TestStack) => {
    const { resources } = (await stack.exportStack()).deployment as { resources: { urn: string }[] };
    return resources.map(({ urn }) => urn.split("::").at(-1)).sort();
  };
  const changes = () =>
    [...emulator.requests].map(({ path }) => path).filter((path) => !/\/(get|list|list_\w+)$/.test(path));

  it("deletes nothing, and is shown once, in an up, in a preview, and in an up that goes on after errors", async () => {
    const program = async () => {
      const group = seam.getAcsAccessGroupOutput({ name: names.group, acsSystemId });
      const doors = seam.getAcsEntrancesOutput({ acsSystemId, displayNames: [names.door] });
      new seam.AcsAccessGroupMembership("membership", {
        acsAccessGroupId: group.acsAccessGroupId,
        acsUserId: emulator.ids.acsUsers["salto-ks/ada"],
      });
      new seam.AccessGrant("grant", {
        userIdentity: { fullName: "Gus Guest" },
        requestedAccessMethods: [{ mode: "code" }],
        acsEntranceIds: doors.apply((found) => found.map(({ acsEntranceId }) => acsEntranceId)),
      });
      new seam.UserIdentity("other", { fullName: "Somebody else" });
    };
    await withStack({ emulator, program }, async (stack) => {
      await stack.up();
      const before = await groupsOf(stack);
      const right = names;
      for (const [wrong, command] of [
        [{ group: "Staf" }, () => stack.up()],
        [{ door: "Front dor" }, () => stack.up()],
        [{ group: "Staf" }, () => stack.preview()],
        [{ door: "Front dor" }, () => stack.up({ continueOnError: true })],
      ] as const) {
        names = { ...right, ...wrong };
        emulator.requests.clear();
        const error = String(await command().catch(String));
        expect(error.match(/Cannot look up acs_\w+ "(Staf|Front dor)".*Did you mean/g)).toHaveLength(1);
        expect(error).not.toMatch(/\n\s+at /);
        expect(changes()).toEqual([]);
        expect(await groupsOf(stack)).toEqual(before);
      }
      names = right;
      assertChanges(await stack.up(), {});
    });
  });

  it("stops other packages' resources, too", async () => {
    const program = async () => {
      const group = seam.getAcsAccessGroupOutput({ name: names.group, acsSystemId });
      new Elsewhere("elsewhere", { value: group.acsAccessGroupId });
    };
    names.group = "Staf";
    await withStack({ emulator, program }, async (stack) => {
      await expect(stack.up()).rejects.toThrow('Cannot look up acs_access_group "Staf"');
    });
  });

  it("keeps what a roster and a stay have given, with every wrong name in one error", async () => {
    const folder = await mkdtemp(join(tmpdir(), "pulumi-seam-lookup-"));
    const file = join(folder, "roster.yaml");
    const write = (group: string, door: string) =>
      writeFile(
        file,
        `groups:\n  desk: { accessGroups: [${group}], doors: [${door}] }\npeople:\n  - { key: ann, name: Ann Example, groups: [desk] }\n`,
      );
    await write("Staff", "Office");
    let stayDoor = "Front door";
    const program = async () => {
      new seam.StaffAccess("staff", { acsSystemId, roster: file });
      new seam.GuestStay("stay", {
        reservation: "1017",
        guest: { fullName: "Gus Guest" },
        acsSystemId,
        doors: [stayDoor],
        checkIn: "2035-06-19T15:00:00Z",
        checkOut: "2035-06-23T11:00:00Z",
      });
    };
    try {
      await withStack({ emulator, program }, async (stack) => {
        await stack.up();
        const before = await groupsOf(stack);
        await write("Staf", "Ofice");
        emulator.requests.clear();
        const error = String(await stack.up().catch(String));
        expect(error).toMatch(/The roster has 2 mistakes\. Nothing was changed\./);
        expect(error).toMatch(/roster\.yaml:2: .*"Staf"/);
        expect(error).toMatch(/roster\.yaml:2: .*"Ofice"/);
        expect(changes()).toEqual([]);

        await write("Staff", "Office");
        stayDoor = "Front dor";
        await expect(stack.up()).rejects.toThrow(/\bstay-getAcsEntrances\b.*"Front dor"/s);
        expect(changes()).toEqual([]);
        expect(await groupsOf(stack)).toEqual(before);
      });
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it("makes nobody before every name of a roster is found, so that nothing was changed indeed", async () => {
    const program = async () => {
      new seam.StaffAccess("staff", {
        acsSystemId,
        roster: {
          groups: { desk: { accessGroups: ["Staf"] } },
          people: [{ key: "ann", name: "Ann Example", groups: ["desk"] }],
        },
      });
    };
    await withStack({ emulator, program }, async (stack) => {
      await expect(stack.up()).rejects.toThrow(/Nothing was changed/);
      expect(changes()).toEqual([]);
    });
  });
});
