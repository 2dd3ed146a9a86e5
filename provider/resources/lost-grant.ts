import type { SeamClient } from "../http/client";
import { deviations } from "../lifecycle/drift";
import { findObject } from "../lifecycle/seam-kind";
import type { CreateOptions } from "../lifecycle/seam-object";
import { deepEqual, isRecord, type Properties } from "../values/record";
import { hasDeclaredSpaces } from "./grant-places";
import { RELATED, type WireGrant, withRelated } from "./grant-wire";
import { USER_IDENTITY } from "./user-identity";

/** By what the grant is known again that a create has made, and of which the answer was lost. */
export function lostCreate(inputs: Properties): CreateOptions<WireGrant> {
  const { accessGrantKey, userIdentityId, reservationKey, name } = inputs;
  const ofIdentity = userIdentityId === undefined ? {} : { user_identity_id: userIdentityId };
  return {
    search: accessGrantKey
      ? { path: "/access_grants/get", key: "access_grant", body: { access_grant_key: accessGrantKey } }
      : { path: "/access_grants/list", key: "access_grants", body: ofIdentity },
    matches: (grant) =>
      (grant.access_grant_key ?? undefined) === accessGrantKey &&
      (grant.reservation_key ?? undefined) === reservationKey &&
      (grant.name ?? undefined) === name &&
      hasRequestedModes(grant, inputs) &&
      hasSpaces(grant, inputs),
    // A unique key has said it all.
    ...(accessGrantKey
      ? {}
      : {
          confirms: async (seam, grant) =>
            (await isFor(seam, grant, inputs)) && (await hasPlaces(seam, grant, inputs)),
        }),
  };
}

function hasRequestedModes(grant: WireGrant, inputs: Properties): boolean {
  const modesOf = (methods: unknown) =>
    JSON.stringify((Array.isArray(methods) ? methods : []).map((method) => method?.mode).sort());
  const shownMethods = grant.requested_access_methods;
  return !shownMethods || modesOf(shownMethods) === modesOf(inputs["requestedAccessMethods"]);
}

/** Spaces that are declared by key are among those shown, but cannot be told from others. */
function hasSpaces(grant: WireGrant, { spaceIds, spaceKeys }: Properties): boolean {
  if (!grant.space_ids || spaceKeys !== undefined) return true;
  return deepEqual([...grant.space_ids].sort(), spaceIds ?? []);
}

/**
 * Whether the grant is for the person whose details are declared, which the grant itself does not show. Where Seam has
 * somebody with a text that is unique, that is the person, whatever the name.
 */
async function isFor(
  seam: SeamClient,
  { user_identity_id: id }: WireGrant,
  { userIdentity: details }: Properties,
): Promise<boolean> {
  if (!isRecord(details) || !id) return true;
  const person = await findObject(
    seam,
    USER_IDENTITY,
    id,
    `look whose access_grant it is, user_identity ${id}`,
  );
  if (!person) return false;
  const { fullName, ...unique } = details;
  const telling = Object.keys(unique).length > 0 ? unique : { fullName };
  return deviations(USER_IDENTITY.table, telling, person, () => false).length === 0;
}

/** Whether the grant is for the declared doors and devices, which the grant itself does not show. */
async function hasPlaces(seam: SeamClient, grant: WireGrant, inputs: Properties): Promise<boolean> {
  const { [RELATED]: related } = await withRelated(seam, grant, inputs);
  const opens = (declared: unknown, shown: readonly Properties[] | undefined, idKey: string) => {
    if (!shown) return true;
    const ids = new Set(shown.map((one) => one[idKey]));
    const wanted = Array.isArray(declared) ? declared : [];
    // Doors of a space are not to be told from doors of the grant's own.
    const mayHaveMore = hasDeclaredSpaces(inputs);
    return wanted.every((id) => ids.has(id)) && (mayHaveMore || ids.size === wanted.length);
  };
  return (
    opens(inputs["acsEntranceIds"], related?.entrances, "acs_entrance_id") &&
    opens(inputs["deviceIds"], related?.devices, "device_id")
  );
}
