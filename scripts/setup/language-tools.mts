import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { CLI_MODULE } from "./ensure-pulumi.mts";
import { finished } from "./finished.mts";
import { withLock } from "./lock.mts";
import { publish } from "./publish.mts";

const BUILD_MS = 45 * 60_000;

/** What programs in other languages than those of Node need, beside the Pulumi CLI. */
export interface LanguageTools {
  /** The folder of `pulumi-language-yaml`, to be put on PATH. */
  yamlHost: string;
  /** Writes SDKs from a schema: see `scripts/pulumi-cli/sdks`. */
  sdks: string;
}

/** Builds them from Go modules, each once: minutes on a fresh machine, then nothing. */
export async function ensureLanguageTools(say: (line: string) => void): Promise<LanguageTools> {
  const yamlModule = join(CLI_MODULE, "../pulumi-yaml");
  const yaml = pinned(yamlModule, "github.com/pulumi/pulumi-yaml");
  const pulumi = pinned(CLI_MODULE, "github.com/pulumi/pulumi/pkg/v3");
  const yamlHost = await built(
    {
      name: `pulumi-language-yaml-${yaml}`,
      module: yamlModule,
      target: "github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml",
    },
    say,
  );
  const sdks = await built({ name: `pulumi-seam-sdks-${pulumi}`, module: CLI_MODULE, target: "./sdks" }, say);
  return { yamlHost, sdks: join(sdks, "sdks") };
}

interface Tool {
  readonly name: string;
  /** The folder of the Go module that pins it. */
  readonly module: string;
  /** The package to build. */
  readonly target: string;
}

/** The folder that has the tool. */
async function built({ name, module, target }: Tool, say: (line: string) => void): Promise<string> {
  // Beside the CLIs; Pulumi takes no folder for one of them that is not named by a version.
  const versions = join(homedir(), ".pulumi", "versions");
  const root = join(versions, name);
  mkdirSync(versions, { recursive: true });
  await withLock(join(versions, `.${name}.lock`), say, async () => {
    if (existsSync(root)) return;
    say(`Building ${name} from Go modules: once, some minutes …`);
    await publish(root, async (staging) => {
      const child = spawn("go", ["build", "-trimpath", "-buildvcs=false", "-o", `${staging}/`, target], {
        cwd: module,
        env: { ...process.env, CGO_ENABLED: "0" },
        stdio: ["ignore", "ignore", "pipe"],
        timeout: BUILD_MS,
      });
      await finished(child, `go build ${target}`);
    });
  });
  return root;
}

function pinned(module: string, path: string): string {
  const manifest = readFileSync(join(module, "go.mod"), "utf8");
  const version = new RegExp(`${path} v(\\S+)`).exec(manifest)?.[1];
  if (version === undefined) throw new Error(`${module}/go.mod names no version of ${path}`);
  return version;
}
