import { z } from "zod";
import type { SeamClient } from "../http/client";
import type { Properties } from "../values/record";
import { decisive, objectId, reported, shown, shownIds } from "../wire/types";
import { inRequestedOrder, readMethods, requestedIn, type WireMethod } from "./access-methods";
import { declaredPlaces, type Places, placesOf } from "./grant-places";
import { type RelatedToGrant, relatedToGrant } from "./related-to-grant";

/** Seam's `access_grant` as it is read here. */
export const accessGrantWire = z.object({
  access_grant_id: objectId,
  access_grant_key: shown,
  access_method_ids: shownIds,
  client_session_token: shown,
  customization_profile_id: shown,
  ends_at: decisive,
  instant_key_url: shown,
  name: decisive,
  requested_access_methods: z
    .array(z.record(z.string(), z.unknown()))
    .nullish()
    .catch(undefined)
    // A PIN belongs into the state only where the program put it.
    .transform((methods) => methods?.map(({ code: _, ...method }) => method)),
  reservation_key: shown,
  space_ids: shownIds,
  starts_at: decisive,
  user_identity_id: decisive,
  ...reported,
});

/** With what Seam shows of it by another route. */
export type WireGrant = z.output<typeof accessGrantWire> & {
  readonly access_methods?: readonly WireMethod[] | undefined;
  readonly [RELATED]?: RelatedToGrant;
};

/** Where an object carries what hangs on it; a symbol is no field of Seam's, and no output. */
export const RELATED = Symbol("related");

/** The grant with its access methods, in the order in which they were asked for, and with its doors. */
export async function withRelated(
  seam: SeamClient,
  grant: WireGrant,
  declared: Properties,
): Promise<WireGrant> {
  const related = await relatedToGrant(seam, {
    id: grant.access_grant_id,
    methodIds: grant.access_method_ids,
    spaceIds: grant.space_ids,
    places: declaredPlaces(declared),
  });
  if (!related.accessMethods) return { ...grant, [RELATED]: related };
  const whole = { ...grant, access_methods: readMethods(related.accessMethods), [RELATED]: related };
  return { ...whole, access_methods: inRequestedOrder(requestedIn(declared), whole) };
}

/** Where it lets somebody in, as Seam shows it. */
export function shownPlaces(grant: WireGrant): Partial<Places> {
  return placesOf(grant.space_ids, grant[RELATED]);
}
