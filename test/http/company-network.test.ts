import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Emulator, startEmulator } from "../../emulator";
import { type Authority, createAuthority } from "./certificates";
import { type ConnectProxy, type ConnectProxyOptions, startConnectProxy } from "./connect-proxy";
import { startTlsFront, type TlsFront } from "./tls-front";

jest.setTimeout(20_000);

const LIST = "/acs/credentials/list";
const HOST = "seam.example.com";
/** No loopback address by its looks, so proxies are asked for it; and yet this machine. */
const THIS_MACHINE = "0.0.0.0";

let seam: Emulator;
let authority: Authority;
let front: TlsFront;
const open: { close(): Promise<void> }[] = [];

beforeAll(async () => {
  authority = createAuthority();
  seam = (await startEmulator()) as unknown as Emulator;
  front = await startTlsFront(
    seam.url,
    authority.issue([`DNS:${HOST}`, `IP:${THIS_MACHINE}`, "DNS:localhost"]),
  );
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
  seam.requests.clear();
});
afterAll(async () => {
  await front.close();
  await seam.close();
  authority.remove();
});

interface End {
  readonly status?: number;
  readonly name?: string;
  readonly message?: string;
  readonly cause?: string;
}

/** How requests of another process end, which is started with these variables. */
async function requestsOf(
  environment: Record<string, string>,
  endpoint: string,
  paths: readonly string[] = [LIST],
): Promise<End[]> {
  const args = [join(__dirname, "one-client.cjs"), endpoint, seam.apiKey, ...paths];
  const env = { PATH: process.env["PATH"], ...environment };
  const { stdout } = await promisify(execFile)(process.execPath, args, { env });
  return JSON.parse(stdout) as End[];
}

async function startProxy(options: ConnectProxyOptions = { port: front.port }): Promise<ConnectProxy> {
  const proxy = await startConnectProxy(options);
  open.push(proxy);
  return proxy;
}

const trusting = () => ({ NODE_EXTRA_CA_CERTS: authority.file });

describe("behind a proxy", () => {
  it.each(["HTTPS_PROXY", "https_proxy"])("requests go through the one that %s names", async (variable) => {
    const proxy = await startProxy();
    const environment = { ...trusting(), [variable]: proxy.address };
    expect(await requestsOf(environment, `https://${HOST}`, [LIST, LIST])).toEqual([
      { status: 200 },
      { status: 200 },
    ]);
    expect(proxy.asked[0]).toEqual({ target: `${HOST}:443`, authorization: undefined });
    expect(seam.requests.count(LIST)).toBe(2);
  });

  it("its address needs no scheme, and its user and password may hold any signs", async () => {
    const proxy = await startProxy({ port: front.port, user: "ada:p@ss:wörd" });
    const address = `ada:p%40ss%3Aw%C3%B6rd@${new URL(proxy.address).host}`;
    expect(await requestsOf({ ...trusting(), HTTPS_PROXY: address }, `https://${HOST}`)).toEqual([
      { status: 200 },
    ]);
  });

  it("it may speak TLS itself", async () => {
    const proxy = await startProxy({ port: front.port, certificate: authority.issue(["IP:127.0.0.1"]) });
    const environment = { ...trusting(), HTTPS_PROXY: proxy.address };
    expect(await requestsOf(environment, `https://${HOST}`)).toEqual([{ status: 200 }]);
    expect(proxy.asked).toHaveLength(1);
  });

  it.each(["NO_PROXY", "no_proxy"])("hosts that %s names are reached directly", async (variable) => {
    const proxy = await startProxy();
    const endpoint = `https://${THIS_MACHINE}:${front.port}`;
    const environment = { ...trusting(), HTTPS_PROXY: proxy.address };
    expect(await requestsOf(environment, endpoint)).toEqual([{ status: 200 }]);
    expect(proxy.asked).toHaveLength(1);
    const exempt = { ...environment, [variable]: `example.org,${THIS_MACHINE}` };
    expect(await requestsOf(exempt, endpoint)).toEqual([{ status: 200 }]);
    expect(proxy.asked).toHaveLength(1);
  });

  it("this machine is always reached directly, so that the emulator needs no NO_PROXY", async () => {
    const nowhere = "http://127.0.0.1:9";
    const environment = { ...trusting(), HTTPS_PROXY: nowhere, HTTP_PROXY: nowhere, http_proxy: nowhere };
    expect(await requestsOf(environment, seam.url)).toEqual([{ status: 200 }]);
    expect(await requestsOf(environment, `https://localhost:${front.port}`)).toEqual([{ status: 200 }]);
  });
});

