import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { parameterKinds } from "../../emulator/api/query";
import { ROUTES } from "../../emulator/api/routes";
import { DEFAULT_PORTFOLIO, startEmulator } from "../../emulator/index";
import type { RouteReport } from "./conformance/report.mts" with { "resolution-mode": "import" };
import * as unmanaged from "./conformance/unmanaged.json";
import * as listedDeviations from "./deviations.json";
import * as newer from "./newer-than-openapi.json";

// The official client is an ES module, which jest does not load: it runs in a process of its own.
const REPORT = join(__dirname, "conformance", "report.mts");

type Values = { schema: string; values: string[] };
type Issue = { schema: string; code: string };

// The client's declarations; its package offers no way to ask for files.
const CLIENT = join(__dirname, "..", "..", "node_modules", "@seamapi", "http", "lib");

let reports: RouteReport[];

beforeAll(async () => {
  const [main] = DEFAULT_PORTFOLIO.workspaces;
  const people = [...(main?.user_identities ?? []), ...unmanaged.user_identities];
  const workspaces = [{ ...main, user_identities: people, access_grants: unmanaged.access_grants }];
  const seam = await startEmulator({ seed: { workspaces } });
  try {
    const target = JSON.stringify({ url: seam.url, apiKey: seam.apiKey, ids: seam.ids });
    const options = { maxBuffer: 64 * 1024 * 1024 };
    const { stdout } = await promisify(execFile)(process.execPath, [REPORT, target], options);
    reports = JSON.parse(stdout);
  } finally {
    await seam.close();
  }
}, 300_000);

it("answers every one of its routes to Seam's own client", () => {
  expect(reports.map((report) => report.path).sort()).toEqual([...ROUTES.keys()].sort());
});

it("is called by Seam's own client with the semantic verb of each route", () => {
  for (const { path, methods } of reports) {
    const allowed = [...(ROUTES.get(path)?.methods ?? [])];
    // The client sends the verb that is not POST, where there is one.
    expect([path, methods]).toEqual([
      path,
      allowed.filter((method) => method !== "POST" || allowed.length === 1),
    ]);
  }
});

it("differs from Seam's OpenAPI exactly where the list of deviations says so", () => {
  const found = reports.flatMap(({ path, problems }) => problems.map((problem) => `${path}: ${problem}`));
  expect(found.sort()).toEqual(
    listedDeviations.deviations.map(({ route, problem }) => `${route}: ${problem}`).sort(),
  );
});

it("has from Seam's newer client only what that client declares", () => {
  const declared = (path: string) => readFileSync(join(CLIENT, `${path}.d.ts`), "utf8");
  const resource = (schema: string) => declared(`resources/${schema.replaceAll("_", "-")}`);
  const routes = declared("routes/seam-http-endpoints");
  const unknown = [
    ...newer.routes.filter(({ route }) => !routes.includes(`'${route}'`)),
    ...newer.fields.filter(({ schema, field }) => !new RegExp(`\\b${field}\\??:`).test(resource(schema))),
    ...(newer.values as Values[]).filter(({ schema, values }) =>
      values.some((value) => !resource(schema).includes(`'${value}'`)),
    ),
    ...(newer.issues as Issue[]).filter(({ schema, code }) => !resource(schema).includes(`'${code}'`)),
  ];
  expect(unknown).toEqual([]);
});

it("knows every parameter of the OpenAPI and no other, but for the listed ones", () => {
  const found = reports.flatMap(({ path, parameters }) => {
    const known = new Set(parameterKinds(ROUTES.get(path)?.input as never).keys());
    const documented = new Set(parameters);
    const missing = parameters.filter((name) => !known.has(name)).map((name) => `-${name}`);
    const more = [...known].filter((name) => !documented.has(name)).map((name) => `+${name}`);
    return [...missing, ...more].map((name) => `${path} ${name}`);
  });
  const listed = listedDeviations.parameters.flatMap(({ route, parameters }) =>
    parameters.map((name) => `${route} ${name}`),
  );
  expect(found.sort()).toEqual(listed.sort());
});

it("plays every kind of fault on every route as a client sees it", () => {
  const missed = reports.filter((report) => report.faultsMissed.length > 0);
  expect(missed.map(({ path, faultsMissed }) => [path, faultsMissed])).toEqual([]);
  expect(Math.min(...reports.map((report) => report.faultsPlayed))).toBeGreaterThanOrEqual(14);
});
