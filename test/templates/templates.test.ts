import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { startEmulator } from "../../emulator";
import { version } from "../../package.json";

const TEMPLATES = join(__dirname, "../../templates");

describe.each(readdirSync(TEMPLATES))("the template %s", (name) => {
  const read = (file: string) => readFileSync(join(TEMPLATES, name, file), "utf8");
  const { dependencies, scripts } = JSON.parse(read("package.json"));

  it("asks `pulumi new` for the API key, as a secret", () => {
    expect(parse(read("Pulumi.yaml"))).toMatchObject({
      name: `\${PROJECT}`,
      template: { config: { "seam:apiKey": { description: expect.any(String), secret: true } } },
    });
  });

  it("depends on this version of the package", () => {
    expect(dependencies["pulumi-seam"]).toBe(`^${version.split(".").slice(0, 2).join(".")}.0`);
  });

  it("has a stack for the emulator that it starts", async () => {
    const { config } = parse(read("Pulumi.emulator.yaml"));
    const [, port, seed = ""] = /emulator --port (\d+) --seed (\S+)$/.exec(scripts.emulator) ?? [];
    expect(config["seam:endpoint"]).toBe(`http://127.0.0.1:${port}`);
    const emulator = await startEmulator({ seed: join(TEMPLATES, name, seed) });
    await emulator.close();
    expect(config["seam:apiKey"]).toBe(emulator.apiKey);
  });
});
