import { deleteMethod, findMethod } from "../world/access-methods";
import type { Context } from "../world/context";
import { deleteCredential, findCredential } from "../world/credentials";
import { findDevice } from "../world/devices";
import { findEntrance } from "../world/doors";
import { issueOnCard } from "../world/encoding";
import { SeamError } from "../world/errors";
import { changeGrantTimes, changePlaces, deleteGrant, findGrant } from "../world/grants";
import { addMember, deleteGroup, findGroup, removeMember } from "../world/groups";
import { changeIdentity, findIdentity } from "../world/identities";
import { deleteIdentity } from "../world/identity-deletion";
import { settle } from "../world/issuing";
import type {
  AccessGrant,
  AccessMethodRow,
  AcsCredential,
  AcsEntrance,
  AcsSystem,
  AcsUser,
  Device,
  UserIdentity,
} from "../world/rows";
import { DEFAULT_SETTINGS } from "../world/settings";
import { changeSpace, deleteSpace, findSpace } from "../world/spaces";
import { findSystem } from "../world/systems";
import { changeUser, deleteUser, findUser } from "../world/users";
import type {
  AccessGrantChanges,
  AccessMethodChanges,
  AcsAccessGroupChanges,
  AcsCredentialChanges,
  AcsEntranceChanges,
  AcsSystemChanges,
  AcsUserChanges,
  DeviceChanges,
  SpaceChanges,
  UserIdentityChanges,
} from "./edit-changes";
import { checkedChanges, type EditedKind } from "./edit-fields";

/**
 * Changes behind the client's back, as a person makes them at Seam's console or at the lock system. They take
 * effect at once, are checked against no rule of Seam, and are not in the request log. Fields that there are not,
 * ids that identify the object, and values of another type are refused.
 */
export class Edits {
  readonly #context: Context;

  constructor(context: Context) {
    this.#context = { ...context, settings: { ...context.settings, delays: DEFAULT_SETTINGS.delays } };
  }

  /** Changes fields of a credential, such as `{ ends_at: "2030-01-01T00:00:00.000Z" }`; `undefined` clears. */
  acsCredential(id: string, changes: AcsCredentialChanges): void {
    const credential = existing(id, () => findCredential(this.#context, id));
    const { allowed_acs_entrance_ids: doors, ...fields } = this.#checked("acs_credential", changes);
    this.#context.workspace.credentials.change(credential, {
      ...fields,
      ...(doors && { hidden: { ...credential.hidden, allowedEntranceIds: [...new Set(doors)] } }),
    } as Partial<AcsCredential>);
  }

