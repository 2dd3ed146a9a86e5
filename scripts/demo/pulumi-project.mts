import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { stripVTControlCharacters } from "node:util";
import pc from "picocolors";

const ROOT = join(import.meta.dirname, "..", "..");
const COMMAND_MS = 120_000;

/** A stack of the repository's own Pulumi project, with its state in a temporary folder. */
export class PulumiProject {
  readonly #folder = mkdtempSync(join(tmpdir(), "pulumi-seam-demo-"));
  // Its settings file lies beside Pulumi.yaml, where somebody may have a stack "demo".
  readonly #stack = `demo-${process.pid}`;
  readonly #env: NodeJS.ProcessEnv;

  private constructor(bin: string) {
    const [backend, home] = [join(this.#folder, "backend"), join(this.#folder, "home")];
    mkdirSync(backend);
    mkdirSync(home);
    this.#env = {
      ...process.env,
      PATH: `${bin}${delimiter}${process.env["PATH"]}`,
      PULUMI_BACKEND_URL: pathToFileURL(backend).href,
      PULUMI_HOME: home,
      PULUMI_STACK: this.#stack,
      PULUMI_CONFIG_PASSPHRASE: "demo",
      PULUMI_ACCESS_TOKEN: "",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      // `npm run check` has looked at the program's types; here it would take two seconds a command.
      PULUMI_NODEJS_TRANSPILE_ONLY: "true",
    };
  }

  static async open(bin: string, seam: { url: string; apiKey: string }): Promise<PulumiProject> {
    const project = new PulumiProject(bin);
    await project.#run("stack", "init", project.#stack);
    await project.#run("config", "set", "seam:endpoint", seam.url);
    await project.#run("config", "set", "--secret", "seam:apiKey", seam.apiKey);
    return project;
  }

  /** Runs a `pulumi` command and shows it, with its lines about what became of credentials. */
  async pulumi(...args: string[]): Promise<void> {
    console.log(pc.cyan(`   $ pulumi ${args.join(" ")}`));
    const printed = await this.#run(...args, ...(args[0] === "config" ? [] : ["--suppress-progress"]));
    const resources = printed
      .split("\n")
      .filter((line) => /AcsCredential \S+ (created|updated|deleted) /.test(line));
    for (const line of resources)
      console.log(pc.dim(`   ${line.replace("pulumi-nodejs:dynamic/", "").trimEnd()}`));
  }

  /** What the state holds of each credential, by the resource's name. */
  async resources(): Promise<Record<string, Record<string, unknown> | undefined>> {
    const { deployment } = JSON.parse(await this.#run("stack", "export")) as {
      deployment: { resources: { urn: string; type: string; outputs: Record<string, unknown> }[] };
    };
    const credentials = deployment.resources.filter(({ type }) => type.endsWith(":AcsCredential"));
    return Object.fromEntries(credentials.map(({ urn, outputs }) => [urn.split("::").at(-1), outputs]));
  }

  /** Takes the stack's settings file and the temporary folder away. */
  async remove(): Promise<void> {
    await this.#run("stack", "rm", "--yes", "--force", this.#stack).catch(() => undefined);
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #run(...args: string[]): Promise<string> {
    const child = spawn("pulumi", [...args, "--non-interactive"], {
      cwd: ROOT,
      env: this.#env,
      stdio: ["ignore", "pipe", "pipe"],
      timeout: COMMAND_MS,
    });
    let [stdout, stderr] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    return new Promise((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (code) => {
        if (code === 0) return resolve(stripVTControlCharacters(stdout));
        reject(new Error(`pulumi ${args.join(" ")} ended with exit code ${code}:\n${stdout}\n${stderr}`));
      });
    });
  }
}
