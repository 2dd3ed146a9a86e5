// Drives every route of the emulator with Seam's own client, as a user's program would.
import { SeamHttpEndpoints } from "@seamapi/http";

/** A request of the official client and what came back. */
export interface Exchange {
  path: string;
  method: string;
  /** Parameters as the program gave them. */
  parameters: Record<string, unknown>;
  status: number;
  body: unknown;
}

/** What the emulator printed when it started, with its ids by seed key. */
export interface Target {
  url: string;
  apiKey: string;
  ids: Record<
    | "acsSystems"
    | "acsEntrances"
    | "acsEncoders"
    | "acsUsers"
    | "acsAccessGroups"
    | "userIdentities"
    | "devices"
    | "accessGrants",
    Record<string, string>
  >;
}

type Parameters = Record<string, unknown>;
type Reply = Record<string, unknown>;

export async function drive({ url, apiKey, ids }: Target): Promise<Exchange[]> {
  const endpoints = SeamHttpEndpoints.fromApiKey(apiKey, {
    endpoint: url,
    // A failed one is seen as well, not thrown.
    waitForActionAttempt: false,
  });
  const exchanges: Exchange[] = [];
  endpoints.client.interceptors.response.use((response) => {
    const { params, data, method = "" } = response.config;
    const body: unknown = typeof data === "string" ? JSON.parse(data) : data;
    const parameters = (params ?? body ?? {}) as Parameters;
    const path = new URL(response.config.url ?? "", url).pathname;
    exchanges.push({
      path,
      method: method.toUpperCase(),
      parameters,
      status: response.status,
      body: response.data,
    });
    return response;
  });
  const call = async (path: string, parameters: Parameters = {}): Promise<Reply> => {
    const send = (endpoints as unknown as Record<string, (given: Parameters) => PromiseLike<unknown>>)[path];
    if (!send) throw new Error(`Seam's client has no ${path}`);
    return ((await send(parameters)) ?? {}) as Reply;
  };
  // Routes that Seam does not document have no function in its client: they go through the client's own HTTP.
  const undocumented = async (path: string, params: Parameters) =>
    endpoints.client.get(path, { params, validateStatus: () => true });
  const id = (table: keyof Target["ids"], key: string): string => {
    const found = ids[table][key];
    if (!found) throw new Error(`The seed has no ${key}`);
    return found;
  };

  const ada = id("acsUsers", "salto-ks/ada");
  const saltoKs = id("acsSystems", "salto-ks");
  const door = id("acsEntrances", "salto-ks/front-door");
  const staff = id("acsAccessGroups", "salto-ks/staff");
  const identity = id("userIdentities", "ada");

  await call("/workspaces/get");
  await call("/workspaces/list");
  await call("/acs/systems/get", { acs_system_id: saltoKs });
  await call("/acs/systems/list", { search: "property" });
  await call("/acs/systems/list_compatible_credential_manager_acs_systems", { acs_system_id: saltoKs });
  await call("/acs/entrances/get", { acs_entrance_id: door });
  await call("/acs/entrances/list", { acs_system_id: saltoKs });
  await call("/acs/entrances/list", { acs_entrance_ids: [door], limit: 1 });

  const user = await call("/acs/users/create", {
    acs_system_id: saltoKs,
    full_name: "Zoe Example",
    email_address: "zoe@example.com",
    phone_number: "+15550100099",
    acs_access_group_ids: [staff],
    access_schedule: { starts_at: "2030-01-01T00:00:00.000Z", ends_at: "2030-02-01T00:00:00.000Z" },
  });
  const zoe = String(user["acs_user_id"]);
  await call("/acs/users/get", { acs_user_id: zoe });
  await call("/acs/users/get", { user_identity_id: identity, acs_system_id: saltoKs });
  await call("/acs/users/list", { acs_system_id: saltoKs, limit: 2 });
  await call("/acs/users/update", { acs_user_id: zoe, full_name: "Zoe E. Example" });
  await call("/acs/users/suspend", { acs_user_id: zoe });
  await call("/acs/users/unsuspend", { acs_user_id: zoe });
  await call("/acs/users/add_to_access_group", { acs_user_id: ada, acs_access_group_id: staff });
  await call("/acs/users/list_accessible_entrances", { acs_user_id: ada });
  await call("/acs/users/remove_from_access_group", { acs_user_id: ada, acs_access_group_id: staff });
  await call("/acs/users/revoke_access_to_all_entrances", { acs_user_id: ada });

  await call("/acs/access_groups/get", { acs_access_group_id: staff });
  await call("/acs/access_groups/list", { acs_system_id: saltoKs });
  await call("/acs/access_groups/add_user", { acs_access_group_id: staff, user_identity_id: identity });
  await call("/acs/access_groups/list_users", { acs_access_group_id: staff });
  await call("/acs/access_groups/list_accessible_entrances", { acs_access_group_id: staff });
  await call("/acs/access_groups/remove_user", { acs_access_group_id: staff, user_identity_id: identity });

  for (const [system, accessMethod] of CREDENTIALS) {
    const firstDoor = Object.keys(ids.acsEntrances).find((key) => key.startsWith(`${system}/`)) ?? "";
    await call("/acs/credentials/create", {
      access_method: accessMethod,
      acs_user_id: id("acsUsers", `${system}/ben`),
      allowed_acs_entrance_ids: [id("acsEntrances", firstDoor)],
      is_multi_phone_sync_credential: accessMethod === "mobile_key",
      starts_at: "2030-01-01T00:00:00.000Z",
      ends_at: "2030-02-01T00:00:00.000Z",
    });
  }
  const credential = await call("/acs/credentials/create", {
    access_method: "code",
    user_identity_id: identity,
    acs_system_id: saltoKs,
    code: "1234",
    allowed_acs_entrance_ids: [door],
    ends_at: "2030-02-01T00:00:00.000Z",
  });
  const credentialId = String(credential["acs_credential_id"]);
  await call("/acs/credentials/get", { acs_credential_id: credentialId });
  await call("/acs/credentials/list", { acs_user_id: ada, acs_system_id: saltoKs });
  await call("/acs/credentials/list", { is_multi_phone_sync_credential: true });
  await call("/acs/credentials/update", { acs_credential_id: credentialId, code: "5678" });
  await call("/acs/credentials/list_accessible_entrances", { acs_credential_id: credentialId });
  await call("/acs/entrances/list_credentials_with_access", { acs_entrance_id: door });
  await call("/acs/entrances/list_credentials_with_access", {
    acs_entrance_id: id("acsEntrances", "visionline/room-101"),
    include_if: ["visionline_metadata.is_valid"],
  });
  await call("/acs/credentials/unassign", { acs_credential_id: credentialId, acs_user_id: ada });
  await call("/acs/credentials/assign", { acs_credential_id: credentialId, acs_user_id: ada });
  await call("/acs/credentials/delete", { acs_credential_id: credentialId });
  await call("/acs/users/delete", { acs_user_id: zoe });

  const person = await call("/user_identities/create", {
    user_identity_key: "yan",
    full_name: "Yan Example",
    email_address: "yan@example.com",
    acs_system_ids: [saltoKs],
  });
  const yan = String(person["user_identity_id"]);
  await call("/user_identities/get", { user_identity_key: "yan" });
  await call("/user_identities/list", { user_identity_ids: [yan, identity] });
  await call("/user_identities/update", { user_identity_id: yan, phone_number: null });
  await call("/user_identities/list_acs_users", { user_identity_id: yan });
  await call("/user_identities/list_acs_systems", { user_identity_id: yan });
  await call("/user_identities/list_accessible_entrances", { user_identity_id: identity });
  const finn = id("acsUsers", "brivo/finn");
  await call("/user_identities/remove_acs_user", {
    user_identity_id: id("userIdentities", "finn"),
    acs_user_id: finn,
  });
  await call("/user_identities/add_acs_user", { user_identity_key: "finn-2", acs_user_id: finn });
  await call("/user_identities/merge", { user_identity_key: "yan", merged_user_identity_keys: ["finn-2"] });

  const cabin = id("devices", "cabin-1");
  await call("/devices/get", { device_id: cabin });
  await call("/devices/list", { device_ids: [cabin], include_if: ["can_program_online_access_codes"] });

  const space = await call("/spaces/create", {
    name: "Floor 1",
    space_key: "floor-1",
    acs_entrance_ids: [door],
  });
  const spaceId = String(space["space_id"]);
  await call("/spaces/get", { space_key: "floor-1" });
  await call("/spaces/list", { space_key: "floor-1" });
  await call("/spaces/update", { space_id: spaceId, name: "Ground floor", acs_entrance_ids: [door] });
  const garage = id("acsEntrances", "salto-ks/garage");
  await call("/spaces/add_acs_entrances", { space_id: spaceId, acs_entrance_ids: [garage] });
  await call("/spaces/remove_acs_entrances", { space_id: spaceId, acs_entrance_ids: [garage] });
  await call("/spaces/add_devices", { space_id: spaceId, device_ids: [cabin, id("devices", "shed")] });
  await call("/spaces/remove_devices", { space_id: spaceId, device_ids: [cabin] });

  const grant = await call("/access_grants/create", {
    user_identity_id: yan,
    access_grant_key: "yan-2030",
    requested_access_methods: [{ mode: "code", code: "2468" }, { mode: "card" }, { mode: "mobile_key" }],
    space_ids: [spaceId],
    acs_entrance_ids: [id("acsEntrances", "visionline/room-102")],
    reservation_key: "stay-1",
    starts_at: "2030-01-01T00:00:00.000Z",
    ends_at: "2030-01-05T00:00:00.000Z",
  });
  const grantId = String(grant["access_grant_id"]);
  await call("/access_grants/get", { access_grant_key: "yan-2030" });
  await call("/access_grants/list", { user_identity_id: yan });
  await call("/access_grants/list", { access_grant_key: null });
  await call("/access_grants/update", { access_grant_id: grantId, ends_at: "2030-01-06T00:00:00.000Z" });
  await call("/access_grants/request_access_methods", {
    access_grant_id: grantId,
    requested_access_methods: [{ mode: "code" }],
  });
  await call("/access_methods/list", { access_grant_id: grantId });
  const ofGrant = endpoints["/access_methods/list"]({ access_grant_id: grantId, limit: 3 });
  await seenOnce("access_method_id", endpoints.createPaginator(ofGrant), 4);
  const [methodId, cardId, keyId] = grant["access_method_ids"] as string[];
  await call("/access_methods/get", { access_method_id: methodId });
  await call("/access_methods/list", { acs_entrance_id: door, space_id: spaceId });
  await call("/access_grants/get_related", { access_grant_keys: ["yan-2030"] });
  await call("/access_methods/get_related", { access_method_ids: [methodId, cardId, keyId] });
  await call("/access_methods/get_related", { access_method_ids: [keyId], include: ["client_sessions"] });
  await call("/spaces/get_related", { space_ids: [spaceId], exclude: ["acs_systems"] });
  const desk = id("acsEncoders", "visionline/front-desk");
  await cards(call, { desk, card: String(cardId), ben: id("acsUsers", "visionline/ben") });
  await call("/access_methods/assign_card", { access_method_id: cardId, card_number: "04A1B2" });
  await call("/access_methods/delete", { access_method_id: keyId });
  await call("/access_methods/delete", { reservation_key: "stay-1" });
  await unmanaged(call, id);
  for (const [path, key, of] of NEVER_THERE) {
    await undocumented(`${path}/unmanaged/list`, of(id));
    await undocumented(`${path}/unmanaged/get`, { [key]: identity });
  }
  await call("/events/list", { since: "2000-01-01T00:00:00.000Z" });
  await call("/access_grants/delete", { access_grant_id: grantId });
  await call("/spaces/delete", { space_id: spaceId });
  await call("/user_identities/delete", { user_identity_id: yan });
  await call("/events/list", { between: ["2000-01-01T00:00:00.000Z", "2100-01-01T00:00:00.000Z"] });
  await paginate(endpoints);
  return exchanges;
}

