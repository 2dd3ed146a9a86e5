export type AccessMethod = "code" | "card" | "mobile_key" | "cloud_key";

/** The documented rules of one kind of access system, as data: one contract suite runs over all of them. */
export interface SystemRules {
  /** Access methods that a credential of this system can have. */
  accessMethods: readonly AccessMethod[];
  /** A PIN in the request, whatever the method: taken as it is, or refused because the system chooses. */
  customCode: "accepted" | "refused";
  /** Whether the system chooses a PIN where the request has none. */
  generatesCode?: boolean;
  /** Bounds of a PIN as a number. */
  codeRange?: { min: number; max: number };
  /** Exactly so many entrances on a credential of this method. */
  entrancesPerCredential: Partial<Record<AccessMethod, number>>;
  /** At most so many credentials of this method per user. */
  maxPerUser: Partial<Record<AccessMethod, number>>;
  /** A mobile key has to be a multi-phone sync credential. */
  mobileKeysAreMultiPhone?: boolean;
  /** A mobile key of an access grant is sent there: without such an address it is not issued. */
  mobileKeysAreSentTo?: "email_address" | "phone_number";
  /** `external_type` of its access groups, whose doors their users' credentials open. None: only credentials have doors. */
  accessGroupTypes: readonly string[];
  /** A card is issued when a person encodes it. */
  cardsNeedEncoding?: boolean;
  /** A card is issued when one that the system knows is assigned. */
  cardsNeedAssignment?: boolean;
  /** A guest's key with `override` makes the earlier guests' keys for its guest doors invalid. */
  overrideRevokes?: boolean;
  /** Guest doors can belong to a reservation of access grants. */
  hasReservations: boolean;
  /** A user is subscribed, and its credentials open doors, only within its access schedule. */
  subscribesUsers: boolean;
  /** Stricter reading: a request says `visionline_metadata.card_format`. */
  needsCardFormat: boolean;
  /** Stricter reading: a key without `override` names the keys that it joins. */
  needsOverrideOrJoiners: boolean;
}

/** What Seam shows of the vendor's own properties of a credential. */
export interface ShownMetadata {
  visionline_metadata?: Record<string, unknown>;
  assa_abloy_vostio_metadata?: Record<string, unknown>;
}

/** What a credential's metadata is made of. */
export interface MetadataSource {
  visionline_metadata?: VisionlineInput | undefined;
  assa_abloy_vostio_metadata?: VostioInput | undefined;
  /** The doors on the credential: guests' rooms and common doors. */
  guestEntranceIds: string[];
  commonEntranceIds: string[];
}

interface VisionlineInput {
  auto_join?: boolean | undefined;
  card_function_type?: "guest" | "staff" | undefined;
  joiner_acs_credential_ids?: string[] | undefined;
}

interface VostioInput {
  auto_join?: boolean | undefined;
  override_guest_acs_entrance_ids?: string[] | undefined;
}

/** One kind of access system. A file in this folder that exports one as `system` adds it. */
export interface System {
  /** Name in seeds. */
  kind: string;
  /** `external_type` of an acs_system, and its name. */
  systemType: string;
  systemTypeName: string;
  /** `external_type` of an acs_user and its name; left out where the API has none. */
  userType?: readonly [type: string, name: string];
  /** `external_type` of a credential and its name by method; methods that are left out have none. */
  credentialTypes: Partial<Record<AccessMethod, readonly [type: string, name: string]>>;
  /** `display_name` of a credential. */
  credentialName: string;
  rules: SystemRules;
  showMetadata?: (source: MetadataSource) => ShownMetadata;
}

/** A system of which nothing special is documented; each file says what is. */
export const PLAIN_RULES: SystemRules = {
  accessMethods: ["code", "card", "mobile_key", "cloud_key"],
  customCode: "accepted",
  entrancesPerCredential: {},
  maxPerUser: {},
  accessGroupTypes: [],
  hasReservations: false,
  subscribesUsers: false,
  needsCardFormat: false,
  needsOverrideOrJoiners: false,
};
