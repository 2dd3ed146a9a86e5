import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

const ROOT = join(import.meta.dirname, "../..");

/** What the program's side declares, by name: the one place where args, outputs and their meaning are written. */
export interface Source {
  readonly interfaces: ReadonlyMap<string, ts.InterfaceDeclaration>;
  readonly aliases: ReadonlyMap<string, ts.TypeAliasDeclaration>;
  readonly classes: ReadonlyMap<string, ts.ClassDeclaration>;
  readonly functions: ReadonlyMap<string, ts.FunctionDeclaration>;
}

export function readSource(): Source {
  const files = ["sdk/resources", "sdk/lookups"].flatMap((folder) =>
    readdirSync(join(ROOT, folder))
      .sort()
      .map((file) => join(folder, file)),
  );
  const statements = ["sdk/provider.ts", "sdk/errors-and-warnings.ts", ...files].flatMap((file) => [
    ...ts.createSourceFile(file, readFileSync(join(ROOT, file), "utf8"), ts.ScriptTarget.ES2022, true)
      .statements,
  ]);
  const named = <T extends ts.Statement>(isKind: (node: ts.Node) => node is T) =>
    new Map(
      statements
        .filter(isKind)
        .map((statement) => [(statement as unknown as { name: ts.Identifier }).name.text, statement]),
    );
  return {
    interfaces: named(ts.isInterfaceDeclaration),
    aliases: named(ts.isTypeAliasDeclaration),
    classes: named(ts.isClassDeclaration),
    functions: named(ts.isFunctionDeclaration),
  };
}
