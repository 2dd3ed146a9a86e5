export type AccessMethod = "code" | "card" | "mobile_key" | "cloud_key";

/** The documented rules of one kind of access system, as data: the contract suite runs over all of them. */
export interface SystemRules {
  /** Access methods that a credential of this system can have. */
  accessMethods: readonly AccessMethod[];
  /** A PIN in the request: taken as it is, or refused because the system chooses. */
  customCode: "accepted" | "refused";
  /** Whether the system chooses a PIN where the request has none. */
  generatesCode: boolean;
  /** Bounds of a PIN as a number. */
  codeRange: { min: number; max: number } | undefined;
  /** Exactly so many entrances on a credential of this method. */
  entrancesPerCredential: Partial<Record<AccessMethod, number>>;
  /** At most so many credentials of this method per user. */
  maxPerUser: Partial<Record<AccessMethod, number>>;
  /** Access groups give doors to their users' credentials; empty where only the credential has doors. */
  accessGroupTypes: readonly string[];
  /** A card is issued when a person encodes it. */
  cardsNeedEncoding: boolean;
  /** A key with `override` makes the other guests' keys for its doors invalid. */
  overrideRevokes: boolean;
}

/** One kind of access system. */
export interface System {
  /** Name in seeds. */
  kind: string;
  /** `external_type` of an acs_system, and its name. */
  systemType: string;
  systemTypeName: string;
  /** `external_type` of an acs_user; undefined where the API has none. */
  userType: string | undefined;
  userTypeName: string | undefined;
  /** `external_type` of a credential by method; methods that are left out have none. */
  credentialTypes: Partial<Record<AccessMethod, readonly [type: string, name: string]>>;
  /** `display_name` of a credential. */
  credentialName: string;
  rules: SystemRules;
}
