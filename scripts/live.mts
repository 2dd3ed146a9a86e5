// `npm run test:live`: tries in a sandbox workspace of Seam what the code takes for granted. See docs/assumptions.md.
import pc from "picocolors";
import { ASSUMPTIONS, type Bench } from "./live/assumptions.mts";
import { RESOURCES } from "./live/lives.mts";
import { type Finding, writeFindings } from "./live/page.mts";
import { idOf, type Json, openSandbox, type Sandbox, USER } from "./live/sandbox.mts";

const isJson = process.argv.includes("--json");
const isWritten = process.argv.includes("--write");
const apiKey = process.env["SEAM_API_KEY"];
const endpoint = process.env["SEAM_ENDPOINT"] ?? "https://connect.getseam.com";

try {
  if (!apiKey) throw new Error("Set SEAM_API_KEY to the key of a sandbox workspace.");
  const findings = await tryAll(await openSandbox(endpoint, apiKey));
  if (isJson) console.log(JSON.stringify(findings, null, 2));
  else for (const finding of findings) console.log(line(finding));
  if (isWritten) writeFindings(findings);
  if (findings.some(({ holds }) => holds === false)) process.exitCode = 2;
  else if (findings.some(({ holds }) => holds === undefined)) process.exitCode = 1;
} catch (error) {
  console.error(pc.red(error instanceof Error ? error.message : String(error)));
  process.exitCode = 1;
}

async function tryAll(sandbox: Sandbox): Promise<readonly Finding[]> {
  if (!isJson)
    console.log(
      `Sandbox "${sandbox.name}" (${sandbox.workspaceId}); everything made is named ${sandbox.mark}.`,
    );
  // What is made is taken away after an interrupt, too: the assumption that is under way ends first.
  let isInterrupted = false;
  const interrupt = () => {
    isInterrupted = true;
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, interrupt);
  const findings: Finding[] = [];
  try {
    const bench = await prepare(sandbox);
    for (const { id, settle } of [...ASSUMPTIONS, ...RESOURCES]) {
      if (isInterrupted) throw new Error("Interrupted.");
      const settled = await settle(bench).catch(notTried);
      findings.push({ id, ...(settled ?? { holds: undefined, said: "nothing to try it with" }) });
    }
    return findings;
  } finally {
    const left = await sandbox.takeAway();
    if (left.length > 0) console.error(pc.red(`Not taken away: ${left.join(", ")}`));
  }
}

/** That something failed says nothing about Seam. */
function notTried(error: Error) {
  return { holds: undefined, said: `could not be tried: ${error.message}` };
}

async function prepare(sandbox: Sandbox): Promise<Bench> {
  const list = async (path: string, key: string, query = {}) =>
    ((await sandbox.ask(path, query)).json[key] ?? []) as Json[];
  const entrances = await list("/acs/entrances/list", "acs_entrances");
  const entrance = entrances.find(({ can_unlock_with_code }) => can_unlock_with_code === true);
  if (!entrance)
    throw new Error(
      "The sandbox has no entrance that opens with PINs. Add a virtual Salto KS or Brivo site.",
    );
  const acsSystemId = String(entrance["acs_system_id"]);
  const user = async (name: string) => {
    const reply = await sandbox.make(USER, {
      acs_system_id: acsSystemId,
      full_name: `${sandbox.mark} ${name}`,
    });
    return idOf(reply, USER);
  };
  const [group] = await list("/acs/access_groups/list", "acs_access_groups", { acs_system_id: acsSystemId });
  return {
    sandbox,
    acsSystemId,
    acsEntranceId: String(entrance["acs_entrance_id"]),
    acsUserIds: [await user("one"), await user("two")],
    acsAccessGroupId: group && String(group["acs_access_group_id"]),
  };
}

function line({ id, holds, said }: Finding): string {
  const verdict = holds === undefined ? pc.dim("?") : holds ? pc.green("holds") : pc.red("DIFFERS");
  return `${verdict.padEnd(18)} ${id.padEnd(28)} ${said}`;
}
