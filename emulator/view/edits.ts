import type { Context } from "../world/context";
import { deleteCredential } from "../world/credentials";
import { deleteIdentity } from "../world/identities";
import type { AcsCredential, AcsUser, UserIdentity } from "../world/rows";
import { deleteUser } from "../world/users";

/**
 * Changes behind the client's back, as a person makes them at Seam's console or at the lock system. They take
 * effect at once, are not checked against any rule, and are not in the request log.
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
  acsCredential(id: string, changes: Partial<Omit<AcsCredential, "hidden">>): void {
    const { credentials } = this.#context.workspace;
    credentials.change(existing(credentials.get(id), "acs_credential", id), changes);
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

  acsUser(id: string, changes: Partial<Omit<AcsUser, "hidden">>): void {
    const { users } = this.#context.workspace;
    users.change(existing(users.get(id), "acs_user", id), changes);
  }

  deleteAcsUser(id: string): void {
    deleteUser(this.#context, existing(this.#context.workspace.users.get(id), "acs_user", id));
  }

  userIdentity(id: string, changes: Partial<UserIdentity>): void {
    const { identities } = this.#context.workspace;
    identities.change(existing(identities.get(id), "user_identity", id), changes);
  }

  deleteUserIdentity(id: string): void {
    deleteIdentity(this.#context, existing(this.#context.workspace.identities.get(id), "user_identity", id));
  }
}

function existing<T>(row: T | undefined, kind: string, id: string): T {
  if (!row) throw new Error(`There is no ${kind} ${id} to edit`);
  return row;
}
