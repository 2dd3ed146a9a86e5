import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { type Emulator, startEmulator } from "../../emulator/index";
import { type Authority, createAuthority } from "../http/certificates";
import { type ConnectProxy, startConnectProxy } from "../http/connect-proxy";
import { startTlsFront, type TlsFront } from "../http/tls-front";

const REPOSITORY = join(__dirname, "../..");
const CLI = join(REPOSITORY, "dist/cli/main.js");
const { version } = require("../../package.json");
const WRONG_KEY = "seam_test1Wrong_eeeeeeeeeeeeeeeeeeeeeeee";

type Environment = Readonly<Record<string, string>>;

/** A home and a project that are made for each test, with a `pulumi` on PATH that answers from a file of ours. */
describe("pulumi-seam doctor", () => {
  let seam: Emulator;
  let home: string;
  let bin: string;
  let project: string;
  let environment: Environment;

  beforeAll(async () => {
    seam = (await startEmulator({
      seed: {
        workspaces: [
          {
            key: "harbour",
            name: "Harbour \u202e\u001b[31mHotels",
            acs_systems: [
              { key: "tower", name: "Tower", kind: "salto_ks" },
              { key: "annex", name: "Annex", kind: "visionline" },
            ],
          },
          { key: "resting", name: "Resting", is_suspended: true },
        ],
      },
    })) as unknown as Emulator;
  });
  afterAll(() => seam.close());

  beforeEach(() => {
    home = realpathSync(mkdtempSync(join(tmpdir(), "doctor-")));
    bin = join(home, "bin");
    project = join(home, "project");
    mkdirSync(bin);
    mkdirSync(join(project, "node_modules/@pulumi"), { recursive: true });
    writeFileSync(join(project, "Pulumi.yaml"), "name: doors\nruntime: nodejs\n");
    for (const name of ["pulumi-seam", "@pulumi/pulumi"]) {
      const there = name === "pulumi-seam" ? REPOSITORY : join(REPOSITORY, "node_modules", name);
      symlinkSync(there, join(project, "node_modules", name));
    }
    givePulumi({});
    environment = { SEAM_API_KEY: seam.apiKey, SEAM_ENDPOINT: seam.url };
  });
  afterEach(() => {
    for (const system of Object.values(seam.ids.acsSystems))
      seam.edit.acsSystem(system, { errors: [], warnings: [] });
    rmSync(home, { recursive: true });
  });

  it("finds nothing amiss where all is well, and says whose key it is", async () => {
    const { code, stdout, stderr } = await doctor();
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain("Nothing is amiss.");
    expect((await doctor(["--json"])).stdout).not.toMatch(/[\p{Cf}]|[^\P{Cc}\n]/u);
    expect(stdout).toMatch(
      new RegExp(`workspace +Harbour +\\[31mHotels \\(${seam.workspaceId}, a sandbox\\)`),
    );
    expect(stdout).toMatch(/API key +environment variable SEAM_API_KEY\n/);
    expect(stdout).toMatch(/Annex +Visionline system: fine\n +Tower +Salto KS site: fine\n/i);
    expect(stdout).toMatch(/clock +shows Seam's time/);
    expect(stdout).toContain(`${version} in ${REPOSITORY}`);
    expect(stdout).toContain("3.259.0");
  });

  it("tells in JSON the same, without the key", async () => {
    givePulumi({ "seam:apiKey": seam.apiKey, "seam:workspaceId": seam.workspaceId });
    const { code, stdout } = await doctor(["--json"], { ...environment, SEAM_API_KEY: WRONG_KEY });
    expect(code).toBe(0);
    for (const key of [seam.apiKey, WRONG_KEY]) expect(stdout).not.toContain(key);
    expect(JSON.parse(stdout)).toMatchObject({
      schemaVersion: 1,
      account: {
        stack: "dev",
        settings: [
          { name: "apiKey", label: "stack config seam:apiKey", isUsed: true },
          { name: "apiKey", label: "environment variable SEAM_API_KEY", isUsed: false },
          { name: "workspaceId", label: "stack config seam:workspaceId", isUsed: true },
          { name: "endpoint", label: "environment variable SEAM_ENDPOINT", isUsed: true },
        ],
      },
      network: { endpoint: seam.url },
      seam: {
        workspace: { workspaceId: seam.workspaceId, isSandbox: true, isSuspended: false },
        clockAheadSeconds: expect.any(Number),
        systems: [{ name: "Annex" }, { name: "Tower" }],
      },
      software: { pulumiSeam: { version }, node: process.versions.node, pulumi: { version: "3.259.0" } },
      program: {
        folder: project,
        runtime: "nodejs",
        pulumiSeam: { version },
        sdk: { version: require("@pulumi/pulumi/package.json").version },
      },
      problems: [],
    });
  });

  it("says what to do where nothing is set at all, not even a project or a Pulumi CLI", async () => {
    rmSync(bin, { recursive: true });
    const { code, stdout } = await doctor([], {}, home);
    expect(code).toBe(1);
    expect(stdout).toContain("error: No Seam account is set. Run `pulumi config set --secret seam:apiKey`");
    expect(stdout).toContain("No usable Pulumi CLI is on PATH");
    expect(stdout).toContain(`no Pulumi project was read in ${home}`);
  });

  it("shows what the access systems report", async () => {
    seam.edit.acsSystem(seam.ids.acsSystems["annex"] as string, {
      errors: [{ error_code: "seam_bridge_disconnected", message: "Bridge is\noffline" }],
    });
    seam.edit.acsSystem(seam.ids.acsSystems["tower"] as string, {
      warnings: [{ warning_code: "salto_ks_subscription_limit_almost_reached", message: "81% used" }],
    });
    const { code, stdout } = await doctor();
    expect(code).toBe(2);
    expect(stdout).toContain("- look: Annex: seam_bridge_disconnected. Bridge is offline\n");
    expect(stdout).toContain("- look: Tower: salto_ks_subscription_limit_almost_reached. 81% used\n");
  });

  it("says that a workspace is suspended", async () => {
    const key = seam.workspaces.get("resting")?.apiKey as string;
    const { code, stdout } = await doctor([], { ...environment, SEAM_API_KEY: key });
    expect(code).toBe(2);
    expect(stdout).toMatch(/Resting \(.*, a sandbox, suspended\)/);
    expect(stdout).toContain("- look: The workspace is suspended");
  });

  it("says that Seam does not take the key, and still shows the rest", async () => {
    const { code, stdout } = await doctor([], { ...environment, SEAM_API_KEY: WRONG_KEY });
    expect(code).toBe(1);
    expect(stdout).toMatch(/error: Cannot find out which workspace the key belongs to: .*401 unauthorized/);
    expect(stdout).toContain("Pulumi CLI");
    expect(stdout).not.toContain(WRONG_KEY);
  });

  it("says that nothing answers, before a minute is over", async () => {
    const { code, stdout } = await doctor([], { ...environment, SEAM_ENDPOINT: "http://127.0.0.1:9" });
    expect(code).toBe(1);
    expect(stdout).toContain("error: Cannot find out which workspace the key belongs to");
  });

  it("says that the key is of another workspace than the stack's", async () => {
    givePulumi({ "seam:apiKey": seam.apiKey, "seam:workspaceId": "005f1e54-5360-40db-8c31-4ef6baaad1fd" });
    const { code, stdout } = await doctor();
    expect(code).toBe(2);
    expect(stdout).toMatch(/look: The settings ask for workspace 005f1e54.*stack config seam:apiKey/);
  });

  it("names settings that nothing reads", async () => {
    givePulumi({ "seam:apikey": seam.apiKey });
    const { code, stdout } = await doctor();
    expect(code).toBe(2);
    expect(stdout).toContain(
      "look: The stack config has seam:apikey, which nothing reads. Did you mean seam:apiKey?",
    );
  });

  it("says what to do first where a killed run has left operations in the state", async () => {
    givePulumi({}, { pending_operations: [{ type: "creating" }] });
    const { code, stdout } = await doctor();
    expect(code).toBe(2);
    expect(stdout).toMatch(
      /look: The state has operations that are not finished.* run `pulumi-seam recover` before/s,
    );
    expect((await doctor([], { SEAM_ENDPOINT: seam.url })).stdout).toContain("No Seam account is set");
  });

  it("shows what pulumi says where a stack's settings cannot be read, and those of the environment", async () => {
    givePulumi("error: no stack selected");
    const asked = await doctor();
    expect(asked.code).toBe(1);
    expect(asked.stdout).toContain("error: The settings of the stack could not be read");
    expect(asked.stdout).toContain("\n  error: no stack selected");
    expect(asked.stdout).toContain("Harbour");
    expect((await doctor(["--no-stack"])).code).toBe(0);
  });

  it("does not say that no account is set where nobody could read whether one is", async () => {
    givePulumi("error: incorrect passphrase");
    const { code, stdout } = await doctor([], {});
    expect(code).toBe(1);
    expect(stdout).toContain("\n  error: incorrect passphrase");
    expect(stdout).not.toContain("No Seam account is set");
  });

  it("says in a folder without a project to run it in one", async () => {
    const { code, stdout } = await doctor([], {}, home);
    expect(code).toBe(1);
    expect(stdout).toContain("error: There is no Pulumi project in this folder or above it");
    expect((await doctor([], environment, home)).code).toBe(0);
  });

  it("says of a project whose file cannot be read only that", async () => {
    writeFileSync(join(project, "Pulumi.yaml"), "name: doors\nruntime: [unclosed\n");
    givePulumi("error: could not load the project");
    const { code, stdout } = await doctor([], {});
    expect(code).toBe(1);
    expect(stdout).toContain("error: The project could not be read");
    expect(stdout).toContain("\n  error: could not load the project");
    expect(stdout).not.toMatch(/[Tt]here is no Pulumi project|No Seam account is set/);
  });

  it("says that a key is not encrypted in the stack's config, unless it is for the emulator", async () => {
    const endpoint = "https://seam.example.com";
    const proxy = { HTTPS_PROXY: "http://127.0.0.1:9" };
    const text = "look: The stack config holds seam:apiKey in clear";
    givePulumi({ "seam:apiKey": WRONG_KEY, "seam:endpoint": endpoint });
    expect((await doctor([], proxy)).stdout).toContain(text);
    givePulumi({ "seam:apiKey": { value: WRONG_KEY, secret: true }, "seam:endpoint": endpoint });
    expect((await doctor([], proxy)).stdout).not.toContain(text);
    givePulumi({ "seam:apiKey": seam.apiKey, "seam:endpoint": seam.url });
    expect((await doctor([], {})).code).toBe(0);
  });

  it.each([
    ["cannot be read (ENOENT)", undefined],
    ["holds no certificate in PEM format", "DER"],
  ])("says that the file of certificates %s", async (reason, content) => {
    const file = join(home, "company.pem");
    if (content !== undefined) writeFileSync(file, content);
    const { code, stdout } = await doctor([], { ...environment, NODE_EXTRA_CA_CERTS: file });
    expect(code).toBe(2);
    expect(stdout).toContain(`look: NODE_EXTRA_CA_CERTS names ${file}, which ${reason}.`);
    expect(stdout).toContain("Harbour");
  });

  it("tells by how much the clock differs from Seam's", async () => {
    const later = await startEmulator({ clock: new Date(Date.now() + 3_600_000).toISOString() });
    const { code, stdout } = await doctor([], { SEAM_API_KEY: later.apiKey, SEAM_ENDPOINT: later.url });
    await later.close();
    expect(code).toBe(2);
    const [, seconds] = /clock +(\d+) s behind Seam's/.exec(stdout) ?? [];
    expect(Number(seconds)).toBeGreaterThan(3_400);
    expect(stdout).toContain("look: The clock of this machine");
  });

  it.each([
    ["pulumi-seam", `"pulumi-seam": "${version}"`],
    ["@pulumi/pulumi", '"@pulumi/pulumi": ">=3.216.0 <4"'],
  ])("says that the program does not find %s", async (name, dependency) => {
    rmSync(join(project, "node_modules", name));
    const { code, stdout } = await doctor();
    expect(code).toBe(2);
    expect(stdout).toContain(`look: The program in ${project} does not find ${name}: add ${dependency}`);
  });

  it("looks for packages where `main` of Pulumi.yaml has the program", async () => {
    mkdirSync(join(project, "infra/node_modules/pulumi-seam"), { recursive: true });
    writeFileSync(
      join(project, "infra/node_modules/pulumi-seam/package.json"),
      '{ "name": "pulumi-seam", "version": "0.0.9" }',
    );
    writeFileSync(
      join(project, "Pulumi.yaml"),
      "name: doors\nruntime: { name: nodejs }\nmain: infra/index.ts\n",
    );
    const { code, stdout } = await doctor();
    expect(code).toBe(2);
    expect(stdout).toMatch(
      /look: The program runs with pulumi-seam 0.0.9 in .*infra.node_modules.pulumi-seam/,
    );
  });

  it("finds the way to this package through the one that brings it along", async () => {
    const modules = join(project, "node_modules");
    mkdirSync(join(modules, "acme-doors/node_modules"), { recursive: true });
    symlinkSync(REPOSITORY, join(modules, "acme-doors/node_modules/pulumi-seam"));
    rmSync(join(modules, "pulumi-seam"));
    writeFileSync(join(modules, "acme-doors/package.json"), '{ "name": "acme-doors", "version": "1.0.0" }');
    writeFileSync(join(project, "package.json"), '{ "dependencies": { "acme-doors": "1.0.0" } }');
    const { code, stdout } = await doctor();
    expect(code).toBe(0);
    expect(stdout).toContain("through acme-doors");
  });

  describe("of a program in another language", () => {
    const plugin = join(REPOSITORY, "dist/plugin/pulumi-resource-seam.js");
    const yaml = (more = "") => {
      rmSync(join(project, "node_modules"), { recursive: true });
      writeFileSync(join(project, "Pulumi.yaml"), `name: doors\nruntime: yaml\n${more}`);
    };

    it("says that Pulumi finds no plugin for it", async () => {
      yaml();
      const { code, stdout } = await doctor();
      expect(code).toBe(2);
      expect(stdout).toContain(`look: Pulumi finds no provider plugin for the program in ${project} (yaml)`);
    });

    it("finds the plugin on PATH", async () => {
      yaml();
      symlinkSync(plugin, join(bin, "pulumi-resource-seam"));
      const { code, stdout } = await doctor();
      expect(code).toBe(0);
      expect(stdout).toMatch(new RegExp(`pulumi-seam +${version} in ${REPOSITORY}\n\n`));
    });

    it("finds the plugin where the project says", async () => {
      yaml("plugins: { providers: [{ name: seam, path: tools }] }\n");
      mkdirSync(join(project, "tools"));
      symlinkSync(plugin, join(project, "tools/pulumi-resource-seam"));
      expect((await doctor()).code).toBe(0);
    });

    it("finds the newest plugin that was installed by Pulumi, and says that its version is another", async () => {
      yaml();
      for (const installed of ["0.0.8", "0.0.9"])
        mkdirSync(join(home, `.pulumi/plugins/resource-seam-v${installed}`), { recursive: true });
      const { code, stdout } = await doctor();
      expect(code).toBe(2);
      expect(stdout).toContain("look: The program runs with pulumi-seam 0.0.9");
    });
  });

  describe("on a company's network", () => {
    let authority: Authority;
    let front: TlsFront;
    let proxy: ConnectProxy;

    beforeAll(async () => {
      authority = createAuthority();
      front = await startTlsFront(seam.url, authority.issue(["DNS:seam.example.com"]));
      proxy = await startConnectProxy({ port: front.port, user: "ada:s3cret-word" });
    });
    afterAll(async () => {
      await proxy.close();
      await front.close();
      authority.remove();
    });

    const behind = (password: string) => ({
      SEAM_API_KEY: seam.apiKey,
      SEAM_ENDPOINT: "https://seam.example.com",
      NODE_EXTRA_CA_CERTS: authority.file,
      HTTPS_PROXY: `http://ada:${password}@${new URL(proxy.address).host}`,
    });

    it("names the proxy and the certificates, and not the proxy's password", async () => {
      const { code, stdout } = await doctor([], behind("s3cret-word"));
      expect(code).toBe(0);
      expect(stdout).toMatch(new RegExp(`proxy +${proxy.address}\n`));
      expect(stdout).toContain(authority.file);
      expect(stdout).not.toContain("s3cret-word");
    });

    it("says that the proxy lets nobody through", async () => {
      const { code, stdout } = await doctor([], behind("an0ther-word"));
      expect(code).toBe(1);
      expect(stdout).toMatch(/error: .*proxy.*407/);
      expect(stdout).not.toContain("an0ther-word");
    });

    it("says that a proxy's address is none", async () => {
      const { code, stdout } = await doctor([], {
        ...behind("x"),
        HTTPS_PROXY: "socks5://ada:w0rd@127.0.0.1:1",
      });
      expect(code).toBe(1);
      expect(stdout).toContain("error: Environment variable HTTPS_PROXY is not the address of an HTTP proxy");
      expect(stdout).not.toContain("w0rd");
    });
  });

  /** A `pulumi` whose selected stack has this config, or that fails with these words. */
  function givePulumi(config: Readonly<Record<string, string | object>> | string, deployment = {}): void {
    const entries = Object.entries(config).map(([key, value]) => [
      key,
      typeof value === "string" ? { value } : value,
    ]);
    writeFileSync(join(home, "config.json"), JSON.stringify(Object.fromEntries(entries)));
    writeFileSync(join(home, "state.json"), JSON.stringify({ version: 3, deployment }));
    const answer =
      typeof config === "string"
        ? `*) echo "${config}" >&2; exit 1`
        : `stack) [ $2 = export ] && cat ${join(home, "state.json")} || echo dev;; config) cat ${join(home, "config.json")}`;
    const script = `#!/bin/sh\ncase $1 in version) echo v3.259.0;; ${answer};; esac\n`;
    for (const name of ["pulumi", "pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"])
      writeFileSync(join(bin, name), script, { mode: 0o755 });
  }

  function doctor(args: readonly string[] = [], settings = environment, cwd = project) {
    const PATH = [bin, dirname(process.execPath), "/usr/bin", "/bin"].join(delimiter);
    const env = { HOME: home, PATH, NODE_COMPILE_CACHE: process.env["NODE_COMPILE_CACHE"], ...settings };
    return new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
      execFile(process.execPath, [CLI, "doctor", ...args], { cwd, env }, (error, stdout, stderr) =>
        resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
      );
    });
  }
});
