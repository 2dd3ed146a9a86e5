import { proxyFor } from "../../provider/http/proxy";

jest.setTimeout(20_000);

/** [endpoint, NO_PROXY, whether the proxy is asked]; each as Go's net/http decides. */
const CASES: [string, string, boolean][] = [
  ["https://connect.getseam.com", "", true],
  ["https://connect.getseam.com", "*", false],
  ["https://connect.getseam.com", "example.com, getseam.com", false],
  ["https://connect.getseam.com", "GetSeam.com", false],
  ["https://connect.getseam.com", ".getseam.com", false],
  ["https://connect.getseam.com", "*.getseam.com", false],
  ["https://connect.getseam.com", "connect.getseam.com:443", false],
  ["https://connect.getseam.com", "connect.getseam.com:8443", true],
  ["https://connect.getseam.com:8443", "connect.getseam.com:8443", false],
  ["https://connect.getseam.com", "seam.com", true],
  ["https://connect.getseam.com", "connect", true],
  ["https://connect.getseam.com", "10.0.0.0/8,,", true],
  ["https://getseam.com", ".getseam.com", true],
  ["https://getseam.com", "*.getseam.com", true],
  ["https://10.1.2.3", "10.1.2.3", false],
  ["https://10.1.2.3", "10.0.0.0/8", false],
  ["https://10.1.2.3", "11.0.0.0/8", true],
  ["https://10.1.2.3", "10.0.0.0/99", true],
  ["https://10.1.2.3:8443", "10.1.2.3:443", true],
  ["https://10.1.2.3", "2.3", true],
  ["https://[2001:db8::7]", "2001:db8::7", false],
  ["https://[2001:db8::7]", "[2001:0db8::7]:443", false],
  ["https://[2001:db8::7]", "2001:db8::/32", false],
  ["https://[2001:db8::7]", "2001:db9::/32", true],
  ["https://localhost:8443", "", false],
  ["https://127.3.2.1:8443", "", false],
  ["https://[::1]:8443", "", false],
  ["http://127.0.0.1:8080", "", false],
];

describe("an endpoint", () => {
  it.each(CASES)("%s with NO_PROXY=%j asks the proxy: %s", (endpoint, noProxy, asks) => {
    const environment = {
      HTTPS_PROXY: "http://proxy.example.com:3128",
      HTTP_PROXY: "http://proxy.example.com:3128",
      NO_PROXY: noProxy,
    };
    expect(proxyFor(new URL(endpoint), environment)?.address).toBe(
      asks ? "http://proxy.example.com:3128" : undefined,
    );
  });

  const seam = new URL("https://connect.getseam.com");

  it("asks no proxy where only the one for plain http is set", () => {
    expect(proxyFor(seam, { HTTP_PROXY: "http://proxy.example.com", http_proxy: "x" })).toBeUndefined();
  });

  it("takes the variable in capitals first, unless it is empty", () => {
    const upper = { HTTPS_PROXY: "http://upper.example.com", NO_PROXY: "example.org" };
    const lower = { https_proxy: "http://lower.example.com", no_proxy: "getseam.com" };
    expect(proxyFor(seam, { ...lower, ...upper })).toEqual({ address: "http://upper.example.com" });
    expect(proxyFor(seam, { https_proxy: lower.https_proxy, HTTPS_PROXY: "" })).toEqual({
      address: "http://lower.example.com",
    });
    expect(proxyFor(seam, { ...upper, ...lower, NO_PROXY: "" })).toBeUndefined();
  });

  it("signs in with the user that stands in the proxy's address, and keeps it out of the address", () => {
    const { address, authorization } =
      proxyFor(seam, { HTTPS_PROXY: "https://ada:p%40ss@proxy.example.com" }) ?? {};
    expect(address).toBe("https://proxy.example.com");
    expect(authorization).toBe(`Basic ${Buffer.from("ada:p@ss").toString("base64")}`);
  });
});
