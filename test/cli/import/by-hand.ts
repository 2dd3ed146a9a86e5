import { type ImportPlan, readAndJudge } from "../../../cli/import/judge";
import type { Kind } from "../../../cli/import/kinds";
import { namesOf } from "../../../cli/import/names";
import { programFiles } from "../../../cli/import/program";
import { type ImportedResource, isImported, type Judged } from "../../../cli/import/resource";
import { type Selection, titlesOf } from "../../../cli/import/selection";
import { createClient, type SeamClient } from "../../../provider/http/client";
import { type Reader, readerOf } from "../../../report/reading/reader";
import { type DefaultKeys, type Emulator, startEmulator } from "../../../sdk/testing/index";
import { post } from "../../emulator/api";

/** A workspace in which people have made things by hand, and what an import makes of it. */

export let emulator: Emulator<DefaultKeys>;
/** Read the workspace for the last `judge`. */
export let reader: Reader;
let seam: SeamClient;

export async function start(): Promise<void> {
  emulator = await startEmulator();
  seam = createClient({ endpoint: emulator.url, token: emulator.apiKey });
}
export async function stop(): Promise<void> {
  await seam.close();
  await emulator.close();
}

export const only = (...kinds: Kind[]): Selection => ({ kinds: new Set(kinds) });
export const CREDENTIALS = only("credentials");

export async function judge(
  selection: Selection,
  plan: Partial<ImportPlan> = {},
): Promise<readonly Judged[]> {
  const all = { selection, owned: new Map(), now: new Date(), ...plan };
  reader = readerOf(seam);
  return (await readAndJudge(seam, reader, all)).judged;
}

/** Credentials, unless the selection says otherwise. */
export async function resources(selection: Selection = {}): Promise<ImportedResource[]> {
  return (await judge({ ...CREDENTIALS, ...selection })).filter(isImported);
}

export async function program(selection: Selection, mostInOneFile?: number): Promise<string> {
  const plan = { selection, owned: new Map(), now: new Date() };
  const { judged, selected } = await readAndJudge(seam, readerOf(seam), plan);
  const taken = judged.filter(isImported);
  const parts = { names: namesOf(taken), places: selected.places, titles: titlesOf(selected) };
  return programFiles({ resources: taken, ...parts }, mostInOneFile)
    .map(({ kind, text }) => (kind ? `// ${kind}.ts\n${text}` : text))
    .join("\n");
}

/** What somebody does in Seam by hand. */
export async function call(path: string, body: Record<string, unknown>) {
  const answer = await post(emulator, path, body);
  expect(answer).toMatchObject({ status: 200 });
  return answer.body;
}

/** A credential that somebody makes by hand. */
export async function make(body: Record<string, unknown>): Promise<string> {
  const { acs_credential } = await call("/acs/credentials/create", { access_method: "code", ...body });
  return acs_credential.acs_credential_id;
}

/** An access grant with a PIN, for one of the people or somebody new. */
export async function give(body: Record<string, unknown>): Promise<string> {
  const requested_access_methods = [{ mode: "code" }];
  const { access_grant } = await call("/access_grants/create", { requested_access_methods, ...body });
  return access_grant.access_grant_id;
}

/** Ada has something of each kind at Brivo's front door. */
export async function officeByHand() {
  const { acsUsers, acsEntrances, acsAccessGroups, userIdentities } = emulator.ids;
  const [entrance, user] = [acsEntrances["brivo/front-door"], acsUsers["brivo/ada"]];
  const group = acsAccessGroups["brivo/staff"];
  emulator.edit.addToAccessGroup(group, user);
  await make({ acs_user_id: user, allowed_acs_entrance_ids: [entrance], ends_at: "2031-01-01T00:00:00Z" });
  await call("/spaces/create", { name: "Ground floor", acs_entrance_ids: [entrance] });
  await give({
    user_identity_id: userIdentities["ada"],
    acs_entrance_ids: [entrance],
    name: "Night shift",
    starts_at: "2030-01-01T00:00:00Z",
  });
  return { entrance, group };
}

/** Seam refuses every request to a route. */
export function refuse(route: string, call?: number): void {
  const body = { error: { type: "invalid_input", message: "Not now" } };
  emulator.faults.add({ route, ...(call && { call }), fault: "answer", status: 400, body });
}
