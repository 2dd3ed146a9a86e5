import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { type Emulator, startEmulator } from "../../emulator";
import { createClient, type SeamClient } from "../../provider/http/client";
import { NoAnswerError, NotSentError } from "../../provider/http/errors";

jest.setTimeout(20_000);

const CREATE = "/acs/credentials/create";

let seam: Emulator;
let client: SeamClient;
let onSent: (message: unknown) => void;

beforeEach(async () => {
  seam = (await startEmulator()) as unknown as Emulator;
  client = createClient({ endpoint: seam.url, token: seam.apiKey });
});
afterEach(async () => {
  unsubscribe("undici:client:sendHeaders", onSent);
  await client.close();
  await seam.close();
});

/** The next request's connection fails once its request is out, as the kernel would have it. */
function failOnceSent(error: NodeJS.ErrnoException): void {
  onSent = (message) => {
    const { socket } = message as { readonly socket: Socket };
    unsubscribe("undici:client:sendHeaders", onSent);
    setTimeout(() => socket.destroy(error), 100);
  };
  subscribe("undici:client:sendHeaders", onSent);
}

const create = () =>
  client.call({
    path: CREATE,
    body: { access_method: "code", acs_user_id: seam.ids.acsUsers["salto-ks/ada"] },
    effect: "create",
    action: "create acs_credential",
  });

/** An error in the shape that Node gives it. */
function failed(syscall: string, code: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${syscall} ${code}`), { code, syscall, errno: -1 });
}

describe("a create whose connection is lost after it was sent", () => {
  it.each([
    ["read", "EHOSTUNREACH"],
    ["read", "ENETUNREACH"],
    ["read", "ETIMEDOUT"],
    ["read", "ECONNREFUSED"],
    ["read", "ECONNRESET"],
    ["write", "EHOSTUNREACH"],
    ["write", "EPIPE"],
  ])("may have been carried out, whatever the code: %s %s", async (syscall, code) => {
    seam.faults.add({ fault: "slow", ms: 300 });
    failOnceSent(failed(syscall, code));
    const error = await create().catch((reason) => reason);
    expect(error).toBeInstanceOf(NoAnswerError);
    expect(error.message).toContain(`(${code})`);
    expect(seam.requests.count(CREATE)).toBe(1);
    expect(seam.credentials()).toHaveLength(1);
  });
});

describe("a create that no connection could be made for", () => {
  const createAt = async (endpoint: string) => {
    await client.close();
    client = createClient({ endpoint, token: seam.apiKey }, { maxTries: 1, connectTimeoutMs: 300 });
    return create().catch((reason) => reason);
  };

  it("was not sent when nobody listens on any address of a name", async () => {
    const error = await createAt("http://localhost:9");
    expect(error).toBeInstanceOf(NotSentError);
    expect(error.message).toContain("could not reach the server (ECONNREFUSED)");
  });

  it("was not sent when the name cannot be resolved", async () => {
    const error = await createAt("http://nowhere.invalid");
    expect(error).toBeInstanceOf(NotSentError);
    expect(error.message).toMatch(/could not reach the server \((ENOTFOUND|EAI_AGAIN)\)/);
  });

  it.each(["answers nothing", "hangs up"])(
    "was not sent when the server %s at the TLS handshake",
    async (how) => {
      const server = createServer((socket) => void (how === "hangs up" ? socket.destroy() : socket.resume()));
      server.listen(0, "127.0.0.1");
      await once(server, "listening");
      const error = await createAt(`https://127.0.0.1:${(server.address() as AddressInfo).port}`);
      expect(error).toBeInstanceOf(NotSentError);
      expect(error.message).toMatch(/could not reach the server \((UND_ERR_CONNECT_TIMEOUT|ECONNRESET)\)/);
      server.close();
    },
  );
});
