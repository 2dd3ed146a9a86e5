import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { deployPortfolio, summary } from "../../examples/portfolio/deploy";
import { type Emulator, startEmulator } from "../../sdk/testing";

const PROPERTIES = ["Property 01", "Property 02", "Property 03", "Property 04"];

describe("examples/portfolio", () => {
  let emulator: Emulator;
  let folder: string;

  beforeEach(async () => {
    const acs_systems = PROPERTIES.map((name, index) => ({
      key: `property-${index + 1}`,
      kind: "vostio",
      name,
      entrances: [{ key: "lobby", display_name: "Lobby" }],
    }));
    emulator = await startEmulator({ seed: { workspaces: [{ acs_systems }] } });
    folder = await mkdtemp(join(tmpdir(), "pulumi-seam-portfolio-"));
    await Promise.all(["home", "state"].map((name) => mkdir(join(folder, name))));
    process.env["SEAM_API_KEY"] = emulator.apiKey;
  });
  afterEach(async () => {
    delete process.env["SEAM_API_KEY"];
    delete process.env["SEAM_ENDPOINT"];
    await emulator.close();
    await rm(folder, { recursive: true, force: true });
  });

  it("deploys within one budget, goes on when a property fails, and resumes with what is left", async () => {
    const options = {
      properties: PROPERTIES,
      endpoint: emulator.url,
      concurrency: 2,
      requestsPerSecond: 5,
      progressFile: join(folder, "progress.json"),
      resume: false,
      env: {
        PULUMI_BACKEND_URL: pathToFileURL(join(folder, "state")).href,
        PULUMI_HOME: join(folder, "home"),
        PULUMI_CONFIG_PASSPHRASE: "portfolio",
        PULUMI_SKIP_UPDATE_CHECK: "true",
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
        SEAM_API_KEY: emulator.apiKey,
      },
    };
    const refusal = {
      error: { type: "invalid_input", message: "the site is out of order", validation_errors: {} },
    };
    const rule = emulator.faults.add({
      fault: "answer",
      status: 400,
      body: refusal,
      route: "/acs/users/create",
      call: 2,
    });
    const results = await deployPortfolio(options);
    expect(results.map(({ property }) => property)).toEqual(PROPERTIES);
    const failed = results.filter(({ result }) => result === "failed");
    expect(failed).toHaveLength(1);
    expect(failed[0]?.error).toContain("the site is out of order");
    expect(summary(results)).toMatch(/3 of 4 properties are as declared; run again with --resume$/);
    expect(emulator.credentials()).toHaveLength(3);
    for (const second of busiestSeconds(emulator)) expect(second).toBeLessThanOrEqual(7);

    emulator.faults.remove(rule);
    emulator.requests.clear();
    const resumed = await deployPortfolio({ ...options, resume: true });
    expect(resumed.map(({ result }) => result).sort()).toEqual([
      "deployed",
      "done before",
      "done before",
      "done before",
    ]);
    expect(emulator.requests.count("/acs/users/create")).toBe(1);
    expect(emulator.credentials()).toHaveLength(4);
    expect(summary(resumed)).toMatch(/4 of 4 properties are as declared$/);
  });
});

/** Requests that arrived in each second. */
function busiestSeconds(emulator: Emulator): number[] {
  const seconds = new Map<string, number>();
  for (const { at } of emulator.requests) {
    const second = at.slice(0, 19);
    seconds.set(second, (seconds.get(second) ?? 0) + 1);
  }
  return [...seconds.values()];
}
