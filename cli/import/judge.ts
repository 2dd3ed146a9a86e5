import type { SeamClient } from "../../provider/http/client";
import { type Properties, textsIn } from "../../provider/values/record";
import type { Reader } from "../../report/reading/reader";
import { credentialResource } from "./credential";
import { grantResource } from "./grant";
import { identityResource } from "./identity";
import type { Kind } from "./kinds";
import { type LiveMembership, membershipId, membershipResource } from "./membership";
import type { Judged } from "./resource";
import { type Selected, type Selection, select } from "./selection";
import { spaceResource } from "./space";
import {
  amongSelected,
  NOTHING_UNMANAGED,
  readUnmanaged,
  takeUnderManagement,
  unmanagedLeftOut,
} from "./unmanaged";
import { userResource } from "./user";
import { readWorkspace, type Workspace } from "./workspace";

/** Who owns an object, by id: `the stack`, or `another stack`. */
export type Owned = ReadonlyMap<string, string>;

/** What is to be imported of a workspace, and how. */
export interface ImportPlan {
  readonly selection: Selection;
  readonly owned: Owned;
  /** Whether what Seam does not manage is taken under its management first. */
  readonly manages?: boolean;
  readonly now: Date;
}

/** Reads what is selected, and makes resources of it, or says of each object why not. */
export async function readAndJudge(
  seam: SeamClient,
  reader: Reader,
  { selection, owned, manages = false, now }: ImportPlan,
): Promise<{ readonly judged: readonly Judged[]; readonly selected: Selected }> {
  const selected = await select(reader, selection);
  const unmanaged = await readUnmanaged(reader, selected);
  const taken = manages ? amongSelected(unmanaged, selected) : NOTHING_UNMANAGED;
  await takeUnderManagement(seam, taken);
  const left = {
    identities: unmanaged.identities.filter((one) => !taken.identities.includes(one)),
    grants: unmanaged.grants.filter((one) => !taken.grants.includes(one)),
  };
  const workspace = await readWorkspace(seam, reader, selected, left.grants);
  return {
    judged: [...judge(workspace, selected, owned, now), ...unmanagedLeftOut(left, selected)],
    selected,
  };
}

function judge(workspace: Workspace, { wants, users }: Selected, owned: Owned, now: Date): Judged[] {
  const { memberships, spaces, grants, credentials, belongings } = workspace;
  const identityOf = new Map(users.map((user) => [user["acs_user_id"], user["user_identity_id"]]));

  const each = <T>(
    kind: Kind,
    objects: readonly T[],
    idsOf: (object: T) => readonly [string, ...string[]],
    resource: (object: T, now: Date) => Judged,
  ): Judged[] => {
    if (!wants(kind)) return [];
    return objects.map((object) => {
      const ids = idsOf(object);
      const owner = ids.map((id) => owned.get(id)).find((name) => name !== undefined);
      if (owner !== undefined)
        return { kind, id: ids[0], reason: `${owner} has it already`, isProblem: false };
      const belonging = belongings.get(ids[0]);
      return belonging ? { kind, id: ids[0], ...belonging } : resource(object, now);
    });
  };
  /** A state may have the id from before a merge. */
  const idsOfIdentity = (wire: Properties) =>
    [String(wire["user_identity_id"]), ...textsIn(wire["merged_user_identity_ids"])] as const;
  const identities = new Map(workspace.identities.map((wire) => [wire["user_identity_id"], wire]));
  /** A program can name a member by the identity, too. */
  const identitiesOf = ({ acsUserId }: LiveMembership) => {
    const id = identityOf.get(acsUserId);
    return idsOfIdentity(identities.get(id) ?? { user_identity_id: id });
  };
  const wireId = (name: string) => (wire: Properties) => [String(wire[name])] as const;

  return [
    ...each("identities", workspace.identities, idsOfIdentity, identityResource),
    ...each("users", workspace.users, wireId("acs_user_id"), userResource),
    ...each(
      "memberships",
      memberships,
      (one) => [membershipId(one), ...identitiesOf(one).map((id) => `${one.acsAccessGroupId}/${id}`)],
      membershipResource,
    ),
    ...each("spaces", spaces, ({ wire }) => wireId("space_id")(wire), spaceResource),
    ...each(
      "grants",
      grants.filter(({ isSelected }) => isSelected),
      ({ wire }) => wireId("access_grant_id")(wire),
      grantResource,
    ),
    ...each("credentials", credentials, ({ wire }) => wireId("acs_credential_id")(wire), credentialResource),
  ];
}
