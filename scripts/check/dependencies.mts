// `npm run check:dependencies`: what `npm install pulumi-seam` brings along, by the lock file: its size and licences.
// Peers are not counted, since a Pulumi program has them already.
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { overBudget } from "./budgets.mts";

/** Licences that ask no more of who uses a package than to keep its notice. */
const LICENCES = new Set(["0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT"]);

interface LockedPackage {
  readonly license?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const root = join(import.meta.dirname, "../..");
const lock = JSON.parse(await readFile(join(root, "package-lock.json"), "utf8"));
const packages: Readonly<Record<string, LockedPackage>> = lock.packages;

const installed = broughtBy("", new Set());
const sizes = await Promise.all([...installed].map((place) => sizeOf(join(root, place))));
const problems = [
  ...overBudget("dependencies", sum(sizes)),
  ...[...installed].flatMap((place) => licenceProblem(place)),
];
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;

/** Places of the lock file that a package needs, and what those need. */
function broughtBy(place: string, seen: Set<string>): Set<string> {
  const { dependencies, optionalDependencies } = packages[place] ?? {};
  for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
    const found = placeOf(name, place);
    if (found === undefined || seen.has(found)) continue;
    seen.add(found);
    broughtBy(found, seen);
  }
  return seen;
}

/** Where a package finds another one: inside itself, else beside itself, and so on upwards. */
function placeOf(name: string, from: string): string | undefined {
  const place = `${from && `${from}/`}node_modules/${name}`;
  if (packages[place]) return place;
  if (from === "") return undefined;
  return placeOf(name, from.slice(0, Math.max(0, from.lastIndexOf("/node_modules/"))));
}

function licenceProblem(place: string): string[] {
  const { license = "none" } = packages[place] ?? {};
  const named = license.split(/[()\s]+|\bAND\b|\bOR\b/).filter(Boolean);
  return named.every((name) => LICENCES.has(name))
    ? []
    : [
        `${place} has the licence ${license}, which nobody has looked at: allow it in scripts/check/dependencies.mts, or do without the package.`,
      ];
}

async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true });
  return sum(
    await Promise.all(
      entries
        // What is nested there is a package of its own.
        .filter(({ name }) => name !== "node_modules")
        .map(async (entry) => {
          const path = join(folder, entry.name);
          return entry.isDirectory() ? sizeOf(path) : (await stat(path)).size;
        }),
    ),
  );
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