type Call = (path: string, parameters?: Parameters) => Promise<Reply>;
type IdOf = (table: keyof Target["ids"], key: string) => string;

/** A person at the front desk. */
async function cards(
  call: Call,
  { desk, card, ben }: Record<"desk" | "card" | "ben", string>,
): Promise<void> {
  await call("/acs/encoders/get", { acs_encoder_id: desk });
  await call("/acs/encoders/list", { acs_encoder_ids: [desk] });
  await call("/acs/encoders/simulate/next_credential_encode_will_fail", { acs_encoder_id: desk });
  const missed = await call("/acs/encoders/encode_credential", {
    acs_encoder_id: desk,
    access_method_id: card,
  });
  await call("/action_attempts/get", { action_attempt_id: missed["action_attempt_id"] });
  await call("/acs/encoders/simulate/next_credential_encode_will_succeed", { acs_encoder_id: desk });
  const encoded = await call("/access_methods/encode", { acs_encoder_id: desk, access_method_id: card });
  await call("/action_attempts/list", { action_attempt_ids: [encoded["action_attempt_id"]] });
  await call("/acs/encoders/scan_credential", { acs_encoder_id: desk });
  await call("/acs/encoders/simulate/next_credential_scan_will_fail", { acs_encoder_id: desk });
  await call("/acs/encoders/scan_credential", { acs_encoder_id: desk });
  for (const scenario of ["credential_on_encoder_needs_update", "credential_on_encoder_is_empty"]) {
    await call("/acs/encoders/simulate/next_credential_scan_will_succeed", {
      acs_encoder_id: desk,
      scenario,
    });
    await call("/acs/encoders/scan_credential", { acs_encoder_id: desk });
  }
  await call("/acs/encoders/scan_to_assign_credential", { acs_encoder_id: desk, acs_user_id: ben });
}

