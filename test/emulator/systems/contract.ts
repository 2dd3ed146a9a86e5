import { type Emulator, type Seed, startEmulator } from "../../../emulator/index";
import type { AccessMethod } from "../../../emulator/systems/system";
import { type Answer, post } from "../api";
import type { Documented } from "./documented";

const METHODS = ["code", "card", "mobile_key"] as const;

/**
 * Runs everything that is documented about a kind of system against an emulator of it.
 * Returns what is otherwise, each as a sentence; stops at the first if asked to.
 */
export async function contract(kind: string, documented: Documented, stopAtFirst = false): Promise<string[]> {
  const failures: string[] = [];
  for (const [name, check] of Object.entries(CHECKS)) {
    // An emulator that does not even start has changed its rules too.
    const property = await Property.open(kind, documented).catch(String);
    if (typeof property === "string") return [...failures, `${name}: ${property}`];
    try {
      await check(property, documented);
    } catch (error) {
      failures.push(`${name}: ${error instanceof Error ? error.message : error}`);
      if (stopAtFirst) break;
    } finally {
      await property.close();
    }
  }
  return failures;
}

type Check = (property: Property, documented: Documented) => Promise<void>;

const CHECKS: Record<string, Check> = {
  async "has the types of the API"(property, documented) {
    const { body } = await property.call("/acs/systems/get", { acs_system_id: property.systemId });
    same("system", body.acs_system.external_type, documented.systemType);
    same("system's name", body.acs_system.external_type_display_name, documented.systemTypeName);
    const user = await property.call("/acs/users/get", { acs_user_id: property.user() });
    const { external_type: type, external_type_display_name: name } = user.body.acs_user;
    same("user", type && [type, name], documented.userType);
  },

  async "has the access methods of its guide"(property, documented) {
    for (const method of METHODS) {
      const answer = await property.create(method);
      const isKnown = method in documented.credentialTypes;
      same(`${method} status`, answer.status, isKnown ? 200 : 400);
      if (!isKnown) continue;
      const { external_type: type, external_type_display_name: name } = answer.body.acs_credential;
      const isMultiPhone = method === "mobile_key";
      same(
        `${method} type`,
        type && [type, name],
        isMultiPhone
          ? ["multi_phone_sync_credential", "Multi Phone Sync Credential"]
          : documented.credentialTypes[method],
      );
      if (!isMultiPhone)
        same(`${method} name`, answer.body.acs_credential.display_name, documented.credentialName);
    }
    same("cloud_key, of which nothing is documented", (await property.create("cloud_key")).status, 200);
  },

  async "mobile keys that are not multi-phone are as documented"(property, documented) {
    if (!("mobile_key" in documented.credentialTypes)) return;
    const answer = await property.create("mobile_key", { is_multi_phone_sync_credential: false });
    same("status", answer.status, documented.rules.mobileKeysAreMultiPhone ? 400 : 200);
    if (answer.status !== 200) return;
    const { external_type: type, external_type_display_name: name } = answer.body.acs_credential;
    same("type", type && [type, name], documented.credentialTypes.mobile_key);
  },

  async "PINs come from whom the guide says"(property, { rules, credentialTypes }) {
    if (!("code" in credentialTypes)) return;
    const given = await property.create("code", { code: "4321" });
    same("given PIN", given.status, rules.customCode === "accepted" ? 200 : 400);
    if (given.status === 200) same("PIN", given.body.acs_credential.code, "4321");
    const { acs_credential: made } = (await property.create("code")).body;
    same("PIN at first", made.code, null);
    property.seam.clock.advance({ minutes: 1 });
    const later = await property.get(made.acs_credential_id);
    same(
      "PIN later",
      typeof later.code === "string" && /^\d+$/.test(later.code),
      rules.generatesCode ?? false,
    );
    const update = await property.call("/acs/credentials/update", {
      acs_credential_id: made.acs_credential_id,
      code: "9876",
    });
    same("changed PIN", update.status, rules.customCode === "accepted" ? 200 : 400);
  },

  async "takes a PIN with another method, unless the guide forbids PINs"(
    property,
    { rules, credentialTypes },
  ) {
    const method = "card" in credentialTypes ? "card" : "mobile_key";
    const answer = await property.create(method, { code: "4321" });
    same("status", answer.status, rules.customCode === "refused" ? 400 : 200);
  },

  async "PINs are in the documented range"(property, { rules, credentialTypes }) {
    if (!("code" in credentialTypes) || rules.customCode === "refused") return;
    const { min, max } = rules.codeRange ?? { min: 0, max: Number.MAX_SAFE_INTEGER };
    const statusOf = async (code: number) => (await property.create("code", { code: String(code) })).status;
    same("least", await statusOf(min), 200);
    same("most", await statusOf(max), 200);
    if (!rules.codeRange) return;
    same("less", await statusOf(min - 1), 400);
    same("more", await statusOf(max + 1), 400);
  },

  async "takes the documented number of entrances"(property, { rules, credentialTypes }) {
    for (const method of Object.keys(credentialTypes) as (typeof METHODS)[number][]) {
      const exactly = rules.entrancesPerCredential[method];
      for (const count of [0, 1, 2]) {
        const answer = await property.create(method, { allowed_acs_entrance_ids: property.doors(count) });
        const isFine = exactly === undefined || exactly === count;
        same(`${method} with ${count} entrances`, answer.status, isFine ? 200 : 400);
      }
    }
  },

  async "allows a user as many credentials as documented"(property, { rules, credentialTypes }) {
    for (const method of Object.keys(credentialTypes) as (typeof METHODS)[number][]) {
      const owner = { acs_user_id: property.user("ben") };
      same(`first ${method}`, (await property.create(method, owner)).status, 200);
      const second = await property.create(method, owner);
      same(`second ${method}`, second.status, rules.maxPerUser[method] === 1 ? 400 : 200);
    }
  },

  async "opens the doors of access groups where it has them"(property, { rules, credentialTypes }) {
    const { body } = await property.call("/acs/access_groups/list", { acs_system_id: property.systemId });
    const types = body.acs_access_groups.map((group: { external_type: string }) => group.external_type);
    same("groups", types, rules.accessGroupTypes);
    const [method = "card"] = Object.keys(credentialTypes) as (typeof METHODS)[number][];
    const made = await property.create(method, { allowed_acs_entrance_ids: property.doors(1) });
    for (const group of body.acs_access_groups)
      await property.call("/acs/users/add_to_access_group", {
        acs_access_group_id: group.acs_access_group_id,
        acs_user_id: made.body.acs_credential.acs_user_id,
      });
    const doors = await property.call("/acs/credentials/list_accessible_entrances", {
      acs_credential_id: made.body.acs_credential.acs_credential_id,
    });
    same("doors", doors.body.acs_entrances.length, rules.accessGroupTypes.length > 0 ? 3 : 1);
  },

  async "has no other kind of access group"(property) {
    const site = { key: "site", kind: property.kind };
    const group = { key: "group", external_type: "invented_group" };
    const seed: Seed = { workspaces: [{ acs_systems: [{ ...site, access_groups: [group] }] }] };
    const started = await startEmulator({ seed }).catch(() => undefined);
    await started?.close();
    same("an emulator with an invented group", started !== undefined, false);
  },

  async "cards are issued as documented"(property, { rules, credentialTypes }) {
    if (!("card" in credentialTypes)) return;
    const { acs_credential: card } = (await property.create("card")).body;
    same("is_issued", card.is_issued, rules.cardsNeedEncoding !== true);
    const warnings = card.warnings.map((warning: { warning_code: string }) => warning.warning_code);
    same("warnings", warnings, rules.cardsNeedEncoding ? ["waiting_to_be_issued"] : []);
  },

  async "shows the metadata of its vendor"(property, { credentialTypes, metadata = {} }) {
    const [method = "card"] = Object.keys(credentialTypes) as (typeof METHODS)[number][];
    const { acs_credential: made } = (await property.create(method)).body;
    for (const name of ["visionline_metadata", "assa_abloy_vostio_metadata"] as const) {
      const expected = metadata[name];
      const shown = expected && { ...made[name] };
      if (shown && name === "visionline_metadata") {
        same("guest doors", shown.guest_acs_entrance_ids, property.doors(1));
        same("common doors", shown.common_acs_entrance_ids, []);
        delete shown.guest_acs_entrance_ids;
        delete shown.common_acs_entrance_ids;
      }
      same(name, expected ? shown : made[name], expected);
    }
  },

  async "an override revokes earlier guests' keys where documented"(property, { rules, credentialTypes }) {
    if (!("card" in credentialTypes)) return;
    const key = async (user: string, visionline: object) => {
      const owner = { acs_user_id: property.user(user), visionline_metadata: visionline };
      const answer = await property.create("card", owner);
      same(`key of ${user}`, answer.status, 200);
      return String(answer.body.acs_credential.acs_credential_id);
    };
    const isValid = async (id: string) => (await property.get(id)).visionline_metadata?.is_valid;
    const before = await key("ada", { card_format: "rfid48", override: true });
    const staff = await key("ben", { card_function_type: "staff" });
    const joiner = await key("cleo", { joiner_acs_credential_ids: [before] });
    same("after a joiner", await isValid(before), rules.overrideRevokes ? true : undefined);
    await key("dan", { card_format: "rfid48", override: true });
    const after = rules.overrideRevokes ? [false, false, true] : [undefined, undefined, undefined];
    same("after an override", [await isValid(before), await isValid(joiner), await isValid(staff)], after);
  },

  async "guest doors belong to reservations where documented"(property, { rules }) {
    const { body } = await property.call("/acs/entrances/list", { acs_system_id: property.systemId });
    const capable = body.acs_entrances.map(
      (door: { can_belong_to_reservation: boolean }) => door.can_belong_to_reservation,
    );
    same("doors", capable, [rules.hasReservations, rules.hasReservations, false]);
  },

  async "subscribes users by their schedule where documented"(property, { rules }) {
    const created = await property.call("/acs/users/create", {
      acs_system_id: property.systemId,
      full_name: "Later Example",
      access_schedule: { starts_at: "2030-01-02T00:00:00.000Z" },
    });
    same(
      "before",
      created.body.acs_user.salto_ks_metadata?.is_subscribed,
      rules.subscribesUsers ? false : undefined,
    );
    property.seam.clock.advance({ days: 2 });
    const { body } = await property.call("/acs/users/get", {
      acs_user_id: created.body.acs_user.acs_user_id,
    });
    same("after", body.acs_user.salto_ks_metadata?.is_subscribed, rules.subscribesUsers ? true : undefined);
  },

  async "does not take the stricter reading without being asked"(property, { rules, credentialTypes }) {
    if (!("card" in credentialTypes)) return;
    const bare = await property.create("card", { visionline_metadata: { override: true } });
    same("without card_format", bare.status, rules.needsCardFormat ? 400 : 200);
    const alone = { acs_user_id: property.user("ben"), visionline_metadata: { card_format: "rfid48" } };
    const answer = await property.create("card", alone);
    same("without override and joiners", answer.status, rules.needsOverrideOrJoiners ? 400 : 200);
  },
};

