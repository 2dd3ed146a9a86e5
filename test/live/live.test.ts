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
  readonly isFailure?: true;
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
    const { code, stdout } = await ended(run(urlOf(proxy), emulator.apiKey));
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

  it.each(["SIGINT", "SIGHUP"] as const)("takes away what it has made after %s", async (signal) => {
    const child = run(emulator.url, emulator.apiKey);
    while (emulator.credentials().length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    child.kill(signal);
    expect((await ended(child)).code).toBe(1);
    expect(emulator.snapshot()).toEqual(untouched);
  });

  it("judges nothing by a refusal of what it takes to try it, and by an outage", async () => {
    const no = { error: { type: "invalid_input", message: "No." } };
    const proxy = await otherwise(emulator.url, {
      "/access_grants/create": () => no,
      "/spaces/create": () => undefined,
    });
    // As where the key is taken back meanwhile.
    emulator.faults.add({ route: "/user_identities/update", fault: "answer", status: 401, body: "{}" });
    const { code, stdout } = await ended(run(urlOf(proxy), emulator.apiKey));
    proxy.close();
    const findings: Finding[] = JSON.parse(stdout);
    // Of a resource, a refusal does say that it does not work.
    expect(findings.filter(({ holds }) => holds === false).map(({ id }) => id)).toEqual([
      "life-of-access-grant",
    ]);
    expect(findings.filter(({ isFailure }) => isFailure).map(({ id }) => id)).toEqual([
      "grant-key-once",
      "identity-takes-grants-along",
      "related-places",
      "space-key-once",
      "life-of-user-identity",
    ]);
    expect(code).toBe(2);
    emulator.faults.clear();
    // Also the space that was made, though its answer was lost.
    expect(emulator.snapshot()).toEqual(untouched);
  });

  it("waits while Seam limits the rate", async () => {
    emulator.faults.add({ route: "/acs/credentials/list", call: 1, fault: "rate-limited" });
    emulator.faults.add({ route: "/spaces/delete", call: 1, fault: "bad-gateway" });
    const { code, stdout } = await ended(run(emulator.url, emulator.apiKey));
    expect(JSON.parse(stdout).filter(({ holds }: Finding) => holds !== true)).toEqual([]);
    expect(code).toBe(0);
    emulator.faults.clear();
    expect(emulator.snapshot()).toEqual(untouched);
  });

  it("says what it could not take away, and takes it away when told to", async () => {
    emulator.faults.add({ route: "/acs/users/delete", fault: "answer", status: 400, body: "{}" });
    const { code, stderr } = await ended(run(emulator.url, emulator.apiKey));
    expect(stderr).toMatch(/was taken away\. Left: acs_user \S+, [^\n]+\n.*npm run test:live -- --clean/);
    expect(code).toBe(1);
    emulator.faults.clear();
    expect(emulator.snapshot()).not.toEqual(untouched);
    expect((await ended(run(emulator.url, emulator.apiKey, "--clean"))).code).toBe(0);
    expect(emulator.snapshot()).toEqual(untouched);
  });

  it("refuses options that it does not have", async () => {
    const { code, stderr } = await ended(run(emulator.url, emulator.apiKey, "--wirte"));
    expect(stderr).toContain("Unknown option '--wirte'");
    expect(code).toBe(1);
    expect(emulator.requests.count()).toBe(0);
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

function run(endpoint: string, apiKey: string, ...options: string[]): ChildProcess {
  const env = { ...process.env, SEAM_ENDPOINT: endpoint, SEAM_API_KEY: apiKey };
  return spawn(process.execPath, [SCRIPT, "--json", ...options], { env });
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

function urlOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** `undefined`: the answer is lost on its way. */
type Rewrite = (reply: Record<string, unknown>) => object | undefined;

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
    const answer = rewrite(json);
    if (answer === undefined) return void request.socket.destroy();
    const status = reply.ok && "error" in answer ? 400 : reply.status;
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(answer));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}
