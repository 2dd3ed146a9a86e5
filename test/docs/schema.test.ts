import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import * as provider from "../../provider";
import { VARIABLES } from "../../provider/http/settings";
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
  readonly displayName: string;
  readonly description: string;
  readonly keywords: readonly string[];
  readonly types: Record<string, Spec>;
  readonly config: { readonly variables: Record<string, Spec> };
};

const ROOT = path.join(__dirname, "../..");

const resources = Object.entries(provider).flatMap(([name, resource]) =>
  "lifecycle" in resource ? [[name, resource.lifecycle] as const] : [],
);

describe("plugin/schema.json", () => {
  it("and the registry's pages are what `npm run schema` writes", () => {
    // Says what is not current, and fails.
    execFileSync(process.execPath, ["scripts/schema.mts", "--check"], { cwd: ROOT, stdio: "pipe" });
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

/** What Pulumi asks of whoever adds a package to its registry. */
describe("the pages for Pulumi's registry", () => {
  const page = (name: string) => readFileSync(path.join(ROOT, "docs", name), "utf8");
  const overview = page("_index.md");
  const installation = page("installation-configuration.md");

  it("have titles that go with the schema, which says what the package is", () => {
    const { displayName, description, keywords } = schema;
    expect(overview).toMatch(`---\ntitle: ${displayName}\nmeta_desc: ${JSON.stringify(description)}\n`);
    expect(installation).toMatch(`---\ntitle: ${displayName} Installation & Configuration\n`);
    expect(description).toContain(displayName);
    expect(keywords).toEqual(expect.arrayContaining(["kind/native", "category/infrastructure"]));
  });

  it("show an example in every language, and link to nothing in this repository", () => {
    for (const language of ["typescript", "python", "go", "yaml"])
      expect(overview).toContain(`{{% choosable language ${language} %}}\n\n\`\`\`${language}\n`);
    expect(overview + installation).not.toMatch(/\]\((?!https:)/);
  });

  it("say how to install, and name every setting that there is, secrets as secrets", () => {
    for (const command of ["npm install", "pulumi plugin install resource seam", "pulumi package add"])
      expect(installation).toContain(command);
    const rows = [...installation.matchAll(/^\| `seam:(\w+)`( \(secret\))? \| `(\w+)` \|/gm)];
    expect(rows.map(([, name, secret, variable]) => [name, variable, secret !== undefined])).toEqual(
      Object.entries(VARIABLES).map(([name, variable]) => [
        name,
        variable,
        schema.config.variables[name]?.["secret"] === true,
      ]),
    );
  });
});
