// `npm run test:live`: tries in a sandbox workspace of Seam what the code takes for granted. See docs/assumptions.md.
import { parseArgs } from "node:util";
import pc from "picocolors";
import { SeamError } from "../dist/provider/http/errors.js";
import { resolveSettings } from "../dist/provider/http/settings.js";
import { ASSUMPTIONS, type Assumption, type Bench } from "./live/assumptions.mts";
import { RESOURCES } from "./live/lives.mts";
import { type Finding, writeFindings } from "./live/page.mts";
import { type Json, MARK, openSandbox, type Sandbox, USER } from "./live/sandbox.mts";

try {
  process.exitCode = await main();
} catch (error) {
  console.error(pc.red(messageOf(error)));
  process.exitCode = 1;
}

async function main(): Promise<number> {
  const flag = { type: "boolean", default: false } as const;
  const { json, write, clean } = parseArgs({ options: { json: flag, write: flag, clean: flag } }).values;
  if (!process.env["SEAM_API_KEY"]) throw new Error("Set SEAM_API_KEY to the key of a sandbox workspace.");
  const sandbox = await openSandbox(resolveSettings(() => undefined));
  try {
    if (clean) {
      await takeAway(sandbox, MARK);
      console.log(`Sandbox "${sandbox.name}" (${sandbox.workspaceId}) has nothing named ${MARK}… any more.`);
      return 0;
    }
    const mark = `Sandbox "${sandbox.name}" (${sandbox.workspaceId}); everything made is named ${sandbox.mark}.`;
    if (!json) console.log(mark);
    const findings = await tryAll(sandbox);
    console.log(json ? JSON.stringify(findings, null, 2) : findings.map(line).join("\n"));
    if (write) writeFindings(findings);
    if (findings.some(({ holds }) => holds === false)) return 2;
    return findings.some(({ isFailure }) => isFailure) ? 1 : 0;
  } finally {
    await sandbox.close();
  }
}

async function tryAll(sandbox: Sandbox): Promise<readonly Finding[]> {
  // What is made is taken away after an interrupt, too: the assumption that is under way ends first.
  let isInterrupted = false;
  const interrupt = () => {
    if (!isInterrupted) console.error("Interrupted. What was made is taken away …");
    isInterrupted = true;
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, interrupt);
  const findings: Finding[] = [];
  try {
    const bench = await prepare(sandbox);
    for (const assumption of [...ASSUMPTIONS, ...RESOURCES]) {
      if (isInterrupted) throw new Error("Interrupted.");
      findings.push(await settle(assumption, bench));
    }
    return findings;
  } finally {
    await takeAway(sandbox, sandbox.mark);
  }
}

async function settle({ id, settle }: Assumption, bench: Bench): Promise<Finding> {
  try {
    const settled = await settle(bench);
    return { id, holds: settled?.holds, said: settled?.said ?? "nothing to try it with" };
  } catch (error) {
    // Does not make the assumption false.
    return { id, holds: undefined, said: `could not be tried: ${reasonOf(error)}`, isFailure: true };
  }
}

/** @throws Error that says what is left */
async function takeAway(sandbox: Sandbox, mark: string): Promise<void> {
  const left = await sandbox.takeAway(mark).catch((error: unknown) => [`unknown, since ${reasonOf(error)}`]);
  if (left.length === 0) return;
  throw new Error(
    `Not everything named ${mark} was taken away. Left: ${left.join(", ")}\nTo take it away later, run \`npm run test:live -- --clean\`: it deletes everything that has ${MARK} in its name.`,
  );
}

/** Without what the reader of a run of Pulumi's should do. */
function reasonOf(error: unknown): string {
  return error instanceof SeamError ? `${error.path} ${error.reason}` : messageOf(error);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
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
    const full_name = `${sandbox.mark} ${name}`;
    return String((await sandbox.make(USER, { acs_system_id: acsSystemId, full_name }))["acs_user_id"]);
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
