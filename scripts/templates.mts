// `npm run templates`: writes `from-clone/` (or the folder that is named), for who uses the package before it is on npm:
// the package as a tarball, and the templates with that tarball in place of the package on npm.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const ROOT = join(import.meta.dirname, "..");
const OUT = resolve(process.argv[2] ?? join(ROOT, "from-clone"));

rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT);
// It was built just now.
const packed = execFileSync("npm", ["pack", "--ignore-scripts", "--json", "--pack-destination", OUT], {
  cwd: ROOT,
  encoding: "utf8",
});
const tarball = join(OUT, JSON.parse(packed)[0].filename);
console.log(tarball);

for (const name of readdirSync(join(ROOT, "templates"))) {
  const folder = join(OUT, name);
  cpSync(join(ROOT, "templates", name), folder, { recursive: true });
  const file = join(folder, "package.json");
  if (existsSync(file)) {
    const manifest = JSON.parse(readFileSync(file, "utf8"));
    manifest.dependencies["pulumi-seam"] = `file:${tarball}`;
    writeFileSync(file, `${JSON.stringify(manifest, null, 2)}\n`);
  }
  const readme = join(folder, "README.md");
  const text = readFileSync(readme, "utf8");
  writeFileSync(
    readme,
    text.replaceAll("npm install --global pulumi-seam", `npm install --global ${tarball}`),
  );
  console.log(folder);
}
