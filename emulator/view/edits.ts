import type { Context } from "../world/context";
import { deleteCredential } from "../world/credentials";
import { deleteIdentity } from "../world/identities";
import type { AcsCredential, AcsUser, UserIdentity } from "../world/rows";
import { deleteUser } from "../world/users";
import {
  type AcsCredentialChanges,
  type AcsUserChanges,
  checkedChanges,
  type EditedKind,
  type UserIdentityChanges,
} from "./edit-fields";

/**
 * Changes behind the client's back, as a person makes them at Seam's console or at the lock system. They take
 * effect at once, are checked against no rule of Seam, and are not in the request log. Fields that there are not,
 * ids that identify the object, and values of another type are refused.
 */
export class Edits {
  readonly #context: Context;

  constructor(context: Context) {
    this.#context = {
      ...context,
      settings: { ...context.settings, delays: { syncMs: 0, codeMs: 0, deletionMs: 0 } },
    };
  }

  /** Changes fields of a credential, such as `{ ends_at: "2030-01-01T00:00:00.000Z" }`; `undefined` clears. */
  acsCredential(id: string, changes: AcsCredentialChanges): void {
    const { credentials } = this.#context.workspace;
    const credential = existing(credentials.get(id), "acs_credential", id);
    const { allowed_acs_entrance_ids: doors, ...fields } = this.#checked("acs_credential", changes);
    credentials.change(credential, {
      ...fields,
      ...(doors && { hidden: { ...credential.hidden, allowedEntranceIds: [...new Set(doors)] } }),
    } as Partial<AcsCredential>);
  }

  deleteAcsCredential(id: string): void {
    const credential = existing(this.#context.workspace.credentials.get(id), "acs_credential", id);
    deleteCredential(this.#context, credential);
    this.#context.workspace.credentials.remove(id);
  }

  /** A person encodes the credential onto a card. */
  encodeCard(id: string, cardNumber: string): void {
    const credential = existing(this.#context.workspace.credentials.get(id), "acs_credential", id);
    this.acsCredential(id, {
      is_issued: true,
      issued_at: this.#context.clock.stamp(),
      card_number: cardNumber,
      warnings: credential.warnings.filter((warning) => warning.warning_code !== "waiting_to_be_issued"),
    });
  }

  acsUser(id: string, changes: AcsUserChanges): void {
    const { users } = this.#context.workspace;
    const user = existing(users.get(id), "acs_user", id);
    users.change(user, this.#checked("acs_user", changes) as Partial<AcsUser>);
  }

  deleteAcsUser(id: string): void {
    deleteUser(this.#context, existing(this.#context.workspace.users.get(id), "acs_user", id));
  }

  userIdentity(id: string, changes: UserIdentityChanges): void {
    const { identities } = this.#context.workspace;
    const identity = existing(identities.get(id), "user_identity", id);
    identities.change(identity, this.#checked("user_identity", changes) as Partial<UserIdentity>);
  }

  deleteUserIdentity(id: string): void {
    deleteIdentity(this.#context, existing(this.#context.workspace.identities.get(id), "user_identity", id));
  }

  #checked<C extends object>(kind: EditedKind, changes: C): C {
    return checkedChanges(kind, changes, () => this.#context.clock.stamp());
  }
}

function existing<T>(row: T | undefined, kind: string, id: string): T {
  if (!row) throw new Error(`There is no ${kind} ${id} to edit`);
  return row;
}
