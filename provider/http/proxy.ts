/** Which proxy requests go through, by the environment: the rules are those of Go's net/http, so of `pulumi` itself. */
import { BlockList, isIP } from "node:net";
import { isLoopback, SettingsError } from "./settings";

export interface HttpProxy {
  /** `http://proxy.example.com:3128`: without user and password, fit for messages. */
  readonly address: string;
  /** `Proxy-Authorization`, where the address came with a user. */
  readonly authorization?: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy for an endpoint, or `undefined` where it is reached directly. Plain http always is: the settings allow it
 * for this machine only, and for this machine no proxy is asked.
 * @throws SettingsError when what HTTPS_PROXY holds is no address of a proxy
 */
export function proxyFor(endpoint: URL, environment: Environment = process.env): HttpProxy | undefined {
  const setting = ["HTTPS_PROXY", "https_proxy"].find((name) => environment[name]);
  const value = setting && environment[setting];
  if (!value || endpoint.protocol !== "https:" || isLoopback(endpoint.hostname)) return undefined;
  const exempt = (environment["NO_PROXY"] || environment["no_proxy"] || "").toLowerCase().split(",");
  if (exempt.some((entry) => entry.trim() && covers(entry.trim(), endpoint))) return undefined;
  const proxy = readProxy(value);
  if (proxy) return proxy;
  throw new SettingsError([
    `Environment variable ${setting} is not the address of an HTTP proxy. Write it like http://proxy.example.com:3128, or http://user:password@proxy.example.com:3128 with signs such as @ in the password percent-encoded.`,
  ]);
}

function readProxy(value: string): HttpProxy | undefined {
  try {
    const url = new URL(value.includes("://") ? value : `http://${value}`);
    if (url.protocol !== "http:" && url.protocol !== "https:") return undefined;
    const address = `${url.protocol}//${url.host}`;
    if (!url.username && !url.password) return { address };
    const user = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
    return { address, authorization: `Basic ${Buffer.from(user).toString("base64")}` };
  } catch {
    return undefined;
  }
}

/** Whether an entry of NO_PROXY (`*`, a domain, `.domain`, an address or a range, with a port or without) covers it. */
function covers(entry: string, endpoint: URL): boolean {
  if (entry === "*") return true;
  const host = withoutBrackets(endpoint.hostname);
  const [address = "", bits] = entry.split("/");
  if (bits !== undefined) return isInRange(host, address, Number(bits));
  const [, name = "", port] = isIP(entry) ? [entry, entry] : (/^(.*?)(?::(\d+))?$/.exec(entry) ?? []);
  if (port !== undefined && port !== (endpoint.port || "443")) return false;
  if (isIP(host)) return isInRange(host, withoutBrackets(name));
  const domain = name.replace(/^\*\./, ".");
  return domain.startsWith(".") ? host.endsWith(domain) : host === domain || host.endsWith(`.${domain}`);
}

function isInRange(host: string, address: string, bits?: number): boolean {
  const family = familyOf(address);
  if (!family || !isIP(host)) return false;
  const range = new BlockList();
  try {
    range.addSubnet(address, bits ?? (family === "ipv4" ? 32 : 128), family);
  } catch {
    return false;
  }
  return range.check(host, familyOf(host));
}

function familyOf(address: string): "ipv4" | "ipv6" | undefined {
  return ({ 4: "ipv4", 6: "ipv6" } as const)[isIP(address)];
}

function withoutBrackets(host: string): string {
  return host.replace(/^\[|\]$/g, "");
}
