import { SHARED } from "../../provider/lifecycle/shared";
import { isRecord, type Properties } from "../../provider/values/record";
import { SIGNATURE } from "../../provider/values/secret-mark";
import { classOf } from "../../provider/values/type-token";
import { UNKNOWN } from "../../provider/values/unknown";

/** The resources of pulumi-seam that people's access is made of. */
export type Kind =
  | "AcsCredential"
  | "AcsUser"
  | "AcsAccessGroupMembership"
  | "AccessGrant"
  | "Space"
  | "UserIdentity";

/** What is read of each; all else, where secrets may be, is dropped. */
const PROPERTIES: Readonly<Record<Kind, readonly string[]>> = {
  AcsCredential: [
    "accessMethod",
    "acsUserId",
    "userIdentityId",
    "acsSystemId",
    "allowedAcsEntranceIds",
    "assaAbloyVostioMetadata",
    "startsAt",
    "endsAt",
  ],
  AcsUser: [
    "acsSystemId",
    "fullName",
    "emailAddress",
    "userIdentityId",
    "accessSchedule",
    "acsAccessGroupIds",
    "isSuspended",
  ],
  AcsAccessGroupMembership: ["acsAccessGroupId", "acsUserId", "userIdentityId"],
  AccessGrant: [
    "userIdentityId",
    "userIdentity",
    "requestedAccessMethods",
    "acsEntranceIds",
    "deviceIds",
    "spaceIds",
    "spaceKeys",
    "startsAt",
    "endsAt",
  ],
  Space: ["name", "spaceKey", "acsEntranceIds", "deviceIds"],
  UserIdentity: ["fullName", "emailAddress", SHARED],
};

/** Inputs that are ids of other resources. */
export const REFERENCES: Readonly<Record<string, Kind>> = {
  acsUserId: "AcsUser",
  userIdentityId: "UserIdentity",
  spaceIds: "Space",
};

/** Places that outputs hold otherwise than declared: there a grant for a space also has the space's doors. */
export const OWN_PLACES: Readonly<Record<Kind, readonly string[]>> = {
  AcsCredential: ["allowedAcsEntranceIds"],
  AccessGrant: ["acsEntranceIds", "deviceIds", "spaceIds", "spaceKeys"],
  AcsUser: [],
  AcsAccessGroupMembership: [],
  Space: [],
  UserIdentity: [],
};

/** Options of Vostio by which a key opens all doors of guests. */
export const ALL_GUEST_DOORS = ["joinAllGuestAcsEntrances", "overrideAllGuestAcsEntrances"] as const;
const GUEST_DOORS = [...ALL_GUEST_DOORS, "overrideGuestAcsEntranceIds"];

/** The kind of a URN's resource: of the classes of Node programs, or of the provider plugin. */
export function kindOf(urn: string): Kind | undefined {
  const type = urn.split("::")[2]?.split("$").at(-1);
  const name = classOf(type ?? "");
  return name !== undefined && name in PROPERTIES ? (name as Kind) : undefined;
}

/** All properties, with what a preview hides as what is not known. */
export function withHiddenAsUnknown(properties: Properties): Properties {
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]) => [name, isHidden(value) ? UNKNOWN : value]),
  );
}

/** A copy of what is known of the kind, and of objects in it what is known of those. */
export function knownProperties(kind: Kind, properties: Properties): Properties {
  const known = PROPERTIES[kind].flatMap((name) => {
    const value = properties[name];
    return value === undefined || value === null ? [] : [[name, plain(value)] as const];
  });
  return Object.fromEntries(known);
}

/** Of a requested way in, a schedule, an inline person, and the doors of guests that a key of Vostio opens. */
const INNER = ["mode", "startsAt", "endsAt", "fullName", "emailAddress", ...GUEST_DOORS];

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (isHidden(value)) return UNKNOWN;
  if (!isRecord(value)) return value;
  return Object.fromEntries(INNER.flatMap((name) => (name in value ? [[name, plain(value[name])]] : [])));
}

/** Without `--show-secrets` a preview has this text in place of a secret. */
function isHidden(value: unknown): boolean {
  return value === "[secret]" || (isRecord(value) && SIGNATURE in value);
}
