import {
  CREDENTIAL,
  GRANT,
  IDENTITY,
  type Json,
  type Kind,
  type Reply,
  type Sandbox,
  SPACE,
  USER,
} from "./sandbox.mts";

/** What an assumption is tried with. */
export interface Bench {
  readonly sandbox: Sandbox;
  /** An access system that takes PINs, with an entrance, and two users that this run has made in it. */
  readonly acsSystemId: string;
  readonly acsEntranceId: string;
  readonly acsUserIds: readonly [string, string];
  /** An access group of that system, if it has one. */
  readonly acsAccessGroupId: string | undefined;
}

/** Something that Seam's pages do not say, and on which the code relies. */
export interface Assumption {
  readonly id: string;
  /** What is taken to be so. */
  readonly what: string;
  /** What goes wrong if it is not. */
  readonly otherwise: string;
  /**
   * Tries it.
   * @returns whether it is so, and what Seam said; `undefined` where the sandbox has nothing to try it with
   * @throws Error where what it is tried with cannot be made, or Seam does not answer
   */
  settle(bench: Bench): Promise<{ readonly holds: boolean; readonly said: string } | undefined>;
}

const NOBODY = "00000000-0000-4000-8000-000000000000";
const LATER = "2037-01-01T00:00:00.000Z";

const said = ({ status, type }: Reply) => `${status}${type ? ` ${type}` : ""}`;
const refusedAs = (status: number, type: string) => (reply: Reply) => ({
  holds: reply.status === status && reply.type === type,
  said: said(reply),
});
const objectOf = (reply: Reply, { name }: Kind) => (reply.json[name] ?? {}) as Json;
const idOf = (object: Json, { name }: Kind) => String(object[`${name}_id`]);

/** One for each kind: what a get of an unknown id answers. */
const missing = [CREDENTIAL, USER, IDENTITY, GRANT, SPACE].map(
  (kind): Assumption => ({
    id: `missing-${kind.name.replaceAll("_", "-")}`,
    what: `\`${kind.routes}/get\` of an unknown id answers 404 \`${kind.name}_not_found\`.`,
    otherwise: "A refresh would fail for what is gone, instead of taking it out of the state.",
    settle: async ({ sandbox }) =>
      refusedAs(
        404,
        `${kind.name}_not_found`,
      )(await sandbox.ask(`${kind.routes}/get`, { [`${kind.name}_id`]: NOBODY })),
  }),
);

const identity = (sandbox: Sandbox, of: Json) => sandbox.make(IDENTITY, identityOf(sandbox, of));
const identityOf = ({ mark }: Sandbox, of: Json) => ({ full_name: mark, ...of });
const pin = (bench: Bench, of: Json = {}) => bench.sandbox.make(CREDENTIAL, pinOf(bench, of));
const pinOf = ({ acsUserIds: [acs_user_id] }: Bench, of: Json) => ({
  access_method: "code",
  acs_user_id,
  ends_at: LATER,
  ...of,
});
const grant = async (bench: Bench, of: Json) => bench.sandbox.make(GRANT, await grantOf(bench, of));

async function grantOf({ sandbox, acsEntranceId }: Bench, of: Json): Promise<Json> {
  return {
    user_identity_id: idOf(await identity(sandbox, {}), IDENTITY),
    acs_entrance_ids: [acsEntranceId],
    requested_access_methods: [{ mode: "code" }],
    ends_at: LATER,
    ...of,
  };
}

/** How Seam answers the second of two that may not both be there. */
async function refusal({ ask }: Sandbox, { routes }: Kind, body: Json) {
  const second = await ask(`${routes}/create`, body);
  return { holds: second.status === 400 || second.status === 409, said: said(second) };
}