/** One property with the system: three doors (the last one common), a group of each type, four users. */
class Property {
  readonly kind: string;
  readonly seam: Emulator;

  private constructor(kind: string, seam: Emulator) {
    this.kind = kind;
    this.seam = seam;
  }

  static async open(kind: string, { rules }: Documented): Promise<Property> {
    const seed: Seed = {
      workspaces: [
        {
          acs_systems: [
            {
              key: "site",
              kind,
              entrances: [{ key: "a" }, { key: "b" }, { key: "lobby", is_common: true }],
              access_groups: rules.accessGroupTypes.map((type, index) => ({
                key: `group-${index}`,
                external_type: type,
                entrances: ["a", "b", "lobby"],
              })),
              users: ["ada", "ben", "cleo", "dan"].map((key) => ({ key, full_name: `${key} Example` })),
            },
          ],
        },
      ],
    };
    return new Property(
      kind,
      await startEmulator({ seed, clock: "2030-01-01T00:00:00.000Z", delays: { codeMs: 1000 } }),
    );
  }

  close(): Promise<void> {
    return this.seam.close();
  }

  get systemId(): string {
    return this.seam.ids.acsSystems["site"] ?? "";
  }

  user(key = "ada"): string {
    return this.seam.ids.acsUsers[`site/${key}`] ?? "";
  }

  doors(count: number): string[] {
    return Object.values(this.seam.ids.acsEntrances).slice(0, count);
  }

  call(path: string, body: object): Promise<Answer> {
    return post(this.seam, path, body);
  }

  /** A new user's credential with one door; `more` changes the request. */
  async create(method: AccessMethod, more: object = {}): Promise<Answer> {
    const user = await this.call("/acs/users/create", { acs_system_id: this.systemId, full_name: "New" });
    return this.call("/acs/credentials/create", {
      access_method: method,
      acs_user_id: user.body.acs_user.acs_user_id,
      allowed_acs_entrance_ids: this.doors(1),
      ...(method === "mobile_key" && { is_multi_phone_sync_credential: true }),
      ...more,
    });
  }

  async get(id: string): Promise<Answer["body"]> {
    return (await this.call("/acs/credentials/get", { acs_credential_id: id })).body.acs_credential;
  }
}

function same(what: string, found: unknown, expected: unknown): void {
  const [a, b] = [JSON.stringify(found), JSON.stringify(expected)];
  if (a !== b) throw new Error(`${what} is ${a}, documented is ${b}`);
}
