import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
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
}, 45 * 60_000);
afterAll(async () => {
  await seam?.close();
  project?.remove();
});

type Program = {
  resources: Record<string, { type: string; properties: Record<string, unknown>; options?: object }>;
  outputs?: Record<string, unknown>;
  config?: object;
  variables?: object;
};

const written = () => parse(documentedProgram("yaml")) as Program;
const write = (program: Program) => writeFileSync(join(project.folder, "Pulumi.yaml"), stringify(program));

async function pulumi(...args: readonly string[]): Promise<string> {
  const { code, output } = await project.run("pulumi", ...args, "--non-interactive");
  if (code !== 0) throw new Error(`pulumi ${args.join(" ")} ended with ${code}:\n${output}`);
  return output;
}

async function call(route: string, body: object): Promise<Record<string, Record<string, string>>> {
  const response = await fetch(seam.url + route, {
    method: "POST",
    headers: { authorization: `Bearer ${seam.apiKey}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${route}: ${await response.text()}`);
  return (await response.json()) as Record<string, Record<string, string>>;
}

describe("a program in YAML", () => {
  it("shows all mistakes of a resource in the preview, and no PIN", async () => {
    const program = written();
    program.resources = {
      wrong: {
        type: "seam:AcsCredential",
        properties: {
          accessMethod: "pin",
          acsUserId: "ada",
          code: "12ab",
          startsAt: "tomorrow",
          allowedAcsEntranceIds: ["lobby"],
        },
      },
    };
    program.outputs = {};
    write(program);
    await pulumi("stack", "init", "dev");
    await pulumi("config", "set", "--secret", "pin", '"4711"');
    const { code, output } = await project.run("pulumi", "preview", "--non-interactive");
    expect(code).not.toBe(0);
    for (const name of ["accessMethod", "acsUserId", "code", "startsAt", "allowedAcsEntranceIds[0]"]) {
      expect(output).toContain(`${name}: `);
    }
    expect(output).not.toContain("12ab");
  });

  it("deploys, stays as it is, changes, shows what was changed elsewhere, and goes", async () => {
    write(written());
    expect(await pulumi("up", "--yes")).toContain("6 created");
    await pulumi("preview", "--expect-no-changes");
    const [pin] = seam.credentials().filter(({ code }) => code === "4711");
    expect(pin).toMatchObject({ ends_at: "2036-01-01T00:00:00.000Z" });

    const state = JSON.stringify(JSON.parse(await pulumi("stack", "export")));
    expect(state).not.toContain("4711");
    expect(state).not.toContain("__provider");

    const later = written();
    const properties = later.resources["pin-card"]?.properties ?? {};
    properties["endsAt"] = "2037-01-01T01:00:00+01:00";
    write(later);
    expect(await pulumi("preview", "--diff")).toMatch(/~ endsAt: "2036.*" => "2037/);
    expect(await pulumi("up", "--yes")).toContain("1 updated");
    expect(seam.credentials()).toContainEqual(
      expect.objectContaining({ ends_at: "2037-01-01T00:00:00.000Z" }),
    );

    seam.edit.acsCredential(String(pin?.acs_credential_id), { ends_at: "2038-01-01T00:00:00.000Z" });
    expect(await pulumi("refresh", "--yes", "--diff")).toMatch(/~ endsAt/);
    expect(await pulumi("up", "--yes")).toContain("1 updated");

    expect(await pulumi("destroy", "--yes")).toContain("6 deleted");
    expect(seam.credentials()).toEqual([]);
  });

  it("takes over by `pulumi import`, and by the option, what Seam has already", async () => {
    const acsUserId = seam.ids.acsUsers["salto-ks/ada"];
    const acs_access_group_id = seam.ids.acsAccessGroups["salto-ks/staff"];
    const ends_at = "2036-01-01T00:00:00.000Z";
    const made = async (kind: string, route: string, body: object) =>
      String((await call(route, body))[kind]?.[`${kind}_id`]);
    const owner = { acs_user_id: acsUserId };
    const pinOf = (code: string) => ({ ...owner, access_method: "code", code, ends_at });
    const credential = await made("acs_credential", "/acs/credentials/create", pinOf("4712"));
    const other = await made("acs_credential", "/acs/credentials/create", pinOf("4713"));
    await call("/acs/access_groups/add_user", { ...owner, acs_access_group_id });
    const grant = await made("access_grant", "/access_grants/create", {
      user_identity_id: seam.ids.userIdentities["ada"],
      requested_access_methods: [{ mode: "mobile_key" }],
      acs_entrance_ids: [seam.ids.acsEntrances["salto-ks/front-door"]],
      name: "A stay",
    });
    const empty = { ...written(), config: {}, variables: {}, resources: {}, outputs: {} };
    write(empty);
    const file = join(project.folder, "import.json");
    const resources = [
      { type: "seam:index:AcsCredential", name: "card", id: credential },
      {
        type: "seam:index:AcsAccessGroupMembership",
        name: "staff",
        id: `${acs_access_group_id}/${acsUserId}`,
      },
      { type: "seam:index:AccessGrant", name: "stay", id: grant },
    ];
    writeFileSync(file, JSON.stringify({ resources }));
    const code = join(project.folder, "imported.yaml");
    await pulumi("import", "--file", file, "--yes", "--protect=false", "--out", code);
    const imported = parse(readFileSync(code, "utf8")) as Program;
    expect(imported.resources["card"]?.properties).toMatchObject({ accessMethod: "code", endsAt: ends_at });
    expect(JSON.stringify(imported)).not.toContain("4712");
    write({ ...empty, resources: imported.resources });
    await pulumi("preview", "--expect-no-changes");

    const part = { accessMethod: "code", acsUserId };
    const taken = { type: "seam:AcsCredential", properties: part, options: { import: other } };
    write({ ...empty, resources: { ...imported.resources, other: taken } });
    seam.requests.clear();
    await pulumi("up", "--yes");
    expect(seam.requests.count("/acs/credentials/update")).toBe(0);
    await pulumi("preview", "--expect-no-changes");
    expect(seam.credentials()).toContainEqual(expect.objectContaining({ code: "4713", ends_at }));
    expect(await pulumi("destroy", "--yes")).toContain("5 deleted");
  });

  it("reaches a second account where the stack config says that Seam answers", async () => {
    // Nothing but the stack config says it.
    for (const name of ["SEAM_API_KEY", "SEAM_ENDPOINT"]) delete project.env[name];
    write({
      ...written(),
      config: {},
      variables: {},
      outputs: {},
      resources: {
        annex: { type: "pulumi:providers:seam", properties: { apiKey: seam.apiKey } },
        card: {
          type: "seam:AcsCredential",
          properties: { accessMethod: "card", acsUserId: seam.ids.acsUsers["salto-ks/ada"] },
          options: { provider: `\${annex}` },
        },
      },
    });
    await pulumi("config", "set", "seam:endpoint", seam.url);
    expect(await pulumi("up", "--yes")).toContain("3 created");
    expect(await pulumi("destroy", "--yes")).toContain("3 deleted");
  });
});
