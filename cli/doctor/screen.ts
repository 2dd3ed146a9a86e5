import pc from "picocolors";
import { DEFAULT_ENDPOINT, type SettingName } from "../../provider/http/settings";
import { plainText } from "../../report/plain-text";
import type { Account, Diagnosis, Installed, Network, Problem, Program, Seam, Software } from "./diagnosis";

/** What was found out, for people. */
export function screenOf({ account, network, seam, software, program, problems }: Diagnosis): string {
  const sections = [
    section("Account", [...workspaceLines(seam), ...accountLines(account)]),
    section("Way to Seam", [...networkLines(network), ...clockLines(seam)]),
    ...(seam?.systems ? [section("Access systems", systemLines(seam.systems))] : []),
    section("Installed", softwareLines(software)),
    section("Program", programLines(program)),
    problemSection(problems),
  ];
  return sections.join("\n");
}

type Line = readonly [label: string, text: string];

function section(title: string, lines: readonly Line[]): string {
  const width = Math.max(...lines.map(([label]) => label.length));
  return [title, ...lines.map(([label, text]) => `  ${label.padEnd(width)}  ${text}`), ""].join("\n");
}

const NAMES: Readonly<Record<SettingName, string>> = {
  apiKey: "API key",
  personalAccessToken: "access token",
  workspaceId: "workspace id",
  endpoint: "endpoint",
};

function workspaceLines(seam: Seam | undefined): readonly Line[] {
  if (!seam) return [["workspace", "unknown"]];
  const { workspaceId, name, isSandbox, isSuspended } = seam.workspace;
  const kind = [
    isSandbox === undefined ? undefined : isSandbox ? "a sandbox" : "not a sandbox",
    isSuspended && "suspended",
  ];
  const more = [workspaceId, ...kind].filter(Boolean).join(", ");
  return [["workspace", name === undefined ? more : `${plainText(name)} (${more})`]];
}

function accountLines({ stack, settings }: Account): readonly Line[] {
  return [
    ["stack", stack ?? "none was looked at"],
    ...settings.map(
      ({ name, label, isUsed }): Line => [NAMES[name], `${label}${isUsed ? "" : " (not used)"}`],
    ),
  ];
}

function networkLines({ endpoint, proxy, extraCertificates }: Network): readonly Line[] {
  return [
    ["address", `${endpoint ?? "unknown"}${endpoint === DEFAULT_ENDPOINT ? " (Seam's own)" : ""}`],
    ["proxy", proxy ?? "none"],
    ...(extraCertificates ? [["certificates", extraCertificates] as const] : []),
  ];
}

function clockLines(seam: Seam | undefined): readonly Line[] {
  const ahead = seam?.clockAheadSeconds;
  if (ahead === undefined) return [];
  // The header that tells has whole seconds, and was on its way for a while.
  if (Math.abs(ahead) < 3) return [["clock", "shows Seam's time"]];
  return [["clock", `${Math.abs(ahead)} s ${ahead > 0 ? "ahead of" : "behind"} Seam's`]];
}

/** More that are fine than this would push away what is not. */
const FINE_SHOWN = 8;

function systemLines(systems: NonNullable<Seam["systems"]>): readonly Line[] {
  if (systems.length === 0) return [["none", "no access system is connected to this workspace"]];
  const lines = systems.map(({ name, type, errors, warnings }) => ({
    name,
    type,
    reports: [...errors, ...warnings].map(({ code }) => code).join(", "),
  }));
  const fine = lines.filter(({ reports }) => reports === "");
  const hidden = fine.length > FINE_SHOWN ? fine.slice(FINE_SHOWN) : [];
  const shown = lines.filter((line) => !hidden.includes(line));
  return [
    ...shown.map(({ name, type, reports }): Line => [name, `${type}: ${reports || "fine"}`]),
    ...(hidden.length > 0 ? [["…", `and ${hidden.length} more that are fine`] as const] : []),
  ];
}

function softwareLines({ pulumiSeam, node, pulumi }: Software): readonly Line[] {
  return [
    ["pulumi-seam", `${installed(pulumiSeam)} (this command)`],
    ["Pulumi CLI", pulumi ? installed(pulumi) : "none that can be used"],
    ["Node", node],
  ];
}

function programLines({ folder, runtime, pulumiSeam, through, sdk }: Program): readonly Line[] {
  if (runtime === undefined) return [["none", `no Pulumi project was read in ${folder}`]];
  const way = through ? `, through ${through.join(", ")}` : "";
  const lines: readonly Line[] = [
    ["folder", `${folder} (${runtime})`],
    ["pulumi-seam", pulumiSeam ? `${installed(pulumiSeam)}${way}` : "is not found"],
  ];
  if (runtime !== "nodejs") return lines;
  return [...lines, ["@pulumi/pulumi", sdk ? installed(sdk) : "is not found"]];
}

function installed({ version, folder }: Installed): string {
  return `${version} in ${folder}`;
}

function problemSection(problems: readonly Problem[]): string {
  if (problems.length === 0) return "Nothing is amiss.\n";
  const marks = { error: pc.red("error"), attention: pc.yellow("look") };
  const lines = problems.map(
    ({ severity, text }) => `- ${marks[severity]}: ${text.split("\n").map(plainText).join("\n  ")}\n`,
  );
  return `What to look at\n${lines.join("")}`;
}
