import type { Seed } from "./seed";

const PEOPLE = ["ada", "ben", "cleo", "dan", "eve", "finn"] as const;

/** One property a system: its kind, and the keys of its doors and access groups. */
const PROPERTIES = {
  "salto-ks": { kind: "salto_ks", doors: ["front-door", "garage", "office"], groups: ["staff", "residents"] },
  "salto-space": { kind: "salto_space", doors: ["front-door", "library", "lab"], groups: ["staff"] },
  visionline: { kind: "visionline", doors: ["lobby", "room-101", "room-102", "room-103"], groups: [] },
  vostio: { kind: "vostio", doors: ["lobby", "room-201", "room-202"], groups: [] },
  latch: { kind: "latch", doors: ["front-door", "apartment-1", "apartment-2"], groups: [] },
  brivo: { kind: "brivo", doors: ["front-door", "warehouse"], groups: ["staff"] },
  pti: { kind: "pti", doors: ["gate", "unit-1", "unit-2"], groups: ["all-hours"] },
  "dormakaba-community": {
    kind: "dormakaba_community",
    doors: ["front-door", "apartment-1"],
    groups: ["residents"],
  },
  "dormakaba-ambiance": { kind: "dormakaba_ambiance", doors: ["lobby", "room-301"], groups: ["guests"] },
  hotek: { kind: "hotek", doors: ["lobby", "room-401"], groups: [] },
  akiles: { kind: "akiles", doors: ["front-door", "studio"], groups: ["members"] },
} as const;

/** Properties with a front desk, where cards are encoded. */
const FRONT_DESKS = [
  "salto-space",
  "visionline",
  "vostio",
  "dormakaba-community",
  "dormakaba-ambiance",
  "hotek",
] as const satisfies Property[];

/** Locks of their own: cabins with access codes, and a shed whose lock takes none. */
const DEVICES = ["cabin-1", "cabin-2", "shed"] as const;

type Properties = typeof PROPERTIES;
type Property = keyof Properties;

/** Keys of the default portfolio, so that an editor completes them. */
export interface DefaultKeys {
  acsSystems: Property | "credential-manager";
  acsEntrances: { [P in Property]: `${P}/${Properties[P]["doors"][number]}` }[Property];
  acsAccessGroups: { [P in Property]: `${P}/${Properties[P]["groups"][number]}` }[Property];
  acsUsers: `${Property}/${(typeof PEOPLE)[number]}`;
  userIdentities: (typeof PEOPLE)[number];
  acsEncoders: `${(typeof FRONT_DESKS)[number]}/front-desk`;
  devices: (typeof DEVICES)[number];
}

// The ids of the examples in Seam's documents; all others follow from the keys.
const DOCUMENTED = {
  workspace: "005f1e54-5360-40db-8c31-4ef6baaad1fd",
  system: "7113de29-6130-4153-a6ea-1b7ca0fe3198",
  entrance: "21805570-4706-4c21-99fc-3ed873a5e014",
  credentialManager: "bccb0d23-5107-498b-87a6-6a8aa929eeb2",
  user: "53f39f90-5113-4bdd-8432-acf328ce508c",
  identity: "4b6ec19d-ba68-46ca-80fd-55247684c2bb",
};

/** One workspace with one property for each kind of access system, and people who are users of all of them. */
export const DEFAULT_PORTFOLIO: Seed = {
  workspaces: [
    {
      key: "main",
      workspace_id: DOCUMENTED.workspace,
      name: "Emulated workspace",
      user_identities: PEOPLE.map((person, index) => ({
        key: person,
        ...(person === "ada" && { user_identity_id: DOCUMENTED.identity }),
        full_name: `${title(person)} Example`,
        email_address: `${person}@example.com`,
        phone_number: `+1555010000${index + 1}`,
      })),
      acs_systems: [
        {
          key: "credential-manager",
          external_type: "assa_abloy_credential_service",
          acs_system_id: DOCUMENTED.credentialManager,
          name: "Credential manager",
        },
        ...Object.entries(PROPERTIES).map(([property, { kind, doors, groups }]) => ({
          key: property,
          kind,
          ...(property === "salto-ks" && { acs_system_id: DOCUMENTED.system }),
          name: `${title(property)} property`,
          credential_managers: ["credential-manager"],
          entrances: doors.map((door) => ({
            key: door,
            ...(property === "salto-ks" && door === "front-door" && { acs_entrance_id: DOCUMENTED.entrance }),
            display_name: title(door),
            is_common: door === "lobby",
          })),
          ...(isFrontDesk(property) && { encoders: [{ key: "front-desk", display_name: "Front desk" }] }),
          access_groups: groups.map((group) => ({ key: group, name: title(group), entrances: [...doors] })),
          users: PEOPLE.map((person) => ({
            key: person,
            ...(property === "salto-ks" && person === "ada" && { acs_user_id: DOCUMENTED.user }),
            user_identity: person,
          })),
        })),
      ],
      devices: DEVICES.map((key) => ({
        key,
        display_name: title(key),
        takes_access_codes: key !== "shed",
      })),
    },
  ],
};

function isFrontDesk(property: string): boolean {
  return (FRONT_DESKS as readonly string[]).includes(property);
}

function title(key: string): string {
  const words = key.replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
