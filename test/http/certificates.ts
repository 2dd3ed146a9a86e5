import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface ServerCertificate {
  readonly key: Buffer;
  readonly cert: Buffer;
}

export interface Authority {
  /** File with the authority's own certificate, as NODE_EXTRA_CA_CERTS takes it. */
  readonly file: string;
  issue(names: readonly string[], days?: number): ServerCertificate;
  remove(): void;
}

/** A certificate authority that nobody trusts yet, made with the machine's openssl. */
export function createAuthority(): Authority {
  const folder = mkdtempSync(join(tmpdir(), "authority-"));
  const openssl = (...args: string[]) => execFileSync("openssl", args, { cwd: folder, stdio: "pipe" });
  const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  openssl(
    "req",
    "-x509",
    ...newKey,
    "-keyout",
    "ca.key",
    "-out",
    "ca.pem",
    "-subj",
    "/CN=Example",
    "-days",
    "9",
  );
  return {
    file: join(folder, "ca.pem"),
    issue(names, days = 9) {
      writeFileSync(join(folder, "names"), `subjectAltName=${names.join(",")}`);
      openssl("req", ...newKey, "-keyout", "key.pem", "-out", "request.pem", "-subj", "/CN=example");
      const signing = ["-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-extfile", "names"];
      openssl("x509", "-req", "-in", "request.pem", ...signing, "-days", String(days), "-out", "cert.pem");
      return { key: readFileSync(join(folder, "key.pem")), cert: readFileSync(join(folder, "cert.pem")) };
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}
