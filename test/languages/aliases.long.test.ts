import { symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { startEmulator } from "../../emulator";
import { documentedProgram } from "./documented";
import { languageTools, type Project, startProject } from "./project";

const start = () => startEmulator();
let seam: Awaited<ReturnType<typeof start>>;
let project: Project;

beforeAll(async () => {
  const { yamlHost } = languageTools();
  seam = await start();
  project = startProject({ SEAM_API_KEY: seam.apiKey, SEAM_ENDPOINT: seam.url }, [yamlHost]);
  symlinkSync(join(__dirname, "../../node_modules"), join(project.folder, "node_modules"), "junction");
}, 45 * 60_000);
afterAll(async () => {
  await seam?.close();
  project?.remove();
});

const PROJECT = "front-doors";

async function pulumi(...args: readonly string[]): Promise<string> {
  const { code, output } = await project.run("pulumi", ...args, "--non-interactive");
  if (code !== 0) throw new Error(`pulumi ${args.join(" ")} ended with ${code}:\n${output}`);
  return output;
}

/** Requests that change something in Seam since the last `clear`. */
const changes = () => Object.keys(seam.requests.counts()).filter((route) => !/\/(get|list)/.test(route));

/** Deploys a program that only says otherwise what is there: no request changes anything, and then nothing is left. */
async function touchesNoDoor(write: () => void): Promise<string> {
  write();
  seam.requests.clear();
  const output = await pulumi("up", "--yes");
  expect(changes()).toEqual([]);
  await pulumi("refresh", "--yes", "--expect-no-changes");
  await pulumi("preview", "--expect-no-changes");
  return output;
}

/** What the classes that Pulumi makes from the schema do, and a team with a user, a card and a membership. */
const CLASSES = `
import * as pulumi from "@pulumi/pulumi";
import { readFileSync } from "node:fs";

const { resources } = JSON.parse(readFileSync(process.env.SCHEMA, "utf8"));
const byPlugin = (token) =>
  class extends pulumi.CustomResource {
    constructor(name, args, opts) {
      const { properties, aliases } = resources[token];
      const unset = Object.fromEntries(Object.keys(properties).map((output) => [output, undefined]));
      super(token, name, { ...unset, ...args }, pulumi.mergeOptions(opts, { aliases }));
    }
  };
const AcsUser = byPlugin("seam:index:AcsUser");
const AcsCredential = byPlugin("seam:index:AcsCredential");
const AcsAccessGroupMembership = byPlugin("seam:index:AcsAccessGroupMembership");
const { acsSystemId, acsAccessGroupId } = JSON.parse(process.env.IDS);

/** @param aliasesOf the former names of a part */
function team(name, opts, aliasesOf = () => []) {
  const withAliases = (part) => ({ ...opts, aliases: aliasesOf(part) });
  const user = new AcsUser(
    name + "-gus",
    { acsSystemId, fullName: "Gus Example", emailAddress: "gus@example.com" },
    withAliases("AcsUser"),
  );
  const { acsUserId } = user;
  new AcsCredential(name + "-gus", { accessMethod: "card", acsUserId }, withAliases("AcsCredential"));
  new AcsAccessGroupMembership(
    name + "-gus-staff",
    { acsAccessGroupId, acsUserId },
    withAliases("AcsAccessGroupMembership"),
  );
}
class Team extends pulumi.ComponentResource {
  constructor(name, opts, part = name, aliasesOf) {
    super("acme:index:Team", name, {}, opts);
    team(part, { parent: this }, aliasesOf);
  }
}
`;

function writeNode(...lines: readonly string[]): void {
  Object.assign(project.env, {
    SCHEMA: join(__dirname, "../../plugin/schema.json"),
    IDS: JSON.stringify({
      acsSystemId: seam.ids.acsSystems["salto-ks"],
      acsAccessGroupId: seam.ids.acsAccessGroups["salto-ks/staff"],
    }),
  });
  writeFileSync(join(project.folder, "index.mjs"), [CLASSES, ...lines].join("\n"));
  writeFileSync(join(project.folder, "package.json"), JSON.stringify({ name: PROJECT, main: "index.mjs" }));
  writeFileSync(join(project.folder, "Pulumi.yaml"), `name: ${PROJECT}\n${documentedProgram("runtime")}`);
}

function writeYaml(name: string, options?: object): void {
  const user = { acsSystemId: seam.ids.acsSystems["salto-ks"], fullName: "Gus Example" };
  const resources = {
    [name]: { type: "seam:AcsUser", properties: user, ...(options && { options }) },
    card: {
      type: "seam:AcsCredential",
      properties: {
        accessMethod: "card",
        acsUserId: `\${${name}.acsUserId}`,
        endsAt: "2036-01-01T00:00:00Z",
      },
    },
  };
  writeFileSync(
    join(project.folder, "Pulumi.yaml"),
    stringify({ name: PROJECT, runtime: "yaml", resources }),
  );
}

const urn = (type: string, name: string) => `urn:pulumi:dev::${PROJECT}::${type}::${name}`;

describe("a stack of the plugin", () => {
  beforeAll(() => {
    writeNode();
    return pulumi("stack", "init", "dev");
  });
  afterEach(() => pulumi("destroy", "--yes"));

  it("renames components and their parts by aliases, and moves them, without a touch to any door", async () => {
    writeNode('new Team("night");');
    expect(await pulumi("up", "--yes")).toContain("5 created");
    await touchesNoDoor(() => writeNode('new Team("late", { aliases: [{ name: "night" }] }, "night");'));
    const former = 'new Team("late", {}, "late", (part) => [';
    await touchesNoDoor(() =>
      writeNode(
        `${former}{ name: part === "AcsAccessGroupMembership" ? "night-gus-staff" : "night-gus" }]);`,
      ),
    );
    const parent = urn("acme:index:Team", "late");
    await touchesNoDoor(() => writeNode(`team("late", {}, () => [{ parent: "${parent}" }]);`));
    await touchesNoDoor(() =>
      writeNode('new Team("shift", {}, "late", () => [{ parent: pulumi.rootStackResource }]);'),
    );
  }, 600_000);

  it("goes on with what was in a component of the classes", async () => {
    const roster = {
      groups: { all: { method: "card", accessGroups: ["Staff"] } },
      people: [{ key: "gus", name: "Gus Example", email: "gus@example.com", groups: ["all"] }],
    };
    writeNode(
      'import * as seam from "pulumi-seam";',
      `new seam.StaffAccess("late", { acsSystemId, roster: ${JSON.stringify(roster)} });`,
    );
    await pulumi("up", "--yes");
    const urns = [...(await pulumi("stack", "--show-urns")).matchAll(/urn:\S+dynamic\/seam:(\w+)::\S+/g)];
    const former = Object.fromEntries(urns.map(([urn, type]) => [type, [urn]]));
    await touchesNoDoor(() => writeNode(`team("late", {}, (part) => (${JSON.stringify(former)})[part]);`));
  }, 600_000);

  it("renames in YAML", async () => {
    writeYaml("gus");
    expect(await pulumi("up", "--yes")).toContain("3 created");
    await touchesNoDoor(() => writeYaml("augustus", { aliases: [urn("seam:index:AcsUser", "gus")] }));
  }, 600_000);
});
