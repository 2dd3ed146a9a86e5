import { outputsOf } from "../../provider/lifecycle/seam-kind";
import { ACCESS_GRANT } from "../../provider/resources/access-grant";
import { inRequestedOrder, readMethods, requestedIn } from "../../provider/resources/access-methods";
import { RELATED } from "../../provider/resources/grant-wire";
import { type Properties, textsIn } from "../../provider/values/record";
import type { PartsOfGrant } from "../../report/reading/grants";
import { instantText, type Judged, readObject, resourceOf, slug, withoutEmpty } from "./resource";

/** An access grant in Seam, and what hangs on it. */
export interface LiveGrant {
  readonly wire: Properties;
  /** `undefined` where it could not be read. */
  readonly parts: PartsOfGrant | undefined;
  /** False where it is read only to know what belongs to it. */
  readonly isSelected: boolean;
  /** Name of the person that it is for. */
  readonly personName: string | undefined;
}

/**
 * A grant with the doors that are its own: those of its spaces come with the spaces. Its PINs are not declared, as those
 * of credentials are not.
 */
export function grantResource({ wire, parts, personName }: LiveGrant, now: Date): Judged {
  const read = readObject("grants", ACCESS_GRANT, wire, now);
  if (!("object" in read)) return read;
  const { object } = read;
  const id = object.access_grant_id;
  if (!parts) return { kind: "grants", id, reason: "its doors could not be read", isProblem: true };
  const title = object.name ?? personName;
  const spaceIds = object.space_ids ?? [];
  return resourceOf(
    {
      kind: "grants",
      id,
      label: `${slug(title) || "somebody"}-grant`,
      title,
      declared: {
        userIdentityId: object.user_identity_id,
        requestedAccessMethods: (object.requested_access_methods ?? []).map((method) =>
          withoutEmpty({
            mode: method["mode"],
            instantKeyMaxUseCount: method["instant_key_max_use_count"] ?? undefined,
          }),
        ),
        spaceIds,
        acsEntranceIds: ownIds(parts.entrances, "acs_entrance_id", spaceIds),
        deviceIds: ownIds(parts.devices, "device_id", spaceIds),
        startsAt: instantText(object.starts_at),
        endsAt: instantText(object.ends_at),
        name: object.name,
        accessGrantKey: object.access_grant_key,
        reservationKey: object.reservation_key,
        customizationProfileId: object.customization_profile_id,
      },
      outputsOf(inputs) {
        const grant = { ...object, access_methods: readMethods(parts.accessMethods), [RELATED]: parts };
        const methods = inRequestedOrder(requestedIn(inputs), grant);
        return outputsOf(ACCESS_GRANT, inputs, { ...grant, access_methods: methods });
      },
    },
    now,
  );
}

/** Without those of the grant's spaces; of a grant with spaces, only what surely is in none of them. */
function ownIds(places: readonly Properties[], id: string, spaceIds: readonly string[]): string[] {
  const isOwn = ({ space_ids }: Properties) =>
    spaceIds.length === 0 ||
    (Array.isArray(space_ids) && !textsIn(space_ids).some((space) => spaceIds.includes(space)));
  return places.filter(isOwn).map((place) => String(place[id]));
}
