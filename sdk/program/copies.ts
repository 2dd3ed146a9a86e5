import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** A copy of this package on the disk. */
interface Copy {
  readonly folder: string;
  readonly version: string;
  /** `0.2.0 in …/node_modules/pulumi-seam`. */
  toString(): string;
}

/** The copy that is `pulumi-seam` in a folder. */
export function copyFrom(folder: string): Copy | undefined {
  try {
    return copyIn(dirname(createRequire(join(folder, "x")).resolve("pulumi-seam/package.json")));
  } catch {
    return undefined;
  }
}

/**
 * What there is to say where a program works with several versions of this package.
 * @param modules files of the modules that are loaded
 * @param folder the program's
 */
export function versionsNotice(modules: readonly string[], folder: string): string | undefined {
  const found = copyFrom(folder);
  const loaded = modules.flatMap((file) =>
    ENTRY.test(file) ? (copyIn(join(dirname(file), "../..")) ?? []) : [],
  );
  const copies = new Map([...loaded, ...(found ? [found] : [])].map((copy) => [copy.folder, copy]));
  if (new Set([...copies.values()].map(({ version }) => version)).size < 2) return undefined;
  return [
    `This program has several versions of pulumi-seam: ${[...copies.values()].join(", ")}.`,
    found
      ? `The resources of all of them are run by ${found.version}, which Pulumi finds from the program's folder.`
      : "Each runs the resources that are made with it, and knows nothing of the others'.",
    "Let all packages depend on one version.",
  ].join(" ");
}

/** What programs import, in every release. */
const ENTRY = /[\\/]dist[\\/]sdk[\\/]index\.js$/;

function copyIn(folder: string): Copy | undefined {
  try {
    const { name, version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    return name === "pulumi-seam"
      ? { folder, version, toString: () => `${version} in ${folder}` }
      : undefined;
  } catch {
    return undefined;
  }
}
