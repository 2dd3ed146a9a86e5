// `npm run plugin:archives -- [--out FOLDER] [--download-url URL]`: what a registry needs beyond the npm package. Writes
// pulumi-resource-seam-vX-<os>-<arch>.tar.gz for every platform, SHA256SUMS, and schema.json for the generators of SDKs.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import { build } from "esbuild";

const ROOT = join(import.meta.dirname, "..");
const NAME = "pulumi-resource-seam";
/** As Pulumi names them. The program is the same on all of them: JavaScript for the Node that is there. */
const PLATFORMS = ["linux", "darwin", "windows"].flatMap((os) =>
  ["amd64", "arm64"].map((arch) => ({ os, arch })),
);

const { values: options } = parseArgs({
  options: {
    out: { type: "string", default: join(ROOT, "plugin-archives") },
    "download-url": { type: "string" },
  },
});
const manifest = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
const node = Number.parseInt(/\d+/.exec(manifest.engines.node)?.[0] ?? "", 10);
const staging = mkdtempSync(join(tmpdir(), "pulumi-seam-archives-"));
try {
  rmSync(options.out, { recursive: true, force: true });
  mkdirSync(options.out, { recursive: true });
  await bundle(join(staging, `${NAME}.js`));
  copyFileSync(join(ROOT, "LICENSE"), join(staging, "LICENSE"));
  writeFileSync(join(staging, NAME), shellStarter(), { mode: 0o755 });
  writeFileSync(join(staging, `${NAME}.cmd`), windowsStarter());
  const archives = PLATFORMS.map(archive);
  writeFileSync(
    join(options.out, "SHA256SUMS"),
    archives.map((file) => `${sha256(file)}  ${basename(file)}\n`).join(""),
  );
  writeFileSync(join(options.out, "schema.json"), `${JSON.stringify(schema(), undefined, 2)}\n`);
  for (const file of archives) console.log(file);
} finally {
  rmSync(staging, { recursive: true, force: true });
}

/** The plugin and all that it needs as one file: a registry's archive is not installed by npm. */
async function bundle(outfile: string): Promise<void> {
  await build({
    entryPoints: [join(ROOT, "dist", "plugin", `${NAME}.js`)],
    outfile,
    bundle: true,
    platform: "node",
    target: `node${node}`,
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: "linked",
    logLevel: "error",
  });
}

function archive({ os, arch }: { readonly os: string; readonly arch: string }): string {
  const file = join(options.out, `${NAME}-v${manifest.version}-${os}-${arch}.tar.gz`);
  const starter = os === "windows" ? `${NAME}.cmd` : NAME;
  const parts = [starter, `${NAME}.js`, `${NAME}.js.LEGAL.txt`, "LICENSE"];
  // The same bytes whoever makes it, and when.
  const same = ["--sort=name", "--owner=0", "--group=0", "--numeric-owner", "--mtime=@0"];
  execFileSync("tar", ["-c", ...same, "-I", "gzip -n", "-f", file, "-C", staging, ...parts]);
  return file;
}

function schema(): object {
  const url = options["download-url"];
  const stored = JSON.parse(readFileSync(join(ROOT, "plugin", "schema.json"), "utf8"));
  return { ...stored, version: manifest.version, ...(url !== undefined && { pluginDownloadURL: url }) };
}

function sha256(file: string): string {
  return createHash("sha256").update(readFileSync(file)).digest("hex");
}

function shellStarter(): string {
  return `#!/bin/sh
# Pulumi starts this; the program is beside it.
if ! command -v node >/dev/null 2>&1; then
  echo "${NAME} runs on Node.js ${node} or newer, and there is no node on PATH. Install it: https://nodejs.org" >&2
  exit 1
fi
exec node "$(dirname -- "$0")/${NAME}.js" "$@"
`;
}

function windowsStarter(): string {
  return [
    "@echo off",
    "where node >nul 2>nul",
    "if errorlevel 1 (",
    `  echo ${NAME} runs on Node.js ${node} or newer, and there is no node on PATH. Install it: https://nodejs.org 1>&2`,
    "  exit /b 1",
    ")",
    `node "%~dp0${NAME}.js" %*`,
    "",
  ].join("\r\n");
}
