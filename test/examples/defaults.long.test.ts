import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import {
  assertChanges,
  assertNoChanges,
  assertRequests,
  type DefaultKeys,
  type Emulator,
  startEmulator,
  withStack,
} from "pulumi-seam/testing";

const EXAMPLES = join(__dirname, "../../examples");
/** Deployed by tests of their own: by the demo, see demo.long.test.ts, or by the test of the same name. */
const OTHERS = [
  "one-guest",
  // By the tests of policies.
  "policies",
  ...["portfolio", "property-rollout", "staff-gitops", "testing"].filter((name) =>
    ["test.ts", "long.test.ts"].some((ending) => existsSync(join(__dirname, `${name}.${ending}`))),
  ),
];

interface Example {
  readonly name: string;
  readonly config?: Record<string, { value: string; secret: true }>;
  /** The credentials it makes, by resource name: parts of the bodies that Seam gets. */
  readonly makes: (ids: Emulator<DefaultKeys>["ids"]) => Record<string, Record<string, unknown>>;
}

const pin = { access_method: "code", code: "4711" };
const card = { access_method: "card", visionline_metadata: { card_format: "rfid48", override: true } };
const mobileKey = { access_method: "mobile_key", is_multi_phone_sync_credential: true };
const ada = (ids: Emulator<DefaultKeys>["ids"]) => ({ user_identity_id: ids.userIdentities.ada });

const EXAMPLE_PROJECTS: readonly Example[] = [
  {
    name: "pin-user-identity",
    config: { "pin-user-identity:code": { value: "4711", secret: true } },
    makes: (ids) => ({ pin: { ...pin, ...ada(ids), acs_system_id: ids.acsSystems["salto-ks"] } }),
  },
  {
    name: "pin-acs-user",
    config: { "pin-acs-user:code": { value: "4711", secret: true } },
    makes: (ids) => ({ pin: { ...pin, acs_user_id: ids.acsUsers["salto-ks/ada"] } }),
  },
  {
    name: "card-user-identity",
    makes: (ids) => ({ card: { ...card, ...ada(ids), acs_system_id: ids.acsSystems.visionline } }),
  },
  {
    name: "card-acs-user",
    makes: (ids) => ({ card: { ...card, acs_user_id: ids.acsUsers["visionline/ada"] } }),
  },
  {
    name: "mobile-key-user-identity",
    makes: (ids) => ({
      "mobile-key": { ...mobileKey, ...ada(ids), acs_system_id: ids.acsSystems.visionline },
    }),
  },
  {
    name: "mobile-key-acs-user",
    makes: (ids) => ({ "mobile-key": { ...mobileKey, acs_user_id: ids.acsUsers["visionline/ada"] } }),
  },
  {
    name: "card-vostio",
    makes: (ids) => ({
      card: {
        access_method: "card",
        ...ada(ids),
        acs_system_id: ids.acsSystems.vostio,
        // A set: sent in order, however it is declared.
        allowed_acs_entrance_ids: [
          ids.acsEntrances["vostio/lobby"],
          ids.acsEntrances["vostio/room-201"],
        ].sort(),
        assa_abloy_vostio_metadata: {
          join_all_guest_acs_entrances: true,
          override_guest_acs_entrance_ids: [ids.acsEntrances["vostio/room-201"]],
        },
      },
    }),
  },
  {
    name: "card-salto-space",
    makes: (ids) => ({
      card: {
        access_method: "card",
        acs_user_id: ids.acsUsers["salto-space/ada"],
        salto_space_metadata: { assign_new_key: true },
      },
    }),
  },
];

describe("examples", () => {
  it("are all deployed by tests", () => {
    const folders = readdirSync(EXAMPLES, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect([...OTHERS, ...EXAMPLE_PROJECTS.map(({ name }) => name)].sort()).toEqual(
      folders.map(({ name }) => name).sort(),
    );
  });

  it.each(EXAMPLE_PROJECTS)(
    "$name deploys to the emulator as it is, stays as it is, and can be taken away",
    async (example) => {
      const emulator = await startEmulator();
      const expected = example.makes(emulator.ids);
      const options = {
        emulator,
        workDir: join(EXAMPLES, example.name),
        env: { PULUMI_NODEJS_TRANSPILE_ONLY: "true" },
        ...(example.config && { config: example.config }),
      };
      try {
        await withStack(options, async (stack) => {
          const created = Object.fromEntries(Object.keys(expected).map((name) => [name, "created" as const]));
          assertChanges(await stack.up(), created);
          const bodies = emulator.credentials().map((credential) => credential.create_body);
          const wanted = Object.values(expected).map((body) => expect.objectContaining(body));
          expect(bodies).toHaveLength(wanted.length);
          expect(bodies).toEqual(expect.arrayContaining(wanted));

          emulator.requests.clear();
          assertNoChanges(await stack.preview({ refresh: true }));
          assertRequests(emulator, []);

          await stack.destroy();
          expect(emulator.credentials()).toEqual([]);
        });
      } finally {
        await emulator.close();
      }
    },
  );
});
