import { execFileSync, spawn } from "node:child_process";
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CLI_MODULE, type InstallTarget } from "./ensure-pulumi.mts";
import { finished } from "./finished.mts";
import { publish } from "./publish.mts";

const BUILD_MS = 45 * 60_000;
const SIGN_OF_LIFE_MS = 30_000;

const LANGUAGE_HOST = "pulumi-language-nodejs";

/** Builds the CLI from its Go modules, and puts beside it what Pulumi's releases have there. */
export async function buildFromSource({ version, root, say }: InstallTarget): Promise<void> {
  if (process.platform === "win32") throw new Error("Build: only made for Linux and macOS");
  requireGo();
  say(
    `Building the Pulumi CLI ${version} from Go modules: once, 6 to 10 minutes on 2 cores, ` +
      "needs 4 GB of disk in Go's caches …",
  );
  await publish(root, async (staging) => {
    const bin = join(staging, "bin");
    mkdirSync(bin);
    await goBuild(version, bin, say);
    addCompanions(bin);
  });
}

/** Puts beside a CLI that was built earlier what it lacks, or holds in an older text than this one's. */
export function completeEarlierBuild(root: string, version: string): void {
  const bin = join(root, "bin");
  const host = join(bin, LANGUAGE_HOST);
  // The one of a release is a large binary, and none of our business.
  const isOurs = existsSync(host) ? statSync(host).size < 65_536 : isBuilt(root, version);
  if (isOurs) addCompanions(bin);
}

async function goBuild(version: string, bin: string, say: (line: string) => void): Promise<void> {
  // Without its version the Automation API refuses the CLI.
  const stamp = `-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${version}`;
  const child = spawn(
    "go",
    [
      ...[
        "build",
        "-trimpath",
        "-buildvcs=false",
        "-tags",
        "osusergo,grpcnotrace",
        "-ldflags",
        `-s -w ${stamp}`,
      ],
      ...["-o", `${bin}/`, "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"],
    ],
    {
      cwd: CLI_MODULE,
      env: { ...process.env, CGO_ENABLED: "0" },
      stdio: ["ignore", "ignore", "pipe"],
      timeout: BUILD_MS,
    },
  );
  const started = Date.now();
  const signOfLife = setInterval(
    () => say(`  still building after ${Math.round((Date.now() - started) / 1_000)} s`),
    SIGN_OF_LIFE_MS,
  );
  try {
    await finished(child, "Build: go build");
  } finally {
    clearInterval(signOfLife);
  }
}

function isBuilt(root: string, version: string): boolean {
  const pulumi = join(root, "bin", "pulumi");
  if (!existsSync(pulumi)) return false;
  try {
    return execFileSync(pulumi, ["version"], { encoding: "utf8" }).trim() === `v${version}`;
  } catch {
    return false;
  }
}

/** Pulumi's releases bundle both; without them a program on disk, or a dynamic resource, does not run. */
function addCompanions(bin: string): void {
  const dynamicProvider = join(CLI_MODULE, "../../node_modules/@pulumi/pulumi/pulumi-resource-pulumi-nodejs");
  const companions = {
    [LANGUAGE_HOST]: join(CLI_MODULE, `${LANGUAGE_HOST}.js`),
    "pulumi-resource-pulumi-nodejs": dynamicProvider,
  };
  for (const [name, source] of Object.entries(companions)) {
    const target = join(bin, name);
    if (existsSync(target) && readFileSync(target).equals(readFileSync(source))) continue;
    copyFileSync(source, target);
    chmodSync(target, 0o755);
  }
}

function requireGo(): void {
  const needed = /^go (\d+)\.(\d+)/m
    .exec(readFileSync(join(CLI_MODULE, "go.mod"), "utf8"))
    ?.slice(1)
    .map(Number);
  const [major = 0, minor = 0] = needed ?? [];
  const advice = `install Go ${major}.${minor} or newer from https://go.dev/dl/`;
  let found: string;
  try {
    found = execFileSync("go", ["env", "GOVERSION"], { cwd: tmpdir(), encoding: "utf8" }).trim();
  } catch {
    throw new Error(`Build: there is no "go" on PATH; ${advice}`);
  }
  const [foundMajor = 0, foundMinor = 0] = /(\d+)\.(\d+)/.exec(found)?.slice(1).map(Number) ?? [];
  if (foundMajor < major || (foundMajor === major && foundMinor < minor))
    throw new Error(`Build: ${found} is too old; ${advice}`);
}
