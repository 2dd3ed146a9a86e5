import { type DefaultKeys, type Emulator, startEmulator } from "../../emulator";
import { type DynamicProvider, dynamicProvider } from "../../provider/engine/dynamic";
import { createClient, type SeamClient } from "../../provider/http/client";
import type { ResourceLifecycle } from "../../provider/lifecycle/lifecycle";
import { Run } from "../../provider/lifecycle/run";
import { acsUser } from "../../provider/resources/acs-user";
import { userIdentity } from "../../provider/resources/user-identity";

type Properties = Record<string, unknown>;

/** How people are there before a program takes them over, and what it says otherwise than Seam. */
interface Case {
  readonly lifecycle: ResourceLifecycle;
  readonly createRoute: string;
  inputs(emulator: Emulator<DefaultKeys>): Properties;
  otherwise(emulator: Emulator<DefaultKeys>): Properties;
  count(emulator: Emulator<DefaultKeys>): number;
}

const CASES: Case[] = [
  {
    lifecycle: acsUser,
    createRoute: "/acs/users/create",
    inputs: ({ ids }) => ({
      acsSystemId: ids.acsSystems["salto-ks"],
      fullName: "Gus Example",
      emailAddress: "gus@example.com",
      phoneNumber: "+15555550177",
      acsAccessGroupIds: [ids.acsAccessGroups["salto-ks/staff"]],
      accessSchedule: { startsAt: "2030-01-01T00:00:00.000Z", endsAt: "2036-01-01T00:00:00.000Z" },
    }),
    otherwise: ({ ids }) => ({
      acsSystemId: ids.acsSystems.brivo,
      fullName: "Gil Example",
      emailAddress: "gil@example.com",
      phoneNumber: "+15555550188",
      userIdentityId: ids.userIdentities.ada,
      acsAccessGroupIds: [ids.acsAccessGroups["salto-ks/residents"]],
      accessSchedule: { endsAt: "2037-01-01T00:00:00.000Z" },
      isSuspended: true,
    }),
    count: (emulator) => emulator.users().length,
  },
  {
    lifecycle: userIdentity,
    createRoute: "/user_identities/create",
    inputs: ({ ids }) => ({
      userIdentityKey: "guest-17",
      fullName: "Gus Example",
      emailAddress: "gus@example.com",
      phoneNumber: "+15555550177",
      acsSystemIds: [ids.acsSystems["salto-ks"]],
    }),
    otherwise: ({ ids }) => ({
      userIdentityKey: "guest-18",
      fullName: "Gil Example",
      emailAddress: "gil@example.com",
      phoneNumber: "+15555550188",
      acsSystemIds: [ids.acsSystems.brivo],
    }),
    count: (emulator) => emulator.userIdentities().length,
  },
];

describe.each(CASES)("adopt of a person: $lifecycle.name", ({ lifecycle, createRoute, ...given }) => {
  let emulator: Emulator<DefaultKeys>;
  let seam: SeamClient;
  let inputs: Properties;
  let id: string;
  let before: number;

  beforeEach(async () => {
    emulator = await startEmulator();
    seam = createClient({ endpoint: emulator.url, token: emulator.apiKey }, { maxTries: 1 });
    inputs = given.inputs(emulator);
    ({ id } = await lifecycle.create(seam, inputs, new Run()));
    before = given.count(emulator);
    emulator.requests.clear();
  });
  afterEach(async () => {
    await seam.close();
    await emulator.close();
  });

  const provider = (run: Run): DynamicProvider => {
    const made = dynamicProvider(lifecycle, run);
    const settings: Record<string, string> = {
      "seam:apiKey": emulator.apiKey,
      "seam:endpoint": emulator.url,
    };
    const config = { get: (name: string) => settings[name], require: (name: string) => settings[name] ?? "" };
    void made.configure?.({ config } as never);
    return made;
  };
  const adopt = (more: Properties = {}, run = new Run()) =>
    lifecycle.create(seam, { ...inputs, adopt: id, ...more }, run);

  it("takes over who is as declared, doubles nobody and changes nothing in Seam", async () => {
    const adopted = await adopt({ emailAddress: "GUS@example.com" });
    expect(adopted.id).toBe(id);
    expect(adopted.outputs).toMatchObject({ ...inputs, emailAddress: "GUS@example.com" });
    expect(given.count(emulator)).toBe(before);
    expect(emulator.requests.all().filter(({ path }) => !/\/(get|list)$/.test(path))).toEqual([]);
    for (const news of [inputs, { ...inputs, adopt: id }]) {
      expect(lifecycle.diff({ ...adopted.outputs, ...inputs }, news).changed).toBe(false);
    }
  });

  it("refuses with every difference, changes nothing, and shows nobody's address or number", async () => {
    const otherwise = given.otherwise(emulator);
    const error = String(await adopt(otherwise).catch(String));
    for (const property of Object.keys(otherwise)) expect(error).toContain(`${property}: Seam holds`);
    expect(error).toContain('fullName: Seam holds "Gus Example" instead of "Gil Example".');
    expect(error).not.toMatch(/@example|\+1555/);
    expect(given.count(emulator)).toBe(before);
    expect(emulator.requests.count(createRoute)).toBe(0);
  });

  it("refuses who is not there, and whom another resource of the program has", async () => {
    await expect(adopt({ adopt: "00000000-0000-4000-8000-000000000000" })).rejects.toThrow("_not_found");
    const run = new Run();
    await adopt({}, run);
    await expect(adopt({}, run)).rejects.toThrow("another resource of this stack has it");
  });

  it("refuses the key of another workspace than the stack's", async () => {
    const run = new Run();
    run.workspaces.saw("AcsUser 1", { workspaceId: "11111111-1111-4111-8111-111111111111" });
    await expect(provider(run).create({ ...inputs, adopt: id })).rejects.toThrow(/workspace 11111111-/);
  });

  it("stays in Seam when a resource leaves whose object a resource of another name has adopted", async () => {
    const { outputs } = await adopt();
    const run = new Run();
    const renamed = provider(run);
    await renamed.check?.({}, { ...inputs, adopt: id });
    await renamed.create({ ...inputs, adopt: id });
    await renamed.delete?.(id, outputs);
    expect(given.count(emulator)).toBe(before);
    expect(emulator.requests.all().filter(({ path }) => path.endsWith("/delete"))).toEqual([]);
  });

  it("is found no more by a recovery than it has made: nothing", async () => {
    expect(await lifecycle.findAlike(seam, { ...inputs, adopt: id })).toEqual([]);
    expect(await lifecycle.findAlike(seam, inputs)).toMatchObject([{ id }]);
  });
});
