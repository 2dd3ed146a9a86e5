import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

const ROOT = join(__dirname, "../..");

/** A piece of a program in the documentation. */
interface Block {
  /** Where it stands, such as `docs/stays.md:12`. */
  readonly place: string;
  /** Of a file that is nowhere. */
  readonly file: string;
  readonly text: string;
}

/** The imports that every program begins with. */
const USUAL = [
  [/\bpulumi\.\w/, 'import * as pulumi from "@pulumi/pulumi";'],
  // An emulator is called so as well.
  [/\bseam\.(?:[A-Z]|get[A-Z])/, 'import * as seam from "pulumi-seam";'],
] as const;

/** What a block takes from the rest of its program may be anything. */
const CANNOT_FIND_NAME = [2304, 2552, 18004];

const BLOCKS = ["", "docs", "docs/reference"].flatMap((folder) =>
  readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith(".md"))
    .flatMap((name) => blocksOf(join(folder, name))),
);

it("the TypeScript in README.md and docs/ compiles", () => {
  const unknown = Map.groupBy(
    errorsIn(BLOCKS).filter(({ code }) => CANNOT_FIND_NAME.includes(code)),
    ({ file }) => file,
  );
  const complete = BLOCKS.map((block) => {
    const names = new Set((unknown.get(block.file) ?? []).map(({ name }) => name));
    const declared = [...names].map((name) => `declare const ${name}: any;\n`);
    return { ...block, text: declared.join("") + block.text };
  });
  const placeOf = new Map(BLOCKS.map(({ file, place }) => [file, place]));
  expect(BLOCKS.length).toBeGreaterThan(20);
  expect(errorsIn(complete).map(({ file, message }) => `${placeOf.get(file)}: ${message}`)).toEqual([]);
}, 180_000);

function blocksOf(page: string): Block[] {
  const text = readFileSync(join(ROOT, page), "utf8");
  return [...text.matchAll(/^```(?:ts|typescript)\n(.*?)^```/gms)].flatMap(({ index, 1: code = "" }) => {
    // Nothing here has vitest: `npm run test:matrix` runs this one.
    if (code.startsWith("// vitest.config.mts")) return [];
    const line = text.slice(0, index).split("\n").length;
    const imports = USUAL.filter(([use, statement]) => use.test(code) && !code.includes(statement));
    const whole = [...imports.map(([, statement]) => statement), leftOut(code), "export {};"].join("\n");
    const file = join(__dirname, `${page.replaceAll("/", "-")}-${line}.mts`);
    return [{ place: `${page}:${line}`, file, text: whole }];
  });
}

/** What a block leaves out may be anything, too. */
function leftOut(code: string): string {
  return code.replaceAll(/\{ (?:…|\/\* … \*\/) \}/g, "({} as any)");
}

function errorsIn(blocks: readonly Block[]) {
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    types: ["node"],
  };
  const texts = new Map(blocks.map(({ file, text }) => [file, text]));
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists } = host;
  host.readFile = (file) => texts.get(file) ?? readFile(file);
  host.fileExists = (file) => texts.has(file) || fileExists(file);
  const program = ts.createProgram([...texts.keys()], options, host);
  return ts.getPreEmitDiagnostics(program).map(({ file, code, messageText }) => {
    const message = ts.flattenDiagnosticMessageText(messageText, "\n");
    const [, name = ""] = /'(\w+)'/.exec(message) ?? [];
    return { file: file?.fileName ?? "", code, message, name };
  });
}
