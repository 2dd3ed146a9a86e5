import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

/** The page's script and style, to stand in the page itself. */
export interface PageFiles {
  readonly script: string;
  readonly style: string;
}

/** Compiled from `page/*.ts`, a project of its own: it knows the browser and not Node. */
const SCRIPTS = join(__dirname, "page");
/** From the package's root, since the compiler copies no style. */
const STYLES = join(__dirname, "../../../report/html/page/style");
/** In this order: where two say different things, the later one has the word. */
const STYLE_FILES = ["base", "top", "toolbar", "lists", "findings", "matrix", "end", "phone", "print"];

/** The built page. The files of a package do not change under it: they are read once. */
export function pageFiles(): PageFiles {
  files ??= {
    script: oneScript(),
    style: STYLE_FILES.map((name) => textOf(join(STYLES, `${name}.css`))).join("\n"),
  };
  return files;
}

/** The source by which a content security policy knows a text. */
export function policyHash(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}

let files: PageFiles | undefined;

/** All modules as one script: each is a function that is called when the first one asks for it. */
function oneScript(): string {
  const modules = readdirSync(SCRIPTS)
    .filter((file) => file.endsWith(".js"))
    .map((file) => {
      const name = JSON.stringify(`./${basename(file, ".js")}`);
      return `${name}(exports, require) {\n${textOf(join(SCRIPTS, file))}\n}`;
    });
  return `(() => {
const modules = {
${modules.join(",\n")}
};
const loaded = {};
function require(name) {
  if (!loaded[name]) modules[name]((loaded[name] = {}), require);
  return loaded[name];
}
require("./main");
})();
`;
}

/** A browser reads every line's end as `\n`, and so counts the hash. */
function textOf(file: string): string {
  return readFileSync(file, "utf8").replaceAll("\r\n", "\n");
}
