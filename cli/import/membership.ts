import type { Properties } from "../../provider/values/record";
import { type Judged, resourceOf, slug } from "./resource";

/** Somebody in an access group. */
export interface LiveMembership {
  readonly acsAccessGroupId: string;
  readonly acsUserId: string;
  readonly groupName: unknown;
  readonly userName: unknown;
  /** Users and groups do not always show it. */
  readonly workspaceId: string;
}

export function membershipId({ acsAccessGroupId, acsUserId }: LiveMembership): string {
  return `${acsAccessGroupId}/${acsUserId}`;
}

export function membershipResource(live: LiveMembership, now: Date): Judged {
  const { acsAccessGroupId, acsUserId, groupName, userName, workspaceId } = live;
  return resourceOf(
    {
      kind: "memberships",
      id: membershipId(live),
      label: `${slug(userName) || "somebody"}-in-${slug(groupName) || "group"}`,
      nameId: acsUserId,
      title: undefined,
      declared: { acsAccessGroupId, acsUserId },
      outputsOf: (inputs: Properties) => ({ ...inputs, workspaceId }),
    },
    now,
  );
}
