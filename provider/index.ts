/**
 * The registry of resources: what runs in Pulumi's dynamic-provider process. Stored state names these exports in its
 * `__provider` text: none of them may ever be renamed or removed.
 */

import { answerToName } from "./engine/answer-to-name";
import { dynamicProvider } from "./engine/dynamic";
import { neighboursOf } from "./engine/neighbours";
import { Run } from "./lifecycle/run";
import { FIRST_LOOK } from "./lifecycle/stack-workspaces";
import { accessGrant } from "./resources/access-grant";
import { acsAccessGroupMembership } from "./resources/acs-access-group-membership";
import { acsCredential } from "./resources/acs-credential";
import { acsUser } from "./resources/acs-user";
import { failedLookUp } from "./resources/failed-look-up";
import { rosterGuard } from "./resources/roster-guard";
import { space } from "./resources/space";
import { userIdentity } from "./resources/user-identity";

answerToName(__filename);

/** A provider process serves one Pulumi command, and the engine shows what it prints. */
const run = new Run((text) => console.warn(`pulumi-seam: ${text}`), FIRST_LOOK, neighboursOf());

export const AccessGrant = dynamicProvider(accessGrant, run);
export const AcsAccessGroupMembership = dynamicProvider(acsAccessGroupMembership, run);
export const AcsCredential = dynamicProvider(acsCredential, run);
export const AcsUser = dynamicProvider(acsUser, run);
export const Space = dynamicProvider(space, run);
export const UserIdentity = dynamicProvider(userIdentity, run);
/** Not a resource of Seam: what a program declares when something that it needs cannot be had. */
export const FailedLookUp = failedLookUp;
/** Not a resource of Seam: see `StaffAccess`. */
export const RosterGuard = rosterGuard(run);
