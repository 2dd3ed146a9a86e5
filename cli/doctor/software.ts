import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { chainTo, entryFrom } from "../../sdk/program/chain";
import { copyFrom } from "../../sdk/program/copies";
import { compareVersions, noUsablePulumiCli, type PulumiCliSearch } from "../../sdk/testing/pulumi-cli";
import {
  attention,
  type Found,
  type Installed,
  type Problem,
  type Program,
  type Software,
} from "./diagnosis";
import { pluginFor } from "./plugin";
import type { Project } from "./project";

interface Manifest {
  readonly version: string;
  readonly engines: { readonly node: string };
  readonly peerDependencies: { readonly "@pulumi/pulumi": string };
}

const SDK = "@pulumi/pulumi";
const OWN_FOLDER = dirname(require.resolve("pulumi-seam/package.json"));
const { version, engines, peerDependencies }: Manifest = require("pulumi-seam/package.json");

/** This command, and what it runs on. */
export function findSoftware(search: PulumiCliSearch): Found<Software> {
  const { cli, rejected } = search;
  const node = process.versions.node;
  const pulumiSeam = { version, folder: OWN_FOLDER };
  return {
    part: { pulumiSeam, node, ...(cli && { pulumi: { version: cli.version, folder: cli.bin } }) },
    problems: [
      ...outside("Node", node, engines.node),
      ...(cli ? rejected.map(passedOver(cli.bin)) : [attention(noUsablePulumiCli(search))]),
    ],
  };
}

/** Whether Pulumi finds this package for the program of a project. */
export function findProgram(project: Project | undefined, here: string): Found<Program> {
  if (!project) return { part: { folder: here }, problems: [] };
  const { programFolder: folder, runtime } = project;
  const found = runtime === "nodejs" ? packagesIn(folder) : pluginOf(project);
  const part = { folder, runtime, ...found.part };
  const other = part.pulumiSeam ? otherVersion(part.pulumiSeam) : [];
  return { part, problems: [...found.problems, ...other] };
}

function packagesIn(folder: string): Found<Partial<Program>> {
  const copy = copyFrom(folder);
  const own = entryFrom(OWN_FOLDER);
  const through = copy || own === undefined ? undefined : chainTo(own, folder);
  const sdk = packageFrom(folder, SDK);
  const range = peerDependencies[SDK];
  return {
    part: {
      ...(copy && { pulumiSeam: { version: copy.version, folder: copy.folder } }),
      ...(through && { through, pulumiSeam: { version, folder: OWN_FOLDER } }),
      ...(sdk && { sdk }),
    },
    problems: [
      ...(copy || through ? [] : [missing(folder, "pulumi-seam", version)]),
      ...(sdk ? outside(SDK, sdk.version, range) : [missing(folder, SDK, range)]),
    ],
  };
}

function pluginOf(project: Project): Found<Partial<Program>> {
  const pulumiSeam = pluginFor(project);
  if (pulumiSeam) return { part: { pulumiSeam }, problems: [] };
  const text = `Pulumi finds no provider plugin for the program in ${project.programFolder} (${project.runtime}): run \`npm install --global pulumi-seam\`, or name the plugin's folder in Pulumi.yaml.`;
  return { part: {}, problems: [attention(text)] };
}

function missing(folder: string, name: string, range: string): Problem {
  return attention(
    `The program in ${folder} does not find ${name}: add "${name}": "${range}" to the dependencies of the package.json there, and install.`,
  );
}

function otherVersion(copy: Installed): readonly Problem[] {
  if (copy.version === version) return [];
  return [
    attention(
      `The program runs with pulumi-seam ${copy.version} in ${copy.folder}, and this command is ${version}. Run \`npx pulumi-seam doctor\` in the program's folder.`,
    ),
  ];
}

/** What is wrong with a version for a range such as `>=3.216.0 <4`. */
function outside(name: string, installed: string, range: string): readonly Problem[] {
  const [, oldest, below] = /^>=(\S+)(?: <(\S+))?$/.exec(range) ?? [];
  const isOld = oldest !== undefined && compareVersions(installed, whole(oldest)) < 0;
  const isNew = below !== undefined && compareVersions(installed, whole(below)) >= 0;
  if (!isOld && !isNew) return [];
  return [attention(`${name} ${installed} is too ${isOld ? "old" : "new"}: pulumi-seam needs ${range}.`)];
}

/** `22` as `22.0.0`. */
function whole(version: string): string {
  return [...version.split("."), "0", "0"].slice(0, 3).join(".");
}

function passedOver(bin: string) {
  return (reason: string) =>
    attention(
      `A Pulumi CLI was passed over: ${reason}. This command used the one in ${bin}; \`pulumi\` may be the other one.`,
    );
}

function packageFrom(folder: string, name: string): Installed | undefined {
  try {
    const file = createRequire(join(folder, "x")).resolve(`${name}/package.json`);
    return { version: String(JSON.parse(readFileSync(file, "utf8")).version), folder: dirname(file) };
  } catch {
    return undefined;
  }
}