/** What a seed declares unmanaged, seen and taken under management. */
async function unmanaged(call: Call, id: IdOf): Promise<void> {
  const identity = { user_identity_id: id("userIdentities", "stranger") };
  const grant = { access_grant_id: id("accessGrants", "found") };
  await call("/user_identities/unmanaged/get", identity);
  await call("/user_identities/unmanaged/list", { search: "stranger" });
  const {
    access_method_ids: [access_method_id],
  } = (await call("/access_grants/unmanaged/get", grant)) as {
    access_method_ids: string[];
  };
  await call("/access_grants/unmanaged/list", identity);
  await call("/access_methods/unmanaged/list", grant);
  await call("/access_methods/unmanaged/get", { access_method_id });
  await call("/access_grants/unmanaged/update", { ...grant, is_managed: true, access_grant_key: "found" });
  await call("/user_identities/unmanaged/update", { ...identity, is_managed: true });
}

// What is never unmanaged, with the name of its id and a filter of its list.
const NEVER_THERE: readonly [path: string, key: string, filter: (id: IdOf) => Parameters][] = [
  ["/acs/credentials", "acs_credential_id", (id) => ({ acs_user_id: id("acsUsers", "salto-ks/ada") })],
  ["/acs/users", "acs_user_id", (id) => ({ acs_system_id: id("acsSystems", "salto-ks") })],
  ["/acs/access_groups", "acs_access_group_id", (id) => ({ acs_system_id: id("acsSystems", "salto-ks") })],
];

