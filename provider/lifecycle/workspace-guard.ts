import type { SeamClient } from "../http/client";
import { SeamError } from "../http/errors";
import { ownReason } from "../http/own-words";
import type { SeamWorkspace } from "../http/workspace";
import type { Properties } from "../values/record";
import { RefusedError } from "./errors";
import type { Run } from "./run";

/**
 * Keeps what belongs to one workspace away from the key of another. There "not found" says nothing, and whatever a
 * create makes stands in the wrong building.
 */

/**
 * @param action what would be done, such as `delete acs_credential 7f3c…`
 * @param outputs of the resource that it would be done to; of one that is created, none
 * @throws RefusedError if the workspace that answers is not the stack's
 */
export async function assertOwnWorkspace(
  seam: SeamClient,
  run: Run,
  action: string,
  outputs: Properties | undefined,
): Promise<void> {
  const answering = await seam.workspace().catch((error: unknown) => {
    if (!(error instanceof SeamError)) throw error;
    // Whoever asks first asks for all: the error has to name what it stops here.
    throw new RefusedError(
      `Cannot ${action}: whose key it is could not be found out, since POST ${error.path} ${ownReason(error)}. ${error.advice}`,
      { cause: error },
    );
  });
  const { expectedWorkspaceId } = seam.settings;
  if (expectedWorkspaceId !== undefined && expectedWorkspaceId !== answering.workspaceId) {
    throw refused(seam, action, answering, expectedWorkspaceId, "seam:workspaceId asks for");
  }
  if (outputs !== undefined) {
    const own = outputs["workspaceId"];
    if (typeof own !== "string" || own === answering.workspaceId) return;
    throw refused(seam, action, answering, own, "it is in");
  }
  await run.workspaces.firstSeen();
  for (const [workspaceId, what] of run.workspaces.seen) {
    if (workspaceId === answering.workspaceId) continue;
    throw refused(seam, action, answering, workspaceId, `this stack has ${what} in`);
  }
}

/**
 * "Not found" means "gone" only where the object would be found.
 * @throws RefusedError if the workspace that answers is another one than the object's, or nobody can tell
 */
export async function assertGone(
  seam: SeamClient,
  run: Run,
  action: string,
  outputs: Properties,
): Promise<void> {
  await assertOwnWorkspace(seam, run, action, outputs);
  if (typeof outputs["workspaceId"] === "string" || (await isConfirmed(seam, run))) return;
  throw new RefusedError(
    `Cannot ${action}: Seam does not find it, and the state does not say in which workspace it is. The key in ${sourceOf(seam)} belongs to ${described(await seam.workspace())}. The state was not changed. If that is its workspace, confirm it with \`pulumi config set seam:workspaceId ${(await seam.workspace()).workspaceId}\` and run the command again.`,
  );
}

/** Whether something else than the object says that this is the stack's workspace. */
async function isConfirmed(seam: SeamClient, run: Run): Promise<boolean> {
  const { workspaceId } = await seam.workspace();
  const { expectedWorkspaceId, workspaceId: ofToken } = seam.settings;
  if (expectedWorkspaceId === workspaceId || ofToken === workspaceId) return true;
  return run.workspaces.seen.size === 1 && run.workspaces.seen.has(workspaceId);
}

function refused(
  seam: SeamClient,
  action: string,
  answering: SeamWorkspace,
  workspaceId: string,
  why: string,
): RefusedError {
  return new RefusedError(
    `Cannot ${action}: ${why} workspace ${workspaceId}, but the key in ${sourceOf(seam)} belongs to ${described(answering)}. Nothing was sent that changes anything, and the state keeps what it has. Set the key of workspace ${workspaceId} and run the command again (\`pulumi destroy\` and \`pulumi refresh\` use the key of the last \`pulumi up\`, unless you add --run-program). What is to be in the other workspace from now on needs a new name there, so that this one can be deleted with its own key.`,
  );
}

function sourceOf(seam: SeamClient): string {
  return seam.settings.source ?? "use";
}

function described({ workspaceId, name, isSandbox }: SeamWorkspace): string {
  const kind = isSandbox === undefined ? "" : isSandbox ? ", a sandbox" : ", not a sandbox";
  return `workspace ${name === undefined ? "" : `"${name}" `}(${workspaceId}${kind})`;
}
