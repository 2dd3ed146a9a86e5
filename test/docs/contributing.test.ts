import { existsSync } from "node:fs";
import { join } from "node:path";
import { scripts } from "../../package.json";
import { ADDITIONS } from "./contributing/additions";
import { NAMED_PATHS, NAMED_SCRIPTS, RECIPES } from "./contributing/recipe";

const ROOT = join(__dirname, "../..");

describe("CONTRIBUTING.md", () => {
  it("names files, folders and npm scripts that there are", () => {
    expect(NAMED_PATHS.length).toBeGreaterThan(30);
    expect(NAMED_PATHS.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
    expect(NAMED_SCRIPTS.filter((script) => !(script in scripts))).toEqual([]);
  });

  it("has recipes of which every file that is not new is there, and each is followed by a test", () => {
    expect([...RECIPES.keys()]).toEqual(Object.keys(ADDITIONS));
    for (const [title, { files, commands }] of RECIPES) {
      expect([title, commands.length > 0, files]).toEqual([
        title,
        true,
        Object.keys(ADDITIONS[title]?.edits ?? {}),
      ]);
      const present = files.filter((file) => !file.includes("<"));
      expect(present.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
    }
  });
});
