import { readFileSync } from "node:fs";
import { createClient, type SeamClient } from "../../provider/http/client";
import { SeamError } from "../../provider/http/errors";
import { pagesOf } from "../../provider/http/pages";
import { proxyFor } from "../../provider/http/proxy";
import { httpDateMs } from "../../provider/http/retry-timing";
import { type SeamSettings, SettingsError } from "../../provider/http/settings";
import type { SeamWorkspace } from "../../provider/http/workspace";
import { isRecord, type Properties } from "../../provider/values/record";
import { plainText } from "../../report/plain-text";
import {
  type AccessSystem,
  attention,
  error,
  type Found,
  type Network,
  type Problem,
  type Report,
  type Seam,
} from "./diagnosis";

/** PINs and ends of stays are a matter of minutes. */
const MAX_CLOCK_SECONDS = 60;
/** Somebody sits before the screen. */
const PATIENCE = { maxTries: 2, deadlineMs: 20_000 };

/** How requests get from here to Seam. */
export function findNetwork(settings: SeamSettings | undefined): Found<Network> {
  const certificates = process.env["NODE_EXTRA_CA_CERTS"];
  const known = {
    ...(settings && { endpoint: settings.endpoint }),
    ...(certificates && { extraCertificates: certificates }),
  };
  const problems = certificates ? unusable(certificates) : [];
  try {
    const proxy = settings && proxyFor(new URL(settings.endpoint));
    return { part: { ...known, ...(proxy && { proxy: proxy.address }) }, problems };
  } catch (failure) {
    if (!(failure instanceof SettingsError)) throw failure;
    return { part: known, problems: [...problems, ...failure.problems.map(error)] };
  }
}

/** Node says this on standard error, if at all. */
function unusable(file: string): readonly Problem[] {
  const text = (reason: string) =>
    `NODE_EXTRA_CA_CERTS names ${file}, which ${reason}. Node does without it: connections that this network signs itself will fail. Correct the path, or remove the variable.`;
  try {
    if (readFileSync(file, "latin1").includes("-----BEGIN CERTIFICATE-----")) return [];
    return [attention(text("holds no certificate in PEM format"))];
  } catch (failure) {
    return [attention(text(`cannot be read (${(failure as NodeJS.ErrnoException).code})`))];
  }
}

/** Asks Seam whose key it is, and how its access systems are. */
export async function askSeam(settings: SeamSettings): Promise<Found<Seam | undefined>> {
  const seam = createClient(settings, PATIENCE);
  try {
    const workspace = await seam.workspace();
    const problems = problemsOf(workspace, settings);
    try {
      const { part, problems: more } = await readSystems(seam);
      return { part: { workspace, ...part }, problems: [...problems, ...more] };
    } catch (failure) {
      return { part: { workspace }, problems: [...problems, unread(failure)] };
    }
  } catch (failure) {
    return { part: undefined, problems: [unread(failure)] };
  } finally {
    await seam.close();
  }
}

function unread(failure: unknown): Problem {
  if (!(failure instanceof SeamError)) throw failure;
  return error(plainText(failure.message));
}

function problemsOf({ workspaceId, isSuspended }: SeamWorkspace, settings: SeamSettings): readonly Problem[] {
  const expected = settings.expectedWorkspaceId ?? workspaceId;
  const others = [
    isSuspended &&
      "The workspace is suspended, as Seam does with sandboxes that nobody has used for 14 days. Resume it in the Seam console.",
    expected !== workspaceId &&
      `The settings ask for workspace ${expected}, and the key in ${settings.source} belongs to workspace ${workspaceId}: nothing will be changed there. Set the key of workspace ${expected}, or correct seam:workspaceId.`,
  ];
  return others.flatMap((text) => (text ? [attention(text)] : []));
}

/** The access systems, and what time it is in Seam. */
async function readSystems(seam: SeamClient): Promise<Found<Omit<Seam, "workspace">>> {
  const systems: AccessSystem[] = [];
  let clockAheadSeconds: number | undefined;
  const action = "list the access systems";
  const list = { path: "/acs/systems/list", key: "acs_systems", query: {}, action };
  for await (const { objects, headers } of pagesOf(seam, list)) {
    clockAheadSeconds ??= aheadOf(headers["date"]);
    systems.push(...objects.map(systemOf));
  }
  systems.sort((a, b) => a.name.localeCompare(b.name, "en"));
  return {
    part: { ...(clockAheadSeconds !== undefined && { clockAheadSeconds }), systems },
    problems: [
      ...(Math.abs(clockAheadSeconds ?? 0) > MAX_CLOCK_SECONDS
        ? [
            attention(
              "The clock of this machine does not show Seam's time, so access may begin and end at other times than meant. Set it, best by NTP.",
            ),
          ]
        : []),
      ...systems.flatMap(({ name, errors, warnings }) =>
        [...errors, ...warnings].map(({ code, message }) => attention(`${name}: ${code}. ${message}`)),
      ),
    ],
  };
}

/** The header has whole seconds: the answer was written half a second later, on average. */
function aheadOf(date: string | string[] | undefined): number | undefined {
  const seamMs = httpDateMs(date);
  return seamMs === undefined ? undefined : Math.round((Date.now() - seamMs - 500) / 1000);
}

function systemOf(system: Properties): AccessSystem {
  const { acs_system_id, name, external_type_display_name, external_type } = system;
  return {
    acsSystemId: String(acs_system_id),
    name: plainText(String(name ?? acs_system_id)),
    type: plainText(String(external_type_display_name ?? external_type ?? "unknown")),
    errors: reportsIn(system["errors"], "error_code"),
    warnings: reportsIn(system["warnings"], "warning_code"),
  };
}

function reportsIn(reports: unknown, code: "error_code" | "warning_code"): readonly Report[] {
  return (Array.isArray(reports) ? reports : []).filter(isRecord).map((report) => ({
    code: plainText(String(report[code])),
    message: plainText(String(report["message"] ?? "")),
  }));
}
