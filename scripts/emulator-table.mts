// `npm run emulator:table`: each route, whether it is valid by Seam's OpenAPI, driven by Seam's client, faults played.
import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { promisify } from "node:util";
import type { RouteReport } from "../test/emulator/conformance/report.mts";

const require = createRequire(import.meta.url);
const documented: {
  deviations: { route: string; problem: string }[];
} = require("../test/emulator/deviations.json");
const unmanaged = require("../test/emulator/conformance/unmanaged.json");
const { DEFAULT_PORTFOLIO, startEmulator } = require("../dist/emulator/index.js");
const { ROUTES } = require("../dist/emulator/api/routes.js");

const report = new URL("../test/emulator/conformance/report.mts", import.meta.url).pathname;
const [main] = DEFAULT_PORTFOLIO.workspaces;
const people = [...main.user_identities, ...unmanaged.user_identities];
const workspaces = [{ ...main, user_identities: people, access_grants: unmanaged.access_grants }];
const seam = await startEmulator({ seed: { workspaces } });
const target = JSON.stringify({ url: seam.url, apiKey: seam.apiKey, ids: seam.ids });
const { stdout } = await promisify(execFile)(process.execPath, [report, target], { maxBuffer: 2 ** 26 });
await seam.close();

const reports = new Map((JSON.parse(stdout) as RouteReport[]).map((row) => [row.path, row]));
const listed = new Set(documented.deviations.map(({ route, problem }) => `${route} ${problem}`));
const rows = [["route", "OpenAPI-valid", "official client", "faults seen"]];
let isGood = true;
for (const path of [...ROUTES.keys()].sort()) {
  const row = reports.get(path);
  const unlisted = row?.problems.filter((problem) => !listed.has(`${path} ${problem}`)) ?? [];
  const deviations = (row?.problems.length ?? 0) - unlisted.length;
  isGood &&= row !== undefined && unlisted.length === 0 && row.faultsMissed.length === 0;
  rows.push([
    path,
    !row ? "no" : unlisted.length > 0 ? "NO" : deviations > 0 ? `yes, ${deviations} listed` : "yes",
    row ? `${row.methods.join(" ")} x ${row.calls}` : "no",
    row ? `${row.faultsPlayed - row.faultsMissed.length}/${row.faultsPlayed}` : "0",
  ]);
}
const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
for (const row of rows)
  console.log(
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
process.exitCode = isGood ? 0 : 1;
