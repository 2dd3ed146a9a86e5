import { existsSync, readFileSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** The module that the provider process loads, as every text in a state names it. */
const ENTRY = "pulumi-seam/provider";

/** The file that `pulumi-seam/provider` is from a folder, `undefined` where there is none. */
export function entryFrom(folder: string): string | undefined {
  try {
    return createRequire(join(folder, "x")).resolve(ENTRY);
  } catch {
    return undefined;
  }
}

/**
 * The shortest way over dependencies from a folder to a copy of this package: names of packages, each found from the
 * one before, from the last of which `entry` is what `pulumi-seam/provider` is. `undefined` where there is no way.
 */
export function chainTo(entry: string, folder: string): readonly string[] | undefined {
  const seen = new Set([folder]);
  let ways = [{ folder, names: [] as readonly string[], dependencies: dependenciesAbove(folder) }];
  while (ways.length > 0) {
    const there = ways.find((way) => entryFrom(way.folder) === entry);
    if (there) return there.names;
    ways = ways.flatMap(({ folder, names, dependencies }) =>
      dependencies.flatMap((name) => {
        const next = packageFolder(name, folder);
        if (next === undefined || seen.has(next)) return [];
        seen.add(next);
        return [{ folder: next, names: [...names, name], dependencies: dependenciesIn(next) }];
      }),
    );
  }
  return undefined;
}

/** Of the program: what the package.json files name from which Node takes packages there. */
function dependenciesAbove(folder: string): readonly string[] {
  const parent = dirname(folder);
  return [...dependenciesIn(folder), ...(parent === folder ? [] : dependenciesAbove(parent))];
}

const KINDS = ["dependencies", "optionalDependencies", "peerDependencies", "devDependencies"];

/** Sorted, so that the way is the same whoever writes the package.json. */
function dependenciesIn(folder: string): readonly string[] {
  try {
    const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    return KINDS.flatMap((kind) => Object.keys(manifest[kind] ?? {})).sort();
  } catch {
    return [];
  }
}

/** The real folder of a package as Node finds it, whatever the package exports. */
function packageFolder(name: string, from: string): string | undefined {
  const places = createRequire(join(from, "x")).resolve.paths(name) ?? [];
  const found = places.map((place) => join(place, name)).find((place) => existsSync(place));
  return found && realpathSync(found);
}
