import type { Ids } from "../seeds/ids";
import type { Context } from "../world/context";
import { presentCredential } from "../world/credentials";
import { presentUser } from "../world/users";
import { Edits } from "./edits";

/** Ids by seed key; the default portfolio's keys are known to the compiler. */
export type IdsOf<K> = {
  readonly [N in keyof Ids]: N extends keyof K ? Readonly<Record<K[N] & string, string>> : never;
};

/** Keys of any seed. */
export type AnyKeys = { [N in keyof Ids]: string };

/** A credential with what Seam never shows of it. */
export type LiveCredential = ReturnType<typeof presentCredential> & {
  user_identity_id: string | undefined;
  allowed_acs_entrance_ids: string[];
  create_body: Record<string, unknown>;
};

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

  /** Everything in the workspace that can change, as plain data. */
  snapshot() {
    return {
      acs_credentials: this.credentials(),
      acs_users: this.users(),
      user_identities: structuredClone([...this.#context.workspace.identities.all()]),
    };
  }
}
