import { isBeingDeleted, wireOutputs } from "../../provider/lifecycle/outputs";
import {
  acsCredential,
  acsCredentialTable,
  acsCredentialWire,
} from "../../provider/resources/acs-credential";
import { canonicalInstant, epochMs } from "../../provider/values/instant";
import { isRecord, type Properties } from "../../provider/values/record";
import type { LiveCredential } from "./workspace";

/** A credential as a resource of a program. */
export interface ImportedCredential {
  readonly id: string;
  /** Without its number: unique among all of a workspace only together with it. */
  readonly label: string;
  readonly userName: string | undefined;
  readonly inputs: Properties;
  /** As a create with these inputs would have saved them. */
  readonly outputs: Properties;
}

/** A credential that is no resource of its own, or cannot be declared. */
export interface LeftOut {
  readonly id: string;
  readonly reason: string;
  /** True where somebody should look at it. */
  readonly isProblem: boolean;
}

/**
 * Makes a resource out of a live credential. A PIN is never declared: whether Seam chose it cannot be seen, a
 * program is no place for it, and one that is not declared is never a difference. It is a secret output.
 */
export function toResource(live: LiveCredential, now: Date): ImportedCredential | LeftOut {
  const id = String(live.wire["acs_credential_id"]);
  const parsed = acsCredentialWire.safeParse(live.wire);
  if (!parsed.success) return { id, reason: "Seam's answer about it cannot be read", isProblem: true };
  const credential = parsed.data;
  if (isBeingDeleted(credential)) return { id, reason: "it is being deleted", isProblem: false };
  if (credential.parent_acs_credential_id) {
    return {
      id,
      reason: `it is a phone's copy of ${credential.parent_acs_credential_id}`,
      isProblem: false,
    };
  }
  const endsAt = epochMs(credential.ends_at);
  if (endsAt !== undefined && endsAt <= now.getTime()) {
    return { id, reason: `it ended at ${credential.ends_at}`, isProblem: false };
  }
  const computed = wireOutputs(acsCredentialTable, {}, credential);
  const declared = declarable(computed, live.ownEntranceIds);
  const { inputs, problems } = acsCredential.check(declared, declared, now);
  if (problems.length > 0)
    return { id, reason: problems.map(({ text }) => text).join("; "), isProblem: true };
  return {
    id,
    label: [slug(live.userName) || "user", slug(String(declared["accessMethod"]))].join("-"),
    userName: live.userName,
    inputs,
    outputs: wireOutputs(acsCredentialTable, inputs, credential),
  };
}

/** What Seam shows of a credential that a program can declare. */
function declarable(computed: Properties, entranceIds: readonly string[]): Properties {
  const { accessMethod, acsUserId, userIdentityId, acsSystemId, startsAt, endsAt } = computed;
  return withoutEmpty({
    accessMethod,
    ...(acsUserId ? { acsUserId } : { userIdentityId, acsSystemId }),
    allowedAcsEntranceIds: entranceIds,
    startsAt: startsAt && canonicalInstant(String(startsAt)),
    endsAt: endsAt && canonicalInstant(String(endsAt)),
    // Some systems show the flag on everything; only mobile keys have to declare it.
    isMultiPhoneSyncCredential: accessMethod === "mobile_key" && computed["isMultiPhoneSyncCredential"],
    assaAbloyVostioMetadata: settings("assaAbloyVostioMetadata", computed),
    visionlineMetadata: settings("visionlineMetadata", computed),
  });
}

/** The settings among what Seam shows of a vendor's metadata, without those that are their own defaults. */
function settings(
  property: "assaAbloyVostioMetadata" | "visionlineMetadata",
  computed: Properties,
): Properties | undefined {
  const metadata = computed[property];
  if (!isRecord(metadata)) return undefined;
  const keys: readonly string[] = acsCredentialTable[property].keys;
  const declared = withoutEmpty(
    Object.fromEntries(
      Object.entries(metadata).filter(
        ([key, value]) => keys.includes(key) && !(key === "cardFunctionType" && value === "guest"),
      ),
    ),
  );
  return Object.keys(declared).length > 0 ? declared : undefined;
}

function withoutEmpty(properties: Properties): Properties {
  return Object.fromEntries(
    Object.entries(properties).filter(
      ([, value]) =>
        value !== undefined &&
        value !== "" &&
        value !== false &&
        !(Array.isArray(value) && value.length === 0),
    ),
  );
}

/** A name as a part of a resource name: `Åsa Lindqvist` is `asa-lindqvist`. */
function slug(name: string | undefined): string {
  return (name ?? "")
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}
