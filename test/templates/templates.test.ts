import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { startEmulator } from "../../emulator";
import { version } from "../../package.json";

const TEMPLATES = join(__dirname, "../../templates");

const ALL = readdirSync(TEMPLATES);

describe.each(ALL)("the template %s", (name) => {
  const read = (file: string) => readFileSync(join(TEMPLATES, name, file), "utf8");

  it("asks `pulumi new` for the API key, as a secret", () => {
    expect(parse(read("Pulumi.yaml"))).toMatchObject({
      name: `\${PROJECT}`,
      template: { config: { "seam:apiKey": { description: expect.any(String), secret: true } } },
    });
  });

  it("has a stack for the emulator that it starts", async () => {
    const { config } = parse(read("Pulumi.emulator.yaml"));
    const commands = read(existsSync(join(TEMPLATES, name, "package.json")) ? "package.json" : "README.md");
    const [, port, seed = ""] = /emulator --port (\d+) --seed ([\w.]+)/.exec(commands) ?? [];
    expect(config["seam:endpoint"]).toBe(`http://127.0.0.1:${port}`);
    const emulator = await startEmulator({ seed: join(TEMPLATES, name, seed) });
    await emulator.close();
    expect(config["seam:apiKey"]).toBe(emulator.apiKey);
  });
});

it.each(ALL.filter((name) => existsSync(join(TEMPLATES, name, "package.json"))))(
  "the template %s depends on this version of the package",
  (name) => {
    const { dependencies } = JSON.parse(readFileSync(join(TEMPLATES, name, "package.json"), "utf8"));
    expect(dependencies["pulumi-seam"]).toBe(`^${version.split(".").slice(0, 2).join(".")}.0`);
  },
);

it("the templates have the same building", () => {
  const [first, ...others] = ALL.map((name) => readFileSync(join(TEMPLATES, name, "building.yaml"), "utf8"));
  for (const other of others) expect(other).toBe(first);
});
