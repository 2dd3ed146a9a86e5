import { outputsOf } from "../../provider/lifecycle/seam-kind";
import { ACS_CREDENTIAL, acsCredentialTable } from "../../provider/resources/acs-credential";
import { isRecord, type Properties } from "../../provider/values/record";
import { fromWireNames } from "../../provider/wire/names";
import { instantText, isImported, type Judged, readObject, resourceOf, slug, withoutEmpty } from "./resource";

/** A credential in Seam, and what is known around it. */
export interface LiveCredential {
  /** As Seam sends it. */
  readonly wire: Properties;
  /**
   * Entrances on the credential itself, not those of its user's access groups; `undefined` where they could not be
   * read.
   */
  readonly ownEntranceIds: readonly string[] | undefined;
  /** Its user's name. */
  readonly userName: string | undefined;
  /** Seam may show fewer doors than it has. */
  readonly hasHiddenDoors: boolean;
}

/**
 * Makes a resource out of a live credential. A PIN is never declared: whether Seam chose it cannot be seen, a
 * program is no place for it, and one that is not declared is never a difference. It is a secret output.
 */
export function credentialResource(live: LiveCredential, now: Date): Judged {
  const { wire, ownEntranceIds, userName, hasHiddenDoors } = live;
  const read = readObject("credentials", ACS_CREDENTIAL, wire, now);
  if (!("object" in read)) return read;
  const { object: credential } = read;
  const { acs_credential_id: id, parent_acs_credential_id: parent, access_method: accessMethod } = credential;
  const leftOut = (reason: string, isProblem: boolean) => ({
    kind: "credentials" as const,
    id,
    reason,
    isProblem,
  });
  if (parent) return leftOut(`it is a phone's copy of ${parent}`, false);
  if (!ownEntranceIds) return leftOut("its doors could not be read", true);
  const resource = resourceOf(
    {
      kind: "credentials",
      id,
      label: [slug(userName) || "user", slug(accessMethod)].join("-"),
      title: userName,
      declared: {
        accessMethod,
        ...(credential.acs_user_id
          ? { acsUserId: credential.acs_user_id }
          : { userIdentityId: credential.user_identity_id, acsSystemId: credential.acs_system_id }),
        allowedAcsEntranceIds: ownEntranceIds,
        startsAt: instantText(credential.starts_at),
        endsAt: instantText(credential.ends_at),
        // Some systems show the flag on everything; only mobile keys have to declare it.
        isMultiPhoneSyncCredential:
          accessMethod === "mobile_key" && credential.is_multi_phone_sync_credential,
        assaAbloyVostioMetadata: settings("assaAbloyVostioMetadata", credential.assa_abloy_vostio_metadata),
        visionlineMetadata: settings("visionlineMetadata", credential.visionline_metadata),
      },
      outputsOf: (inputs) => outputsOf(ACS_CREDENTIAL, inputs, credential),
    },
    now,
  );
  return isImported(resource) && hasHiddenDoors ? { ...resource, note: HIDDEN_DOORS } : resource;
}

const HIDDEN_DOORS =
  "its user is suspended or not subscribed, so Seam shows no doors of it, and none are declared; if it has some, import it when the user is let in again";

/** The settings among what Seam shows of a vendor's metadata, without those that are their own defaults. */
function settings(
  property: "assaAbloyVostioMetadata" | "visionlineMetadata",
  metadata: Properties | null | undefined,
): Properties | undefined {
  const shown = fromWireNames(metadata ?? {});
  if (!isRecord(shown)) return undefined;
  const keys: readonly string[] = acsCredentialTable[property].keys;
  return withoutEmpty(
    Object.fromEntries(
      Object.entries(shown).filter(
        ([key, value]) => keys.includes(key) && !(key === "cardFunctionType" && value === "guest"),
      ),
    ),
  );
}
