import type { SystemRules } from "../../../emulator/systems/system";

/** What Seam's documents say about a system, written down apart from the emulator's own files. */
export interface Documented {
  systemType: string;
  systemTypeName: string;
  userType: readonly [string, string] | undefined;
  credentialName: string;
  /** `external_type` and its name for each method of the guides; undefined where the API has none. */
  credentialTypes: Partial<Record<"code" | "card" | "mobile_key", readonly [string, string] | undefined>>;
  rules: Omit<SystemRules, "accessMethods">;
  metadata?: { visionline_metadata?: object; assa_abloy_vostio_metadata?: object };
}

const nothing: Documented["rules"] = {
  customCode: "accepted",
  entrancesPerCredential: {},
  maxPerUser: {},
  accessGroupTypes: [],
  hasReservations: false,
  subscribesUsers: false,
  needsCardFormat: false,
  needsOverrideOrJoiners: false,
};

const both = (type: readonly [string, string]) => ({ card: type, mobile_key: type });

export const DOCUMENTED: Record<string, Documented> = {
  salto_ks: {
    systemType: "salto_ks_site",
    systemTypeName: "Salto KS site",
    userType: ["salto_site_user", "Salto KS site user"],
    credentialName: "Salto KS Credential",
    credentialTypes: {
      code: ["salto_ks_credential", "Salto KS Credential"],
      card: ["salto_ks_tag", "Salto KS Tag"],
      mobile_key: ["salto_ks_credential", "Salto KS Credential"],
    },
    rules: {
      ...nothing,
      generatesCode: true,
      accessGroupTypes: ["salto_ks_access_group"],
      subscribesUsers: true,
    },
  },
  salto_space: {
    systemType: "salto_space_system",
    systemTypeName: "Salto ProAccess Space system",
    userType: ["salto_space_user", "Salto Space user"],
    credentialName: "Salto Space Key",
    credentialTypes: {
      code: ["salto_space_key", "Salto Space Key"],
      ...both(["salto_space_key", "Salto Space Key"]),
    },
    rules: {
      ...nothing,
      maxPerUser: { card: 1, mobile_key: 1 },
      accessGroupTypes: ["salto_space_group"],
      cardsNeedEncoding: true,
    },
  },
  visionline: {
    systemType: "visionline_system",
    systemTypeName: "Visionline system",
    userType: undefined,
    credentialName: "Visionline Credential",
    credentialTypes: both(["visionline_card", "Visionline Card"]),
    rules: {
      ...nothing,
      mobileKeysAreMultiPhone: true,
      cardsNeedEncoding: true,
      overrideRevokes: true,
      hasReservations: true,
    },
    metadata: {
      visionline_metadata: {
        auto_join: false,
        card_function_type: "guest",
        joiner_acs_credential_ids: [],
        is_valid: true,
      },
    },
  },
  vostio: {
    systemType: "assa_abloy_vostio",
    systemTypeName: "Vostio system",
    userType: undefined,
    credentialName: "Vostio Key",
    credentialTypes: both(["assa_abloy_vostio_key", "Vostio Key"]),
    rules: { ...nothing, cardsNeedEncoding: true, hasReservations: true },
    metadata: { assa_abloy_vostio_metadata: { auto_join: false, override_guest_acs_entrance_ids: [] } },
  },
  latch: {
    systemType: "latch_building",
    systemTypeName: "Latch building",
    userType: ["latch_user", "Latch user"],
    credentialName: "Latch Access",
    credentialTypes: {
      code: ["latch_access", "Latch Access"],
      mobile_key: ["latch_access", "Latch Access"],
    },
    rules: {
      ...nothing,
      customCode: "refused",
      generatesCode: true,
      entrancesPerCredential: { code: 1 },
    },
  },
  brivo: {
    systemType: "brivo_account",
    systemTypeName: "Brivo account",
    userType: ["brivo_user", "Brivo user"],
    credentialName: "Brivo Credential",
    credentialTypes: {
      code: ["brivo_credential", "Brivo Credential"],
      ...both(["brivo_credential", "Brivo Credential"]),
    },
    rules: { ...nothing, accessGroupTypes: ["brivo_group"] },
  },
  pti: {
    systemType: "pti_site",
    systemTypeName: "PTI site",
    userType: ["pti_user", "PTI user"],
    credentialName: "PTI Card",
    credentialTypes: { code: ["pti_card", "PTI Card"], card: ["pti_card", "PTI Card"] },
    rules: {
      ...nothing,
      codeRange: { min: 1, max: 4294967296 },
      accessGroupTypes: ["pti_access_level", "pti_unit"],
    },
  },
  dormakaba_community: {
    systemType: "dormakaba_community_site",
    systemTypeName: "dormakaba Community site",
    userType: ["dormakaba_community_user", "dormakaba Community user"],
    credentialName: "dormakaba Community Credential",
    credentialTypes: { card: undefined, mobile_key: undefined },
    rules: {
      ...nothing,
      accessGroupTypes: ["dormakaba_community_access_group"],
      cardsNeedEncoding: true,
      hasReservations: true,
    },
  },
  dormakaba_ambiance: {
    systemType: "dormakaba_ambiance_site",
    systemTypeName: "dormakaba Ambiance site",
    userType: undefined,
    credentialName: "dormakaba Ambiance Credential",
    credentialTypes: both(["dormakaba_ambiance_credential", "dormakaba Ambiance Credential"]),
    rules: {
      ...nothing,
      accessGroupTypes: ["dormakaba_ambiance_access_group"],
      cardsNeedEncoding: true,
      hasReservations: true,
    },
  },
  hotek: {
    systemType: "hotek_site",
    systemTypeName: "Hotek site",
    userType: undefined,
    credentialName: "Hotek Card",
    credentialTypes: { card: ["hotek_card", "Hotek Card"] },
    rules: { ...nothing, cardsNeedEncoding: true },
  },
  akiles: {
    systemType: "akiles_organization",
    systemTypeName: "Akiles organization",
    userType: undefined,
    credentialName: "Akiles Credential",
    credentialTypes: {
      code: ["akiles_credential", "Akiles Credential"],
      ...both(["akiles_credential", "Akiles Credential"]),
    },
    rules: { ...nothing, accessGroupTypes: ["akiles_member_group"] },
  },
};
