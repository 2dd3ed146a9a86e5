import type { Ids } from "../seeds/planted";
import { presentMethod } from "../world/access-methods";
import type { Context } from "../world/context";
import { presentCredential } from "../world/credentials";
import { deviceIdsOf, entranceIdsOf } from "../world/grant-places";
import { presentGrant } from "../world/grants";
import { presentIdentity } from "../world/identities";
import { presentSpace } from "../world/spaces";
import { presentUser } from "../world/users";
import { Edits } from "./edits";

/** Ids by seed key; the default portfolio's keys are known to the compiler. */
export type IdsOf<K> = {
  readonly [N in keyof Ids]: N extends keyof K ? Readonly<Record<K[N] & string, string>> : never;
};

/** Keys of any seed. */
export type AnyKeys = { [N in keyof Ids]: string };

/** A credential with what Seam never shows of it. */
export type LiveCredential = Omit<ReturnType<typeof presentCredential>, "user_identity_id"> & {
  user_identity_id: string | undefined;
  allowed_acs_entrance_ids: string[];
  create_body: Record<string, unknown>;
};

/** An access grant with what Seam never shows of it. */
export type LiveAccessGrant = ReturnType<typeof presentGrant> & {
  acs_entrance_ids: string[];
  device_ids: string[];
  create_body: Record<string, unknown>;
};

/** A space with its members, which Seam only counts. */
export type LiveSpace = ReturnType<typeof presentSpace> & {
  acs_entrance_ids: string[];
  device_ids: string[];
};

/** Everything in a workspace that can change, as plain data. */
export interface Snapshot {
  acs_credentials: ReturnType<WorkspaceView["credentials"]>;
  acs_users: ReturnType<WorkspaceView["users"]>;
  user_identities: ReturnType<WorkspaceView["userIdentities"]>;
  access_grants: ReturnType<WorkspaceView["accessGrants"]>;
  access_methods: ReturnType<WorkspaceView["accessMethods"]>;
  spaces: ReturnType<WorkspaceView["spaces"]>;
  memberships: ReturnType<WorkspaceView["memberships"]>;
}

/** One workspace from outside: its key, its ids, and a second way to look at and change what is in it. */
export class WorkspaceView<K = AnyKeys> {
  readonly workspaceId: string;
  readonly apiKey: string;
  /** Ids by seed key, such as `ids.acsEntrances["salto-ks/front-door"]`. */
  readonly ids: IdsOf<K>;
  /** Changes behind the client's back. */
  readonly edit: Edits;
  readonly #context: Context;

  constructor(context: Context, ids: Ids) {
    this.workspaceId = context.workspace.id;
    this.apiKey = context.workspace.apiKey;
    this.ids = ids as unknown as IdsOf<K>;
    this.edit = new Edits(context);
    this.#context = context;
  }

  /** The credentials that there are, PINs and doors included: for assertions, not through the API. */
  credentials(): LiveCredential[] {
    this.#context.clock.runDue();
    return [...this.#context.workspace.credentials.all()].map((credential) => ({
      ...presentCredential(this.#context, credential),
      user_identity_id: credential.user_identity_id,
      allowed_acs_entrance_ids: [...credential.hidden.allowedEntranceIds],
      create_body: credential.hidden.createBody,
    }));
  }

  users(): ReturnType<typeof presentUser>[] {
    this.#context.clock.runDue();
    return [...this.#context.workspace.users.all()].map((user) => presentUser(this.#context, user));
  }

  userIdentities(): ReturnType<typeof presentIdentity>[] {
    this.#context.clock.runDue();
    return [...this.#context.workspace.identities.all()].map((identity) =>
      presentIdentity(this.#context, identity),
    );
  }

  /** The access grants that there are, with the doors and devices that they open, those of their spaces included. */
  accessGrants(): LiveAccessGrant[] {
    this.#context.clock.runDue();
    return [...this.#context.workspace.accessGrants.all()].map((grant) => ({
      ...presentGrant(this.#context, grant),
      acs_entrance_ids: entranceIdsOf(this.#context, grant),
      device_ids: deviceIdsOf(this.#context, grant),
      create_body: grant.hidden.createBody,
    }));
  }

  /** The access methods that there are, PINs and links included. */
  accessMethods(): ReturnType<typeof presentMethod>[] {
    this.#context.clock.runDue();
    return [...this.#context.workspace.accessMethods.all()].map(presentMethod);
  }

  /** The spaces that there are, with their members. */
  spaces(): LiveSpace[] {
    this.#context.clock.runDue();
    return [...this.#context.workspace.spaces.all()].map((space) => ({
      ...presentSpace(space),
      acs_entrance_ids: [...space.hidden.entranceIds],
      device_ids: [...space.hidden.deviceIds],
    }));
  }

  /** The ids of the users in each access group, by the group's id. */
  memberships(): Record<string, string[]> {
    this.#context.clock.runDue();
    const { groups, users } = this.#context.workspace;
    const members = ({ acs_access_group_id: groupId }: { acs_access_group_id: string }) =>
      [...users.by("group", groupId)].map((user) => user.acs_user_id);
    return Object.fromEntries([...groups.all()].map((group) => [group.acs_access_group_id, members(group)]));
  }

  /** Everything in the workspace that can change, as plain data. */
  snapshot(): Snapshot {
    return structuredClone({
      acs_credentials: this.credentials(),
      acs_users: this.users(),
      user_identities: this.userIdentities(),
      access_grants: this.accessGrants(),
      access_methods: this.accessMethods(),
      spaces: this.spaces(),
      memberships: this.memberships(),
    });
  }
}
