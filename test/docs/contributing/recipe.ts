import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A recipe of CONTRIBUTING.md: how to add one kind of thing. */
export interface Recipe {
  /** The files that it takes, such as `provider/resources/<name>.ts`. */
  readonly files: readonly string[];
  /** The commands that it ends with. */
  readonly commands: readonly string[];
}

const GUIDE = readFileSync(join(__dirname, "../../../CONTRIBUTING.md"), "utf8");

/** Every recipe by its title, such as `A resource`. */
export const RECIPES: ReadonlyMap<string, Recipe> = new Map(
  sectionsOf(partOf(GUIDE, "Recipes"), "###").map(([title, text]) => [
    title,
    {
      files: [...text.matchAll(/^\| `([^`]+)` \|/gm)].map(([, file = ""]) => file),
      commands: [...text.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block = ""]) =>
        block.trim().split("\n"),
      ),
    },
  ]),
);

/** Every path of the repository that the guide names. */
export const NAMED_PATHS: readonly string[] = [
  ...new Set([...GUIDE.matchAll(/`([a-z][\w-]*\/[\w./-]*)`/g)].map(([, path = ""]) => path)),
];

/** Every npm script that the guide names. */
export const NAMED_SCRIPTS: readonly string[] = [
  ...new Set([...GUIDE.matchAll(/npm run ([\w:]+)/g)].map(([, script = ""]) => script)),
];

function partOf(text: string, title: string): string {
  return sectionsOf(text, "##").find(([name]) => name === title)?.[1] ?? "";
}

function sectionsOf(text: string, mark: string): (readonly [title: string, text: string])[] {
  return text
    .split(new RegExp(`^${mark} `, "m"))
    .slice(1)
    .map((section) => [section.slice(0, section.indexOf("\n")), section.slice(section.indexOf("\n"))]);
}