  deleteAcsCredential(id: string): void {
    deleteCredential(
      this.#context,
      existing(id, () => findCredential(this.#context, id)),
    );
    this.#context.workspace.credentials.remove(id);
  }

  /** A person encodes the credential onto a card; an access method that waits for it is issued. */
  encodeCard(id: string, cardNumber: string): void {
    issueOnCard(
      this.#context,
      existing(id, () => findCredential(this.#context, id)),
      cardNumber,
    );
  }

  acsUser(id: string, changes: AcsUserChanges): void {
    const user = existing(id, () => findUser(this.#context, { acs_user_id: id }));
    changeUser(this.#context, user, this.#checked("acs_user", changes) as Partial<AcsUser>);
  }

  /** Somebody deletes the user at the lock system and Seam notices: the user is gone. */
  deleteAcsUser(id: string): void {
    deleteUser(
      this.#context,
      existing(id, () => findUser(this.#context, { acs_user_id: id })),
    );
  }

  userIdentity(id: string, changes: UserIdentityChanges): void {
    const identity = existing(id, () => findIdentity(this.#context, { user_identity_id: id }));
    changeIdentity(this.#context, identity, this.#checked("user_identity", changes) as Partial<UserIdentity>);
  }

  deleteUserIdentity(id: string): void {
    deleteIdentity(
      this.#context,
      existing(id, () => findIdentity(this.#context, { user_identity_id: id })),
    );
  }

  acsAccessGroup(id: string, changes: AcsAccessGroupChanges): void {
    const group = existing(id, () => findGroup(this.#context, id));
    const { acs_entrance_ids: doors, ...fields } = this.#checked("acs_access_group", changes);
    const { name } = fields;
    this.#context.workspace.groups.change(group, {
      ...fields,
      ...(name !== undefined && { display_name: name }),
      ...(doors && { hidden: { entranceIds: [...new Set(doors)] } }),
    } as Partial<typeof group>);
  }

  deleteAcsAccessGroup(id: string): void {
    deleteGroup(
      this.#context,
      existing(id, () => findGroup(this.#context, id)),
    );
  }

  /** Somebody puts a user into an access group. */
  addToAccessGroup(id: string, acsUserId: string): void {
    const group = existing(id, () => findGroup(this.#context, id));
    existing(acsUserId, () => addMember(this.#context, group, { acs_user_id: acsUserId }));
  }

  removeFromAccessGroup(id: string, acsUserId: string): void {
    const group = existing(id, () => findGroup(this.#context, id));
    existing(acsUserId, () => removeMember(this.#context, group, { acs_user_id: acsUserId }));
  }

  accessGrant(id: string, changes: AccessGrantChanges): void {
    const grant = existing(id, () => findGrant(this.#context, { access_grant_id: id }));
    const {
      acs_entrance_ids: entranceIds,
      device_ids: deviceIds,
      space_ids: spaceIds,
      starts_at: startsAt,
      ends_at: endsAt,
      ...fields
    } = this.#checked("access_grant", changes);
    if (startsAt !== undefined || endsAt !== undefined)
      changeGrantTimes(
        this.#context,
        grant,
        startsAt ?? grant.starts_at,
        endsAt === undefined ? grant.ends_at : endsAt,
      );
    if (entranceIds || deviceIds || spaceIds)
      changePlaces(this.#context, grant, { entranceIds, deviceIds, spaceIds });
    const { name } = fields;
    this.#context.workspace.accessGrants.change(grant, {
      ...(name !== undefined && { display_name: name ?? "Access Grant" }),
      ...fields,
    } as Partial<AccessGrant>);
  }

  deleteAccessGrant(id: string): void {
    deleteGrant(
      this.#context,
      existing(id, () => findGrant(this.#context, { access_grant_id: id })),
    );
  }

  accessMethod(id: string, changes: AccessMethodChanges): void {
    const method = existing(id, () => findMethod(this.#context, id));
    const fields = this.#checked("access_method", changes) as Partial<AccessMethodRow>;
    this.#context.workspace.accessMethods.change(method, fields);
  }

  deleteAccessMethod(id: string): void {
    deleteMethod(
      this.#context,
      existing(id, () => findMethod(this.#context, id)),
    );
  }

  acsSystem(id: string, changes: AcsSystemChanges): void {
    const system = existing(id, () => findSystem(this.#context, id));
    const fields = this.#checked("acs_system", changes) as Partial<AcsSystem>;
    this.#context.workspace.systems.change(system, fields);
  }

  acsEntrance(id: string, changes: AcsEntranceChanges): void {
    const entrance = existing(id, () => findEntrance(this.#context, id));
    const fields = this.#checked("acs_entrance", changes) as Partial<AcsEntrance>;
    this.#context.workspace.entrances.change(entrance, fields);
  }

  device(id: string, changes: DeviceChanges): void {
    const device = existing(id, () => findDevice(this.#context, id));
    const { properties, ...fields } = this.#checked("device", changes);
    this.#context.workspace.devices.change(device, {
      ...fields,
      ...(properties && { properties: { ...device.properties, ...properties } }),
    } as Partial<Device>);
    for (const method of [...this.#context.workspace.accessMethods.by("device", id)])
      settle(this.#context, method);
  }

  space(id: string, changes: SpaceChanges): void {
    const space = existing(id, () => findSpace(this.#context, { space_id: id }));
    const {
      acs_entrance_ids: entranceIds,
      device_ids: deviceIds,
      ...fields
    } = this.#checked("space", changes);
    changeSpace(this.#context, space, fields as Partial<typeof space>, { entranceIds, deviceIds });
  }

  deleteSpace(id: string): void {
    deleteSpace(
      this.#context,
      existing(id, () => findSpace(this.#context, { space_id: id })),
    );
  }

  #checked<C extends object>(kind: EditedKind, changes: C): C {
    return checkedChanges(kind, changes, () => this.#context.clock.stamp());
  }
}

/** What is looked for; that there is none is said in the words of an edit, not of Seam's answer. */
function existing<T>(id: string, find: () => T): T {
  try {
    return find();
  } catch (error) {
    if (!(error instanceof SeamError)) throw error;
    throw new Error(`There is no ${error.type.replace(/_not_found$/, "")} ${id} to edit`);
  }
}