/** Everything that the code takes for granted and that no page of Seam's says; see docs/assumptions.md. */
export const ASSUMPTIONS: readonly Assumption[] = [
  ...missing,
  {
    id: "second-delete",
    what: "Deleting a credential that is gone answers 404 `acs_credential_not_found`, or succeeds again.",
    otherwise: "A delete whose answer was lost would fail.",
    async settle(bench) {
      const acs_credential_id = idOf(await pin(bench), CREDENTIAL);
      await bench.sandbox.ask("/acs/credentials/delete", { acs_credential_id });
      const again = await bench.sandbox.ask("/acs/credentials/delete", { acs_credential_id });
      return { holds: again.status === 200 || again.type === "acs_credential_not_found", said: said(again) };
    },
  },
  {
    id: "deleted-looks-deleted",
    what: "A deleted credential is not found, or shows the warning `being_deleted`.",
    otherwise: "A refresh would put a deleted credential back into the state.",
    async settle(bench) {
      const acs_credential_id = idOf(await pin(bench), CREDENTIAL);
      await bench.sandbox.ask("/acs/credentials/delete", { acs_credential_id });
      const reply = await bench.sandbox.ask("/acs/credentials/get", { acs_credential_id });
      const warnings = (objectOf(reply, CREDENTIAL)["warnings"] ?? []) as Json[];
      const isLeaving = warnings.some(({ warning_code }) => warning_code === "being_deleted");
      return {
        holds: isLeaving || reply.type === "acs_credential_not_found",
        said: isLeaving ? "being_deleted" : said(reply),
      };
    },
  },
  {
    id: "update-shows",
    what: "After `/acs/credentials/update` a get shows the new `ends_at`, to the minute.",
    otherwise: "An `up` that moves an end would fail, since Seam holds another value.",
    async settle(bench) {
      const acs_credential_id = idOf(await pin(bench), CREDENTIAL);
      const ends_at = "2037-02-01T00:00:00.000Z";
      const update = await bench.sandbox.ask("/acs/credentials/update", { acs_credential_id, ends_at });
      const reply = await bench.sandbox.ask("/acs/credentials/get", { acs_credential_id });
      const held = String(objectOf(reply, CREDENTIAL)["ends_at"]);
      return {
        holds: update.status === 200 && Math.abs(Date.parse(held) - Date.parse(ends_at)) < 60_000,
        said: `${said(update)}, then ${held}`,
      };
    },
  },
  {
    id: "past-end",
    what: "A credential that would be over already is refused with 400 `invalid_input`.",
    otherwise: "The message about an end in the past would not fit.",
    async settle(bench) {
      await pin(bench);
      const over = pinOf(bench, { ends_at: "2020-01-01T00:00:00Z" });
      return refusedAs(400, "invalid_input")(await bench.sandbox.ask(`${CREDENTIAL.routes}/create`, over));
    },
  },
  {
    id: "past-start",
    what: "A credential that has begun already keeps its `starts_at` as it was sent.",
    otherwise: "Every preview would show a change of `startsAt`.",
    async settle(bench) {
      await pin(bench);
      const starts_at = "2020-01-01T00:00:00.000Z";
      const reply = await bench.sandbox.ask(`${CREDENTIAL.routes}/create`, pinOf(bench, { starts_at }));
      const held = String(objectOf(reply, CREDENTIAL)["starts_at"]);
      return { holds: Date.parse(held) === Date.parse(starts_at), said: `${said(reply)}, then ${held}` };
    },
  },
  {
    id: "given-pin",
    what: "A PIN that is given is taken, or the credential is refused; no other PIN takes its place.",
    otherwise: "The PIN at the door would not be the one that the program declares.",
    async settle(bench) {
      const code = "471835";
      const reply = await bench.sandbox.ask(`${CREDENTIAL.routes}/create`, pinOf(bench, { code }));
      const held = objectOf(reply, CREDENTIAL)["code"] ?? code;
      return { holds: held === code, said: held === code ? said(reply) : "another PIN" };
    },
  },
  {
    id: "credentials-by-user",
    what: "`/acs/credentials/list` with `acs_user_id` lists that user's credentials and no others.",
    otherwise: "A lost create could adopt somebody else's credential, or not be found.",
    async settle(bench) {
      const [first, second] = bench.acsUserIds;
      const mine = idOf(await pin(bench), CREDENTIAL);
      const theirs = idOf(await pin(bench, { acs_user_id: second }), CREDENTIAL);
      const { json } = await bench.sandbox.ask("/acs/credentials/list", { acs_user_id: first });
      const ids = ((json["acs_credentials"] ?? []) as Json[]).map(
        ({ acs_credential_id }) => acs_credential_id,
      );
      return {
        holds: ids.includes(mine) && !ids.includes(theirs),
        said: `${ids.includes(mine) ? "with" : "without"} the user's, ${ids.includes(theirs) ? "with" : "without"} another's`,
      };
    },
  },
  {
    id: "created-at",
    what: "What was just created has a `created_at` of this moment, to the minute.",
    otherwise: "A lost create would not be told from what was there before.",
    async settle(bench) {
      const createdAt = String((await pin(bench))["created_at"]);
      return { holds: Math.abs(Date.parse(createdAt) - Date.now()) < 60_000, said: createdAt };
    },
  },
  {
    id: "pages",
    what: "A list with `limit: 1` has a `next_page_cursor` that leads to the next object.",
    otherwise: "Large workspaces would be read in part only.",
    async settle({ sandbox }) {
      const first = await sandbox.ask("/acs/users/list", { limit: 1 });
      const cursor = ((first.json["pagination"] ?? {}) as Json)["next_page_cursor"];
      if (typeof cursor !== "string") return { holds: false, said: "no next_page_cursor" };
      const second = await sandbox.ask("/acs/users/list", { limit: 1, page_cursor: cursor });
      const ids = [first, second].map(({ json }) => (json["acs_users"] as Json[])?.[0]?.["acs_user_id"]);
      return { holds: second.status === 200 && ids[0] !== ids[1], said: said(second) };
    },
  },
  {
    id: "identity-email-once",
    what: "A second user identity with the same e-mail address, in another case, is refused with 400 or 409.",
    otherwise: "A returning guest would become two people.",
    async settle({ sandbox }) {
      const email = `${sandbox.mark}@example.com`;
      await identity(sandbox, { email_address: email });
      return refusal(sandbox, IDENTITY, identityOf(sandbox, { email_address: email.toUpperCase() }));
    },
  },
  {
    id: "identity-key-once",
    what: "A second user identity with the same `user_identity_key` is refused with 400 or 409.",
    otherwise: "A create that is sent again could double a person.",
    async settle({ sandbox }) {
      const user_identity_key = `${sandbox.mark}-key`;
      await identity(sandbox, { user_identity_key });
      return refusal(sandbox, IDENTITY, identityOf(sandbox, { user_identity_key }));
    },
  },
  {
    id: "search",
    what: "`/user_identities/list` with `search` finds a person by the whole e-mail address.",
    otherwise: "The identity of a returning guest would not be found.",
    async settle({ sandbox }) {
      const email_address = `${sandbox.mark}-search@example.com`;
      const id = idOf(await identity(sandbox, { email_address }), IDENTITY);
      const { json } = await sandbox.ask("/user_identities/list", { search: email_address });
      const ids = ((json["user_identities"] ?? []) as Json[]).map(({ user_identity_id }) => user_identity_id);
      return { holds: ids.includes(id), said: `${ids.length} found` };
    },
  },
  {
    id: "grant-key-once",
    what: "A second access grant with the same `access_grant_key` is refused with 400 or 409.",
    otherwise: "A create that is sent again could double a stay.",
    async settle(bench) {
      const access_grant_key = `${bench.sandbox.mark}-grant`;
      await grant(bench, { access_grant_key });
      return refusal(bench.sandbox, GRANT, await grantOf(bench, { access_grant_key }));
    },
  },
  {
    id: "identity-takes-grants-along",
    what: "Deleting a user identity deletes its access grants.",
    otherwise: "A stay whose identity was deleted would go on opening doors.",
    async settle(bench) {
      const { access_grant_id, user_identity_id } = await grant(bench, {});
      await bench.sandbox.ask("/user_identities/delete", { user_identity_id });
      const reply = await bench.sandbox.ask("/access_grants/get", { access_grant_id });
      return { holds: reply.type === "access_grant_not_found", said: said(reply) };
    },
  },
  {
    id: "related-places",
    what: "`/access_grants/get_related` shows the doors of a grant.",
    otherwise: "A door that somebody adds by hand would not show in a refresh.",
    async settle(bench) {
      const access_grant_id = idOf(await grant(bench, {}), GRANT);
      const body = { access_grant_ids: [access_grant_id], include: ["acs_entrances"] };
      const reply = await bench.sandbox.ask("/access_grants/get_related", body);
      const batch = (reply.json["batch"] ?? {}) as Json;
      const ids = ((batch["acs_entrances"] ?? []) as Json[]).map(({ acs_entrance_id }) => acs_entrance_id);
      return { holds: ids.includes(bench.acsEntranceId), said: `${said(reply)}, ${ids.length} entrances` };
    },
  },
  {
    id: "member-twice",
    what: "Adding a user to an access group twice succeeds twice, and so does removing.",
    otherwise: "A membership whose answer was lost would fail.",
    async settle({ sandbox, acsAccessGroupId: acs_access_group_id, acsUserIds: [acs_user_id] }) {
      if (acs_access_group_id === undefined) return undefined;
      const replies: Reply[] = [];
      for (const route of ["add_user", "add_user", "remove_user", "remove_user"])
        replies.push(await sandbox.ask(`/acs/access_groups/${route}`, { acs_access_group_id, acs_user_id }));
      return { holds: replies.every(({ status }) => status === 200), said: replies.map(said).join(", ") };
    },
  },
  {
    id: "space-key-once",
    what: "A second space with the same `space_key` is refused with 400 or 409.",
    otherwise: "A create that is sent again could double a space.",
    async settle({ sandbox }) {
      const space = { name: sandbox.mark, space_key: `${sandbox.mark}-space` };
      await sandbox.make(SPACE, space);
      return refusal(sandbox, SPACE, space);
    },
  },
];
