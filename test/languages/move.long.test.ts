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

const NAME = "front-doors";
const ENDS_AT = "2036-01-01T00:00:00Z";
const NEXT_END = "2037-01-01T00:00:00Z";

/** What both programs declare: one of each kind, some of which hang on others (`$name.output`). */
function declared(endsAt: string): Record<string, { type: string; args: Record<string, unknown> }> {
  const { acsSystems, acsAccessGroups, acsEntrances } = seam.ids;
  return {
    grace: { type: "UserIdentity", args: { fullName: "Grace Example", emailAddress: "grace@example.com" } },
    user: {
      type: "AcsUser",
      args: {
        acsSystemId: acsSystems["salto-ks"],
        fullName: "Grace Example",
        userIdentityId: "$grace.userIdentityId",
      },
    },
    pin: {
      type: "AcsCredential",
      args: { accessMethod: "code", acsUserId: "$user.acsUserId", code: "4711", endsAt },
    },
    staff: {
      type: "AcsAccessGroupMembership",
      args: { acsAccessGroupId: acsAccessGroups["salto-ks/staff"], acsUserId: "$user.acsUserId" },
    },
    stay: {
      type: "AccessGrant",
      args: {
        userIdentityId: "$grace.userIdentityId",
        requestedAccessMethods: [{ mode: "code" }, { mode: "mobile_key" }],
        acsEntranceIds: [acsEntrances["salto-ks/front-door"]],
      },
    },
    floor: { type: "Space", args: { name: "Floor", acsEntranceIds: [acsEntrances["salto-ks/front-door"]] } },
  };
}

/** The program with the classes for TypeScript. @param more statements before the resources */
function writeNode(endsAt: string, more = ""): void {
  const value = (text: unknown) => JSON.stringify(text).replace(/"\$([^"]+)"/g, "$1");
  const resources = Object.entries(declared(endsAt)).map(
    ([name, { type, args }]) => `const ${name} = new seam.${type}("${name}", ${value(args)});`,
  );
  const lines = ['import * as seam from "pulumi-seam";', more];
  writeFileSync(join(project.folder, "index.mjs"), [...lines, ...resources].join("\n"));
  writeFileSync(join(project.folder, "package.json"), JSON.stringify({ name: NAME, main: "index.mjs" }));
  writeFileSync(join(project.folder, "Pulumi.yaml"), stringify({ name: NAME, runtime: "nodejs" }));
}

function writeYaml(endsAt: string): void {
  const resources = Object.fromEntries(
    Object.entries(declared(endsAt)).map(([name, { type, args }]) => [
      name,
      {
        type: `seam:${type}`,
        properties: JSON.parse(JSON.stringify(args).replace(/"\$([^"]+)"/g, `"\${$1}"`)),
      },
    ]),
  );
  writeFileSync(join(project.folder, "Pulumi.yaml"), stringify({ name: NAME, runtime: "yaml", resources }));
}

async function pulumi(...args: readonly string[]): Promise<string> {
  const { code, output } = await project.run("pulumi", ...args, "--non-interactive");
  if (code !== 0) throw new Error(`pulumi ${args.join(" ")} ended with ${code}:\n${output}`);
  return output;
}

/** Requests that change something in Seam since the last `clear`. */
const changes = () => Object.keys(seam.requests.counts()).filter((route) => !/\/(get|list)/.test(route));

async function movesWithoutATouch(): Promise<void> {
  seam.requests.clear();
  await pulumi("preview", "--expect-no-changes");
  await pulumi("up", "--yes", "--expect-no-changes");
  await pulumi("refresh", "--yes", "--expect-no-changes");
  await pulumi("preview", "--expect-no-changes");
  expect(changes()).toEqual([]);
  expect(await pulumi("stack", "export")).not.toContain("4711");
}

async function types(): Promise<Set<string>> {
  const { deployment } = JSON.parse(await pulumi("stack", "export")) as {
    deployment: { resources: { type: string }[] };
  };
  return new Set(deployment.resources.map(({ type }) => type.replace(/:[\w-]+$/, "")));
}

describe("a stack of the classes for TypeScript", () => {
  it("goes on as a program of the plugin, and back, without a touch to any door", async () => {
    writeNode(ENDS_AT);
    await pulumi("stack", "init", "dev");
    expect(await pulumi("up", "--yes")).toContain("7 created");

    writeYaml(ENDS_AT);
    await movesWithoutATouch();
    expect(await types()).toEqual(new Set(["pulumi:pulumi", "pulumi:providers", "seam:index"]));
    writeYaml(NEXT_END);
    expect(await pulumi("up", "--yes")).toContain("1 updated");
    expect(seam.credentials()).toContainEqual(
      expect.objectContaining({ code: "4711", ends_at: "2037-01-01T00:00:00.000Z" }),
    );

    writeNode(NEXT_END, documentedProgram("back"));
    seam.requests.clear();
    // The state has to learn where the code of the classes is. A preview cannot tell what hangs on an update.
    expect(await pulumi("up", "--yes", "--skip-preview")).toContain("6 updated");
    expect(changes()).toEqual([]);
    await movesWithoutATouch();
    expect(await types()).toEqual(
      new Set(["pulumi:pulumi", "pulumi:providers", "pulumi-nodejs:dynamic/seam"]),
    );
    // The state knows the classes now: without the aliases, too.
    writeNode(ENDS_AT);
    expect(await pulumi("up", "--yes")).toContain("1 updated");
    expect(await pulumi("destroy", "--yes")).toContain("7 deleted");
    expect(seam.credentials()).toEqual([]);
  }, 600_000);
});
