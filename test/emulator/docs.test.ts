import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse as parseYaml } from "yaml";
import { startEmulator } from "../../emulator/index";
import { SYSTEMS } from "../../emulator/systems/index";
import { deviations, parameters } from "./deviations.json";
import { fields, issues, routes, values } from "./newer-than-openapi.json";
import { SILENT_PLACES } from "./silent-places";

const PAGE = join(__dirname, "..", "..", "docs", "emulator.md");

const table = (head: string[], rows: string[][]) =>
  [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");

const names = (list: string[]) => list.map((name) => `\`${name}\``).join(", ");

const SECTIONS = {
  "silent places: generated from test/emulator/silent-places.ts": table(
    ["place", "the emulator", "otherwise"],
    SILENT_PLACES.map(({ place, does, option = "" }) => [place, does, option]),
  ),
  "deviations: generated from test/emulator/deviations.json": table(
    ["route", "difference", "reason"],
    [
      ...deviations.map(({ route, problem, reason }) => [`\`${route}\``, problem, reason]),
      ...parameters.map(({ route, parameters, reason }) => [
        `\`${route}\``,
        `parameters ${parameters.join(" ")}`,
        reason,
      ]),
    ],
  ),
  "newer than the OpenAPI: generated from test/emulator/newer-than-openapi.json": table(
    ["of Seam's newer client", "what"],
    [
      ...routes.map(({ route, parameters }) => [
        `\`${route}\``,
        `route with ${names(Object.keys(parameters))}`,
      ]),
      ...fields.map(({ schema, field }) => [`\`${schema}\``, `field \`${field}\``]),
      ...values.map(({ schema, field, values }) => [`\`${schema}.${field}\``, names(values)]),
      ...issues.map(({ schema, list, code }) => [`\`${schema}.${list}\``, `\`${code}\``]),
    ],
  ),
};

it("prints the lists of silent places and deviations in its documentation (UPDATE_DOCS=1 rewrites it)", () => {
  const page = readFileSync(PAGE, "utf8");
  let expected = page;
  for (const [name, text] of Object.entries(SECTIONS)) {
    const section = new RegExp(`<!-- ${name} -->.*?<!-- end -->`, "s");
    expect(page).toMatch(section);
    expected = expected.replace(section, () => `<!-- ${name} -->\n\n${text}\n\n<!-- end -->`);
  }
  if (process.env["UPDATE_DOCS"]) writeFileSync(PAGE, expected);
  else expect(page).toBe(expected);
});

it("documents a seed that the emulator takes", async () => {
  const [, yaml] = /```yaml\n(.*?)```/s.exec(readFileSync(PAGE, "utf8")) ?? [];
  const seam = await startEmulator({ seed: parseYaml(yaml ?? "") });
  await seam.close();
  expect(seam.accessMethods()).toHaveLength(2);
});

it("names every kind of system in its documentation", () => {
  const page = readFileSync(PAGE, "utf8");
  for (const kind of SYSTEMS.keys()) expect(page).toContain(`\`${kind.replaceAll("_", "-")}\``);
});
