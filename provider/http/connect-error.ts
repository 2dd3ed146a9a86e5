/**
 * No connection came about, so not a byte of any request has reached the server. Nothing else is one: the same codes
 * (EHOSTUNREACH, ETIMEDOUT) on a connection that was open say nothing about a request's fate.
 */
export class ConnectError extends Error {
  override readonly name = "ConnectError";
  /** As the messages of all errors say it: `could not reach the server (ECONNREFUSED)`. */
  readonly reason: string;
  readonly advice: string;
  /** True when every further try would fail as this one did. Wrong passwords, repeated, lock accounts. */
  readonly isLasting: boolean;
  constructor(reason: string, advice: string, cause: unknown, isLasting = false) {
    super(reason, { cause });
    this.reason = reason;
    this.advice = `Nothing was sent. ${advice}`;
    this.isLasting = isLasting;
  }
}

/** The proxy answered to CONNECT with something else than 200. */
export class TunnelRefusedError extends Error {
  readonly status: number | undefined;
  constructor(status: number | undefined) {
    super(`the proxy answered ${status}`);
    this.status = status;
  }
}

export function cannotReachServer(cause: unknown): ConnectError {
  return (
    badCertificate(cause, "the server") ??
    new ConnectError(
      `could not reach the server (${describe(cause)})`,
      "Check seam:endpoint and the network (behind a proxy, set HTTPS_PROXY), then run the command again.",
      cause,
    )
  );
}

/** @param address of the proxy, without user and password */
export function cannotPassProxy(cause: unknown, address: string): ConnectError {
  const certificate = badCertificate(cause, `the proxy ${address}`);
  if (certificate) return certificate;
  const wantsUser = cause instanceof TunnelRefusedError && cause.status === 407;
  return new ConnectError(
    `could not get through the proxy ${address} (${describe(cause)})`,
    wantsUser
      ? "The proxy wants a user and a password that it knows: set HTTPS_PROXY to http://user:password@host:port, with signs such as @ in the password percent-encoded."
      : "Check HTTPS_PROXY (NO_PROXY names the hosts that need no proxy), then run the command again.",
    cause,
    wantsUser,
  );
}

function badCertificate(cause: unknown, whose: string): ConnectError | undefined {
  const code = errorCode(cause) ?? "";
  if (!/CERT|LEAF_SIGNATURE/.test(code)) return undefined;
  const advice = /ISSUER|SELF_SIGNED|UNTRUSTED|LEAF_SIGNATURE/.test(code)
    ? "Where a company's network signs connections itself, set NODE_EXTRA_CA_CERTS to the file with its CA certificate (PEM), then run the command again."
    : /EXPIRED|NOT_YET/.test(code)
      ? "Check this machine's clock. If it is right, the certificate has to be renewed."
      : "Check seam:endpoint and HTTPS_PROXY: somebody else may be answering there.";
  return new ConnectError(`could not trust the certificate of ${whose} (${code})`, advice, cause, true);
}

function describe(cause: unknown): string {
  return errorCode(cause) ?? (cause instanceof Error ? cause.message : String(cause));
}

/** The `code` of an error of Node's or undici's, or of what caused it. */
export function errorCode(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null) return undefined;
  if ("code" in error && typeof error.code === "string") return error.code;
  if (error instanceof AggregateError) return errorCode(error.errors[0]);
  return "cause" in error ? errorCode(error.cause) : undefined;
}
