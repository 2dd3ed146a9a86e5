import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { scripts } from "../../package.json";

const ROOT = join(__dirname, "../..");
const FOLDER = join(ROOT, ".github");

const files = (folder: string) =>
  readdirSync(join(FOLDER, folder)).map((name): [string, string] => [
    name,
    readFileSync(join(FOLDER, folder, name), "utf8"),
  ]);

/** GitHub shows no form that has other keys than these. */
const FORM_KEYS: Readonly<Record<string, readonly string[]>> = {
  markdown: ["value"],
  textarea: ["label", "description", "placeholder", "value", "render"],
  input: ["label", "description", "placeholder", "value"],
};

interface Part {
  readonly type: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly validations?: Readonly<Record<string, unknown>>;
}

const forms = files("ISSUE_TEMPLATE").filter(([name]) => name !== "config.yml");

it.each(forms)("the issue form %s asks what GitHub can show", (_, text) => {
  const { name, description, body } = parse(text) as Record<string, unknown> & { body: Part[] };
  expect([typeof name, typeof description]).toEqual(["string", "string"]);
  for (const { type, attributes, validations = {} } of body) {
    const unknown = Object.entries(attributes).filter(
      ([key, value]) => !FORM_KEYS[type]?.includes(key) || typeof value !== "string",
    );
    expect(unknown).toEqual([]);
    expect(Object.keys(validations).filter((key) => key !== "required")).toEqual([]);
  }
  expect(body.filter(({ type }) => type !== "markdown").length).toBeGreaterThan(0);
});

it.each(files("workflows"))("the workflow %s runs scripts and tests that there are", (_, text) => {
  const { permissions, jobs } = parse(text);
  expect(permissions).toEqual({ contents: "read" });
  for (const job of Object.values<{ steps: { run?: string }[]; strategy?: object }>(jobs)) {
    const commands = job.steps.flatMap(({ run }) => run ?? []).join("\n");
    const named = [...commands.matchAll(/npm run ([\w:]+)/g)].map(([, name = ""]) => name);
    const { matrix = {} } = (job.strategy ?? {}) as { matrix?: { command?: string[] } };
    expect([...named, ...(matrix.command ?? [])].filter((name) => !(name in scripts))).toEqual([]);
    const folders = [...commands.matchAll(/\btest\/[\w/-]+/g)].map(([folder]) => folder);
    expect(folders.filter((folder) => !existsSync(join(ROOT, folder)))).toEqual([]);
  }
});
