/**
 * The registry of resources: what runs in Pulumi's dynamic-provider process. Stored state names these exports in its
 * `__provider` text: none of them may ever be renamed or removed.
 */
import { accessGrant } from "./access-grant";
import { acsAccessGroupMembership } from "./acs-access-group-membership";
import { acsCredential } from "./acs-credential";
import { acsUser } from "./acs-user";
import { dynamicProvider } from "./dynamic";
import { rosterGuard } from "./roster-guard";
import { userIdentity } from "./user-identity";

export const AccessGrant = dynamicProvider(accessGrant);
export const AcsAccessGroupMembership = dynamicProvider(acsAccessGroupMembership);
export const AcsCredential = dynamicProvider(acsCredential);
export const AcsUser = dynamicProvider(acsUser);
export const UserIdentity = dynamicProvider(userIdentity);
/** Not a resource of Seam: see `StaffAccess`. */
export const RosterGuard = rosterGuard;
