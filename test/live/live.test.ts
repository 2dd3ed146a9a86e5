import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { type DefaultKeys, type Emulator, type Seed, startEmulator } from "../../sdk/testing";

const SCRIPT = join(__dirname, "../../scripts/live.mts");

interface Finding {
  readonly id: string;
  readonly holds?: boolean;
  readonly said: string;
}

/** `npm run test:live`, against an emulator as if it were Seam. */
describe("what the code takes for granted, tried in a sandbox", () => {
  let emulator: Emulator<DefaultKeys>;
  let untouched: unknown;

  beforeEach(async () => {
    emulator = await startEmulator();
    untouched = emulator.snapshot();
  });
  afterEach(() => emulator.close());

  it("is so on the emulator, and nothing that was made is left", async () => {
    const { code, stdout } = await ended(run(emulator.url, emulator.apiKey));
    const findings: Finding[] = JSON.parse(stdout);
    expect(findings.filter(({ holds }) => holds !== true)).toEqual([]);
    expect(findings.filter(({ id }) => id.startsWith("life-of-"))).toHaveLength(6);
    expect(findings.length).toBeGreaterThan(20);
    expect(code).toBe(0);
    expect(emulator.snapshot()).toEqual(untouched);
  });

  it("names exactly what is otherwise, and the resources that it breaks", async () => {
    const proxy = await otherwise(emulator.url, {
      "/spaces/get": (reply) => ({ ...reply, error: { type: "not_found", message: "No." } }),
      "/acs/credentials/create": ({ acs_credential, ...reply }) => ({
        ...reply,
        acs_credential: { ...(acs_credential as object), created_at: "2020-01-01T00:00:00.000Z" },
      }),
      "/acs/credentials/get": ({ acs_credential, ...reply }) => ({
        ...reply,
        ...(acs_credential
          ? { acs_credential: { ...acs_credential, ends_at: "2037-01-01T00:00:00.000Z" } }
          : {}),
      }),
      "/user_identities/list": (reply) => ({ ...reply, user_identities: [] }),
      "/access_grants/get_related": (reply) => ({ ...reply, batch: {} }),
    });
    const address = proxy.address() as AddressInfo;
    const { code, stdout } = await ended(run(`http://127.0.0.1:${address.port}`, emulator.apiKey));
    proxy.close();
    const findings: Finding[] = JSON.parse(stdout);
    expect(findings.filter(({ holds }) => holds !== true).map(({ id }) => id)).toEqual([
      "missing-space",
      "update-shows",
      "created-at",
      "search",
      "related-places",
      // What does not work because of these.
      "life-of-acs-credential",
      "life-of-space",
    ]);
    expect(code).toBe(2);
    expect(emulator.snapshot()).toEqual(untouched);
  });

  it("judges nothing by an object that Seam has refused to create, or by an answer that did not come", async () => {
    const body = { error: { type: "invalid_input", message: "No." } };
    emulator.faults.add({ fault: "answer", status: 400, body, route: "/spaces/create" });
    emulator.faults.add({ fault: "reset-before-work", route: "/user_identities/list" });
    const { code, stdout } = await ended(run(emulator.url, emulator.apiKey));
    const findings: Finding[] = JSON.parse(stdout);
    expect(findings.filter(({ holds }) => holds !== true)).toEqual([
      { id: "search", said: expect.stringContaining("could not be tried") },
      { id: "space-key-once", said: expect.stringContaining("/spaces/create was refused: 400") },
      { id: "life-of-space", holds: false, said: expect.stringMatching(/^create: .*invalid_input/) },
    ]);
    expect(code).toBe(2);
    expect(emulator.snapshot()).toEqual(untouched);
  });

  it("takes away what can be taken away, and names the rest", async () => {
    emulator.faults.add({ fault: "reset-before-work", route: "/spaces/delete" });
    const { stderr } = await ended(run(emulator.url, emulator.apiKey));
    const spaces = emulator.spaces().map(({ space_id }) => space_id);
    expect(spaces).toHaveLength(2);
    for (const id of spaces) expect(stderr).toMatch(new RegExp(`^Not taken away: .*space ${id} \\(`, "m"));
    expect(emulator.credentials()).toEqual([]);
  });

  it.each(["SIGINT", "SIGHUP"] as const)("takes away what it has made after %s", async (signal) => {
    const child = run(emulator.url, emulator.apiKey);
    while (emulator.credentials().length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    child.kill(signal);
    expect((await ended(child)).code).toBe(1);
    expect(emulator.snapshot()).toEqual(untouched);
  });

  it("touches no workspace that is not a sandbox", async () => {
    const seed: Seed = { workspaces: [{ key: "north", name: "North", is_sandbox: false }] };
    const real = await startEmulator({ seed });
    const { code, stderr } = await ended(run(real.url, real.apiKey));
    expect(stderr).toMatch(/workspace "North" .* is no sandbox\. Nothing was done\./);
    expect(code).toBe(1);
    expect([...real.requests].map(({ path }) => path)).toEqual(["/workspaces/get"]);
    await real.close();
  });
});

function run(endpoint: string, apiKey: string): ChildProcess {
  const env = { ...process.env, SEAM_ENDPOINT: endpoint, SEAM_API_KEY: apiKey };
  return spawn(process.execPath, [SCRIPT, "--json"], { env });
}

async function ended(child: ChildProcess) {
  const texts = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name]?.setEncoding("utf8").on("data", (text) => {
      texts[name] += text;
    });
  }
  const [code] = await once(child, "close");
  return { code, ...texts };
}

type Rewrite = (reply: Record<string, unknown>) => object;

/** A Seam whose answers differ from the emulator's on these routes. */
async function otherwise(target: string, rewrites: Readonly<Record<string, Rewrite>>): Promise<Server> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { authorization = "", "content-type": type = "" } = request.headers;
    const reply = await fetch(target + request.url, {
      method: "POST",
      headers: { authorization, "content-type": type },
      body: Buffer.concat(chunks),
    });
    const json = (await reply.json()) as Record<string, unknown>;
    const rewrite = rewrites[request.url ?? ""] ?? ((same) => same);
    response
      .writeHead(reply.status, { "content-type": "application/json" })
      .end(JSON.stringify(rewrite(json)));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}
