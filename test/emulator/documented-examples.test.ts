import { type Emulator, type Seed, startEmulator } from "../../emulator/index";
import { post } from "./api";

// The calls of Seam's documents with the ids they show, and the replies they print.
const ID = {
  workspace: "005f1e54-5360-40db-8c31-4ef6baaad1fd",
  system: "7113de29-6130-4153-a6ea-1b7ca0fe3198",
  manager: "bccb0d23-5107-498b-87a6-6a8aa929eeb2",
  entrance: "21805570-4706-4c21-99fc-3ed873a5e014",
  user: "53f39f90-5113-4bdd-8432-acf328ce508c",
  identity: "4b6ec19d-ba68-46ca-80fd-55247684c2bb",
};

const BODY = {
  credential_manager_acs_system_id: ID.manager,
  acs_system_id: ID.system,
  allowed_acs_entrance_ids: [ID.entrance],
  starts_at: "2025-06-19T21:08:08.000Z",
  ends_at: "2025-06-23T12:35:01.000Z",
};

const REPLY = {
  acs_system_id: ID.system,
  acs_user_id: ID.user,
  errors: [],
  is_latest_desired_state_synced_with_provider: true,
  is_managed: true,
  is_one_time_use: false,
  starts_at: "2025-06-19T21:08:08.000Z",
  workspace_id: ID.workspace,
};

const EXAMPLES = [
  {
    name: "PIN",
    kind: "salto_ks",
    body: { access_method: "code", code: "1234" },
    reply: {
      access_method: "code",
      code: "1234",
      display_name: "Salto KS Credential",
      external_type: "salto_ks_credential",
      external_type_display_name: "Salto KS Credential",
      warnings: [],
    },
  },
  {
    name: "card",
    kind: "visionline",
    body: { access_method: "card", visionline_metadata: { card_format: "rfid48", override: true } },
    reply: {
      access_method: "card",
      display_name: "Visionline Credential",
      external_type: "visionline_card",
      external_type_display_name: "Visionline Card",
    },
  },
  {
    name: "mobile key",
    kind: "salto_ks",
    body: { access_method: "mobile_key", is_multi_phone_sync_credential: true },
    reply: {
      access_method: "mobile_key",
      display_name: "Multi Phone Sync Credential",
      external_type: "multi_phone_sync_credential",
      external_type_display_name: "Multi Phone Sync Credential",
      is_multi_phone_sync_credential: true,
      warnings: [],
    },
  },
];

const OWNERS = [
  ["a user identity", { user_identity_id: ID.identity }],
  ["an access system user", { acs_user_id: ID.user }],
] as const;

const CASES = EXAMPLES.flatMap(({ name, kind, body, reply }) =>
  OWNERS.map(([owner, address]) => ({ name, owner, kind, body: { ...BODY, ...body, ...address }, reply })),
);

let seam: Emulator;
afterEach(() => seam.close());

it.each(CASES)("answers the documented $name for $owner as documented", async ({ kind, body, reply }) => {
  seam = await startEmulator({ seed: seedOf(kind), clock: "2025-06-16T16:54:17.946Z" });
  const answer = await post(seam, "/acs/credentials/create", body);
  expect(answer.status).toBe(200);
  expect(answer.body.acs_credential).toMatchObject({ ...REPLY, ...reply });
  expect(answer.body.acs_credential.created_at).toMatch(/^2025-06-16T16:54:17\.946\d{3}Z$/);
  expect(seam.credentials()).toEqual([
    expect.objectContaining({
      allowed_acs_entrance_ids: [ID.entrance],
      user_identity_id: ID.identity,
      create_body: body,
    }),
  ]);
});

it("has the documented Salto KS ids in its default portfolio", async () => {
  seam = (await startEmulator({ clock: "2025-06-16T16:54:17.946Z" })) as unknown as Emulator;
  const body = { ...BODY, access_method: "code", code: "1234", user_identity_id: ID.identity };
  expect((await post(seam, "/acs/credentials/create", body)).body.acs_credential).toMatchObject(REPLY);
});

function seedOf(kind: string): Seed {
  return {
    workspaces: [
      {
        workspace_id: ID.workspace,
        user_identities: [{ key: "jane", user_identity_id: ID.identity, full_name: "Jane Doe" }],
        acs_systems: [
          { key: "manager", external_type: "assa_abloy_credential_service", acs_system_id: ID.manager },
          {
            key: "site",
            kind,
            acs_system_id: ID.system,
            credential_managers: ["manager"],
            entrances: [{ key: "door", acs_entrance_id: ID.entrance }],
            users: [{ key: "jane", acs_user_id: ID.user, user_identity: "jane" }],
          },
        ],
      },
    ],
  };
}
