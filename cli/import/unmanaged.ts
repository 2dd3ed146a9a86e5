import type { SeamClient } from "../../provider/http/client";
import type { Properties } from "../../provider/values/record";
import { asSent, collect } from "../../report/reading/objects";
import type { Reader } from "../../report/reading/reader";
import type { LeftOut } from "./resource";
import type { Selected } from "./selection";

/** What Seam knows of and does not manage: it cannot be declared as it is. */
export interface Unmanaged {
  readonly identities: readonly Properties[];
  readonly grants: readonly Properties[];
}

export const NOTHING_UNMANAGED: Unmanaged = { identities: [], grants: [] };

/** Reads what is unmanaged among what is selected. */
export async function readUnmanaged(reader: Reader, selected: Selected): Promise<Unmanaged> {
  const { system, entrance, user, users, wants } = selected;
  const identityOf = (one: Properties | undefined) => one?.["user_identity_id"];
  const isSomebodys = !user || typeof identityOf(user) === "string";
  const query = {
    ...(system && { acs_system_id: system["acs_system_id"] }),
    ...(entrance && { acs_entrance_id: entrance["acs_entrance_id"] }),
    ...(user && { user_identity_id: identityOf(user) }),
  };
  const [grants, identities] = await Promise.all([
    isSomebodys && wants("grants", "credentials", "users")
      ? collect(reader, "unmanagedGrants", asSent, query)
      : [],
    wants("identities") ? collect(reader, "unmanagedIdentities", asSent) : [],
  ]);
  const people = new Set([
    ...grants.map(identityOf),
    ...(user ? [identityOf(user)] : entrance ? [] : users.map(identityOf)),
  ]);
  const isAll = !system && !entrance && !user;
  return { grants, identities: identities.filter((one) => isAll || people.has(identityOf(one))) };
}

/** Without what is read only because it tells whose another object is: nobody has asked to change that. */
export function amongSelected({ identities, grants }: Unmanaged, { wants }: Selected): Unmanaged {
  return { identities, grants: wants("grants") ? grants : [] };
}

/** Takes them under Seam's management, people first: grants are theirs. From then on Seam lists them with the others. */
export async function takeUnderManagement(
  seam: Pick<SeamClient, "call">,
  { identities, grants }: Unmanaged,
): Promise<void> {
  const manage = async (path: string, name: string, object: Properties) => {
    const id = object[`${name}_id`];
    const body = { [`${name}_id`]: id, is_managed: true };
    const action = `take ${name} ${id} under management`;
    await seam.call({ path, body, effect: "update", action });
  };
  await Promise.all(
    identities.map((one) => manage("/user_identities/unmanaged/update", "user_identity", one)),
  );
  await Promise.all(grants.map((one) => manage("/access_grants/unmanaged/update", "access_grant", one)));
}

export function unmanagedLeftOut({ identities, grants }: Unmanaged, { wants }: Selected): LeftOut[] {
  const reason =
    "Seam does not manage it, so it cannot be declared; --manage takes it under management first";
  const leftOut = (kind: "identities" | "grants", id: unknown) => ({
    kind,
    id: String(id),
    reason,
    isProblem: true,
  });
  return [
    ...identities.map((one) => leftOut("identities", one["user_identity_id"])),
    ...(wants("grants") ? grants.map((one) => leftOut("grants", one["access_grant_id"])) : []),
  ];
}
