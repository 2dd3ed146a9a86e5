import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import {
  Application,
  Converter,
  type DeclarationReflection,
  LogLevel,
  PageEvent,
  ReflectionKind,
} from "typedoc";
import { changesTable } from "./changes-table.mts";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");

/** The pages of the reference by file name: one for each file that sdk/index.ts exports from. */
export async function referencePages(): Promise<Map<string, string>> {
  const out = mkdtempSync(join(tmpdir(), "pulumi-seam-docs-"));
  try {
    const app = await Application.bootstrapWithPlugins({
      ...OPTIONS,
      entryPoints: entryPoints(),
      out,
    } as object);
    app.converter.on(Converter.EVENT_CREATE_DECLARATION, (_, reflection) => {
      // A page is named by its file alone, whichever room that is in.
      if (reflection.kindOf(ReflectionKind.Module)) reflection.name = basename(reflection.name);
    });
    app.converter.on(Converter.EVENT_RESOLVE_END, ({ project }) => {
      for (const reflection of project.getReflectionsByKind(ReflectionKind.All)) {
        if (isNoise(reflection as DeclarationReflection)) project.removeReflection(reflection);
      }
    });
    app.renderer.on(PageEvent.END, (page: PageEvent) => {
      page.contents = tidy(page.contents ?? "");
    });
    const project = await app.convert();
    if (!project) throw new Error("TypeDoc could not read sdk/");
    await app.generateOutputs(project);
    if (app.logger.hasErrors() || app.logger.hasWarnings())
      throw new Error("TypeDoc found mistakes: see above");
    const pages = new Map(readdirSync(out).map((name) => [name, readFileSync(join(out, name), "utf8")]));
    return pages.set("README.md", indexPage(pages));
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

const OPTIONS = {
  name: "Reference",
  tsconfig: join(root, "tsconfig.json"),
  basePath: join(root, "sdk"),
  plugin: ["typedoc-plugin-markdown"],
  logLevel: LogLevel.Warn,
  readme: "none",
  disableSources: true,
  excludeExternals: true,
  excludeInternal: true,
  excludePrivate: true,
  // Pulumi's own types, which are described there.
  validation: { notExported: false },
  sort: ["kind", "source-order"],
  kindSortOrder: ["Class", "Function", "Interface", "TypeAlias"],
  groupOrder: ["Classes", "Functions", "Interfaces", "Type Aliases"],
  outputFileStrategy: "modules",
  entryFileName: "README",
  hidePageHeader: true,
  hideBreadcrumbs: true,
  hideGroupHeadings: true,
  useHTMLAnchors: false,
  interfacePropertiesFormat: "table",
  classPropertiesFormat: "table",
  parametersFormat: "table",
  typeDeclarationFormat: "table",
  tableColumnSettings: { hideDefaults: true, hideModifiers: true, hideOverrides: true, hideInherited: true },
};

function entryPoints(): string[] {
  const index = readFileSync(join(root, "sdk/index.ts"), "utf8");
  return [...index.matchAll(/ from "\.\/([^"]+)"/g)].map(([, name = ""]) => {
    const file = join(root, "sdk", `${name}.ts`);
    return existsSync(file) ? file : join(root, "sdk", name, "index.ts");
  });
}

/** What there is, by the folder of sdk/ that it is in, each with its first sentence. */
function indexPage(pages: ReadonlyMap<string, string>): string {
  const groups = Object.entries(GROUPS).map(([title, folder]) => {
    const lines = entryPoints()
      .map((file) => relative(join(root, "sdk"), file))
      .filter((file) =>
        folder === "" ? !Object.values(GROUPS).includes(dirname(file)) : dirname(file) === folder,
      )
      .map((file) => `${basename(file) === "index.ts" ? dirname(file) : basename(file, ".ts")}.md`)
      .map((name) => `- [${titleOf(pages.get(name))}](${name}): ${firstSentence(pages.get(name))}`);
    return `## ${title}\n\n${lines.join("\n")}`;
  });
  return page(["# Reference", ...groups]);
}

const GROUPS: Readonly<Record<string, string>> = {
  Resources: "resources",
  Components: "components",
  "Look-ups": "lookups",
  "Account, errors and warnings": "",
};

function titleOf(text = ""): string {
  return /^# (.*)/.exec(text)?.[1] ?? "";
}

/** Of a page that has no text of its own: what is on it. */
function firstSentence(text = ""): string {
  const [, paragraph] = /^# .*\n\n(?!#)([\s\S]*?)(?:\n\n|$)/.exec(text) ?? [];
  const sentence = /^.*?[.:](?=\s|$)/.exec(paragraph?.replaceAll("\n", " ") ?? "")?.[0];
  const names = [...text.matchAll(/^## (\w+)/gm)].map(([, name = ""]) => name);
  const asked = names.filter((name) => /^get[A-Z].*(?<!Output)$/.test(name));
  return (
    sentence?.replace(/:$/, ".") ?? (asked.length > 0 ? asked : names).map((name) => `\`${name}\``).join(", ")
  );
}

/** What a user of the class does not need to read: how it is constructed is in the example. */
function isNoise({ kind, name }: DeclarationReflection): boolean {
  return kind === ReflectionKind.Constructor || ["__pulumiType", "isInstance", "isSeam"].includes(name);
}

/**
 * The page of a class with its name as title, inputs before outputs, and the table of changes. What only repeats is
 * taken out of every page.
 */
function tidy(markdown: string): string {
  const [title = "", ...sections] = markdown
    .replace(/<a id="[^"]*"><\/a> /g, "")
    // Properties are rows of tables, which have no anchors.
    .replace(/(\]\([\w-]+\.md)#property-[\w-]+\)/g, "$1)")
    .replace(/^#+ Extends\n\n- .*\n\n/gm, "")
    .replace(/^#+ Overrides\n\n.*\n\n?/gm, "")
    .replace(/^\*\*\*\n\n/gm, "")
    .replaceAll("OutputInstance", "Output")
    .replace(/`UnwrappedObject`\\<(.*?)\\>/g, "$1")
    .split(/^(?=## )/m);
  const name = /^# (.*)\n/.exec(title)?.[1] ?? "";
  const isOf = (section: string, text: string) =>
    section.toLowerCase().startsWith(`## ${name.replaceAll("-", "")}${text}\n`);
  const own = sections.find((section) => isOf(section, ""));
  if (!own) return page([title.replace(/^# .*/, headingOf), ...sections]);
  const args = sections.find((section) => isOf(section, "args")) ?? "";
  const others = sections.filter((section) => section !== own && section !== args);
  const [intro = "", ...members] = own.replace(/^#/gm, "").split(/^(?=## (?:Properties|Methods)\n)/m);
  const className = /^# (\w+)/.exec(intro)?.[1] ?? "";
  const isResource = args !== "";
  const outputs = isResource
    ? members.map((member) => member.replace(/^## Properties\n/, "## Outputs\n"))
    : members;
  return page([intro, args, changesTable(className, args), ...outputs, ...others]);
}

/** `# errors-and-warnings`, the name of a file, as a heading. */
function headingOf(line: string): string {
  return line.replaceAll("-", " ").replace(/\w/, (letter) => letter.toUpperCase());
}

function page(sections: readonly string[]): string {
  return `${sections
    .map((section) => section.trim())
    .filter(Boolean)
    .join("\n\n")}\n`;
}
