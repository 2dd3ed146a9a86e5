import { spawn } from "node:child_process";
import { join } from "node:path";
import type { InstallTarget } from "./ensure-pulumi.mts";
import { finished } from "./finished.mts";
import { publish } from "./publish.mts";

const INSTALLER_URL = "https://get.pulumi.com/install.sh";
const PROBE_MS = 4_000;
const DOWNLOAD_MS = 10 * 60_000;

/** Has Pulumi's Automation API install the release. */
export async function downloadRelease({ version, root, say }: InstallTarget): Promise<void> {
  say(`Downloading the Pulumi CLI ${version} from get.pulumi.com (about a minute, 150 MB) …`);
  // The installer itself would wait for minutes for a server that cannot be reached.
  await fetch(INSTALLER_URL, { method: "HEAD", signal: AbortSignal.timeout(PROBE_MS) }).catch(
    (error: unknown) => {
      throw new Error("Download: get.pulumi.com cannot be reached from here", { cause: error });
    },
  );
  await publish(root, async (staging) => {
    // In a process of its own, since the installer's download cannot be stopped from outside.
    const code =
      'require("@pulumi/pulumi/automation").PulumiCommand.install({ root: process.argv[1], version: process.argv[2] })' +
      ".catch((error) => { console.error(error.message); process.exitCode = 1; })";
    const child = spawn(process.execPath, ["--eval", code, staging, version], {
      cwd: join(import.meta.dirname, "..", ".."),
      stdio: ["ignore", "ignore", "pipe"],
      timeout: DOWNLOAD_MS,
      killSignal: "SIGKILL",
    });
    await finished(child, "Download: Pulumi's installer");
  });
}