// Every system with every method that it has, so that each shape of a credential is seen.
const CREDENTIALS = [
  ["salto-ks", "code"],
  ["salto-ks", "card"],
  ["salto-ks", "mobile_key"],
  ["salto-space", "card"],
  ["salto-space", "mobile_key"],
  ["visionline", "card"],
  ["visionline", "mobile_key"],
  ["vostio", "card"],
  ["vostio", "mobile_key"],
  ["latch", "code"],
  ["latch", "mobile_key"],
  ["brivo", "code"],
  ["brivo", "card"],
  ["pti", "code"],
  ["pti", "card"],
  ["dormakaba-community", "card"],
  ["dormakaba-community", "mobile_key"],
  ["dormakaba-ambiance", "card"],
  ["dormakaba-ambiance", "mobile_key"],
  ["hotek", "card"],
  ["akiles", "code"],
  ["akiles", "card"],
  ["akiles", "mobile_key"],
] as const;

/** The client's own paginator has to come to the end of every paginated list, and see everything once. */
async function paginate(endpoints: SeamHttpEndpoints): Promise<void> {
  const limit = 7;
  await seenOnce("acs_user_id", endpoints.createPaginator(endpoints["/acs/users/list"]({ limit })));
  await seenOnce("acs_entrance_id", endpoints.createPaginator(endpoints["/acs/entrances/list"]({ limit })));
  await seenOnce(
    "acs_credential_id",
    endpoints.createPaginator(endpoints["/acs/credentials/list"]({ limit })),
  );
  await seenOnce(
    "user_identity_id",
    endpoints.createPaginator(endpoints["/user_identities/list"]({ limit: 4 })),
  );
  await seenOnce(
    "access_grant_id",
    endpoints.createPaginator(endpoints["/access_grants/list"]({ limit })),
    0,
  );
  await seenOnce("space_id", endpoints.createPaginator(endpoints["/spaces/list"]({ limit })), 0);
}

async function seenOnce(
  key: string,
  paginator: { flattenToArray(): Promise<unknown> },
  atLeast = 5,
): Promise<void> {
  const items = (await paginator.flattenToArray()) as Reply[];
  const unique = new Set(items.map((item) => item[key]));
  if (unique.size !== items.length || items.length < atLeast)
    throw new Error(`Pages by ${key}: ${items.length} items, ${unique.size} of them different`);
}
