import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DEVIATIONS, PARAMETER_DEVIATIONS } from "../../emulator/deviations";
import { SILENT_PLACES } from "../../emulator/silent";
import { SYSTEMS } from "../../emulator/systems/index";

const PAGE = join(__dirname, "..", "..", "docs", "emulator.md");

const table = (head: string[], rows: string[][]) =>
  [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");

const SECTIONS = {
  "silent places: generated from emulator/silent.ts": table(
    ["place", "the emulator", "otherwise"],
    SILENT_PLACES.map(({ place, does, option = "" }) => [place, does, option]),
  ),
  "deviations: generated from emulator/deviations.ts": table(
    ["route", "difference", "reason"],
    [
      ...DEVIATIONS.map(({ route, problem, reason }) => [`\`${route}\``, problem, reason]),
      ...PARAMETER_DEVIATIONS.map(({ route, parameters, reason }) => [
        `\`${route}\``,
        `parameters ${parameters.join(" ")}`,
        reason,
      ]),
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

it("names every kind of system in its documentation", () => {
  const page = readFileSync(PAGE, "utf8");
  for (const kind of SYSTEMS.keys()) expect(page).toContain(`\`${kind.replaceAll("_", "-")}\``);
});
