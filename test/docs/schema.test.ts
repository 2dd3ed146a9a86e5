import { execFileSync } from "node:child_process";
import * as path from "node:path";
import * as provider from "../../provider";
import { isSecretName } from "../../provider/wire/secrets";
import { EVERY_LOOK_UP } from "../../sdk/lookups/every";

type Spec = Record<string, unknown>;
interface Resource {
  readonly description: string;
  readonly inputProperties: Record<string, Spec>;
  readonly properties: Record<string, Spec>;
}

const schema = require("../../plugin/schema.json") as {
  readonly resources: Record<string, Resource>;
  readonly functions: Record<string, { readonly description: string }>;
  readonly types: Record<string, Spec>;
  readonly config: { readonly variables: Record<string, Spec> };
};

const resources = Object.entries(provider).flatMap(([name, resource]) =>
  "lifecycle" in resource ? [[name, resource.lifecycle] as const] : [],
);

describe("plugin/schema.json", () => {
  it("is what `npm run schema` writes from TSDoc and the input tables", () => {
    const root = path.join(__dirname, "../..");
    // Says that it is not current, and fails.
    execFileSync(process.execPath, ["scripts/schema.mts", "--check"], { cwd: root, stdio: "pipe" });
  }, 60_000);

  it("has every resource with its inputs, and every look-up, each described", () => {
    expect(Object.keys(schema.resources).sort()).toEqual(
      resources.map(([name]) => `seam:index:${name}`).sort(),
    );
    for (const [name, { table }] of resources) {
      const { inputProperties, description } = schema.resources[`seam:index:${name}`] as Resource;
      expect(Object.keys(inputProperties).sort()).toEqual(Object.keys(table).sort());
      expect(description).toContain("```yaml");
      for (const spec of Object.values(inputProperties))
        expect(spec["description"]).toEqual(expect.any(String));
    }
    const lookUps = EVERY_LOOK_UP.map(({ name }) => `seam:index:${name}`);
    expect(Object.keys(schema.functions)).toEqual(lookUps);
    for (const { description } of Object.values(schema.functions))
      expect(description).toEqual(expect.any(String));
  });

  it("says of each input whether a change replaces, and of each PIN and key that it is secret", () => {
    for (const [name, { table }] of resources) {
      const { inputProperties, properties } = schema.resources[`seam:index:${name}`] as Resource;
      for (const [property, spec] of Object.entries(inputProperties)) {
        expect([property, spec["willReplaceOnChanges"] ?? false]).toEqual([
          property,
          (table as Record<string, { change: string }>)[property]?.change === "replace",
        ]);
      }
      for (const [property, spec] of Object.entries({ ...inputProperties, ...properties })) {
        expect([property, spec["secret"] ?? false]).toEqual([property, isSecretName(property)]);
      }
    }
    const secretSettings = Object.entries(schema.config.variables).filter(([, { secret }]) => secret);
    expect(secretSettings.map(([name]) => name)).toEqual(["apiKey", "personalAccessToken"]);
  });
});