describe("a proxy that lets nothing through", () => {
  const cases: [string, ConnectProxyOptions, RegExp][] = [
    ["wants another password", { user: "ada:right" }, /the proxy answered 407.*user and a password/],
    ["refuses the host", { answer: 403 }, /the proxy answered 403.*Check HTTPS_PROXY/],
    ["cannot reach the host", { answer: 502 }, /the proxy answered 502/],
    ["hangs up", { answer: "end" }, /ECONNRESET/],
    ["does not answer", { answer: "nothing" }, /no answer/],
  ];
  it.each(cases)(
    "fails a create as not sent when it %s, and is named without its password",
    async (...given) => {
      const [, options, expected] = given;
      const proxy = await startProxy(options);
      const { host } = new URL(proxy.address);
      const environment = { ...trusting(), HTTPS_PROXY: `http://ada:wr%6Fng-password@${host}` };
      const [end] = await requestsOf(environment, `https://${HOST}`);
      expect(end?.name).toBe("NotSentError");
      expect(end?.message).toMatch(expected);
      expect(end?.message).toContain(`the proxy http://${host} (`);
      expect(end?.message).toContain("Nothing was sent.");
      expect(JSON.stringify(end)).not.toMatch(/wrong|wr%6Fng|ada/);
      expect(seam.requests.count()).toBe(0);
    },
  );

  it("is said to be unreachable when nobody listens there", async () => {
    const proxy = await startConnectProxy({});
    await proxy.close();
    const [end] = await requestsOf({ HTTPS_PROXY: proxy.address }, `https://${HOST}`);
    expect(end?.name).toBe("NotSentError");
    expect(end?.message).toContain(`could not get through the proxy ${proxy.address} (ECONNREFUSED)`);
  });

  it("is asked once only for a wrong password, since repeating it may lock the account", async () => {
    const proxy = await startProxy({ user: "ada:right" });
    await requestsOf({ HTTPS_PROXY: proxy.address }, `https://${HOST}`);
    expect(proxy.asked).toHaveLength(1);
  });

  it.each(["socks5://proxy.example.com", "http://pro xy", "http://u:100%@proxy.example.com"])(
    "is refused by name before anything is sent, and its value not shown: %s",
    async (value) => {
      const [end] = await requestsOf({ HTTPS_PROXY: value }, `https://${HOST}`);
      expect(end?.name).toBe("SettingsError");
      expect(end?.message).toMatch(/^Environment variable HTTPS_PROXY is not the address of an HTTP proxy\./);
      expect(end?.message).not.toContain(value);
    },
  );
});

describe("over https", () => {
  const direct = () => `https://localhost:${front.port}`;

  it("requests share connections that speak HTTP/1.1, also with a server that knows h2", async () => {
    const before = front.connections.length;
    expect(await requestsOf(trusting(), direct(), Array(9).fill(LIST))).toEqual(
      Array(9).fill({ status: 200 }),
    );
    const [first, ...further] = front.connections.slice(before);
    expect(first).toEqual({ protocol: "http/1.1", isResumed: false });
    expect(further.length).toBeLessThan(3);
    for (const connection of further) expect(connection).toEqual({ protocol: "http/1.1", isResumed: true });
  });

  const server = async (names: string[], days?: number) => {
    const other = await startTlsFront(seam.url, authority.issue(names, days));
    open.push(other);
    return `https://localhost:${other.port}`;
  };

  it("a server that nobody vouches for is sent nothing, and NODE_EXTRA_CA_CERTS named", async () => {
    const [end] = await requestsOf({}, direct());
    expect(end?.name).toBe("NotSentError");
    expect(end?.message).toMatch(
      /could not trust the certificate of the server \(\w+\)\. Nothing was sent\. .*NODE_EXTRA_CA_CERTS/,
    );
    expect(seam.requests.count()).toBe(0);
  });

  it("an expired certificate points to the clock", async () => {
    const [end] = await requestsOf(trusting(), await server(["DNS:localhost"], -1));
    expect(end?.name).toBe("NotSentError");
    expect(end?.message).toMatch(/\(CERT_HAS_EXPIRED\)\. Nothing was sent\. Check this machine's clock/);
  });

  it("a certificate for another host points to the address", async () => {
    const [end] = await requestsOf(trusting(), await server(["DNS:other.example.com"]));
    expect(end?.name).toBe("NotSentError");
    expect(end?.message).toMatch(/\(ERR_TLS_CERT_ALTNAME_INVALID\)\. Nothing was sent\. Check seam:endpoint/);
  });

  it("certificates are judged behind a proxy as well", async () => {
    const proxy = await startProxy({ port: front.port });
    const [end] = await requestsOf(
      { ...trusting(), HTTPS_PROXY: proxy.address },
      "https://other.example.com",
    );
    expect(end?.name).toBe("NotSentError");
    expect(end?.message).toContain("certificate of the server (ERR_TLS_CERT_ALTNAME_INVALID)");
  });
});
