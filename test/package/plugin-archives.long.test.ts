import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { startEmulator } from "../../emulator";
import { documentedProgram } from "../languages/documented";
import { languageTools, type Project, pluginArchive, startProject } from "../languages/project";

const ROOT = join(__dirname, "../..");
const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));

const start = () => startEmulator();
let seam: Awaited<ReturnType<typeof start>>;
let project: Project;
let archives: string;

beforeAll(async () => {
  const { yamlHost } = languageTools();
  seam = await start();
  project = startProject({ SEAM_API_KEY: seam.apiKey, SEAM_ENDPOINT: seam.url }, []);
  // A machine with Node and Pulumi, and nothing of npm's: what is on PATH would win over what is installed.
  const node = join(project.folder, "home", "node-alone");
  mkdirSync(node);
  symlinkSync(process.execPath, join(node, "node"));
  const others = (process.env["PATH"] ?? "")
    .split(delimiter)
    .filter((folder) => !/node_modules/.test(folder));
  project.env["PATH"] = [node, yamlHost, ...others].join(delimiter);
  archives = join(project.folder, "archives");
  execFileSync(process.execPath, [join(ROOT, "scripts/plugin-archives.mts"), "--out", archives]);
}, 45 * 60_000);
afterAll(async () => {
  await seam?.close();
  project?.remove();
});

async function pulumi(...args: readonly string[]): Promise<string> {
  const { code, output } = await project.run("pulumi", ...args, "--non-interactive");
  if (code !== 0) throw new Error(`pulumi ${args.join(" ")} ended with ${code}:\n${output}`);
  return output;
}

describe("the plugin's archives", () => {
  it("are there for every platform that Pulumi has, with their sums and the schema", () => {
    const platforms = ["darwin", "linux", "windows"].flatMap((os) => [`${os}-amd64`, `${os}-arm64`]);
    const files = platforms.map((platform) => `pulumi-resource-seam-v${version}-${platform}.tar.gz`);
    expect(readdirSync(archives).sort()).toEqual(["SHA256SUMS", ...files, "schema.json"]);
    const sums = files.map((file) => {
      const bytes = readFileSync(join(archives, file));
      return `${createHash("sha256").update(bytes).digest("hex")}  ${file}\n`;
    });
    const listed = readFileSync(join(archives, "SHA256SUMS"), "utf8").split(/(?<=\n)/);
    expect(listed.sort()).toEqual(sums.sort());
    expect(JSON.parse(readFileSync(join(archives, "schema.json"), "utf8"))).toMatchObject({ version });
  });

  it("install where there is nothing but Node and Pulumi, and run a program with look-ups", async () => {
    await pulumi("plugin", "install", "resource", "seam", version, "--file", pluginArchive(archives));
    writeFileSync(join(project.folder, "Pulumi.yaml"), documentedProgram("yaml"));
    await pulumi("stack", "init", "dev");
    await pulumi("config", "set", "--secret", "pin", '"4711"');
    const output = await pulumi("up", "--yes");
    expect(output).toContain("6 created");
    expect(output).not.toContain("using pulumi-resource-seam from $PATH");
    await pulumi("preview", "--expect-no-changes");
    expect(await pulumi("destroy", "--yes")).toContain("6 deleted");
  }, 300_000);

  it("say what is missing where there is no Node", async () => {
    const installed = join(
      project.folder,
      "home/plugins",
      `resource-seam-v${version}`,
      "pulumi-resource-seam",
    );
    project.env["PATH"] = "/nowhere";
    const { code, output } = await project.run("/bin/sh", installed, "127.0.0.1:1");
    expect([code, output]).toEqual([1, expect.stringContaining("there is no node on PATH")]);
  });
});
