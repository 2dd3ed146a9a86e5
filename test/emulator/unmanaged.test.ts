import { type Emulator, type Seed, startEmulator } from "../../emulator/index";
import { post } from "./api";

const SEED: Seed = {
  workspaces: [
    {
      user_identities: [
        { key: "ada" },
        { key: "stranger", full_name: "Stranger Example", is_managed: false },
      ],
      acs_systems: [{ key: "site", kind: "brivo", entrances: [{ key: "door" }, { key: "gate" }] }],
      spaces: [{ key: "floor", space_key: "floor-1", name: "Floor", entrances: ["site/gate"] }],
      access_grants: [
        {
          key: "found",
          user_identity: "stranger",
          entrances: ["site/door"],
          spaces: ["floor"],
          access_methods: ["code", "mobile_key"],
          is_managed: false,
        },
        { key: "known", access_grant_key: "known", user_identity: "ada", entrances: ["site/door"] },
      ],
    },
  ],
};

let seam: Emulator;
beforeEach(async () => {
  seam = await startEmulator({ seed: SEED });
});
afterEach(() => seam.close());

const call = async (path: string, body: object = {}) => (await post(seam, path, body)).body;
const status = async (path: string, body: object) => (await post(seam, path, body)).status;
const grant = () => ({ access_grant_id: seam.ids.accessGrants["found"] });
const stranger = () => ({ user_identity_id: seam.ids.userIdentities["stranger"] });

it("plants access grants with their access methods, and spaces with their doors", async () => {
  expect(seam.accessGrants().map((one) => one.acs_entrance_ids.length)).toEqual([2, 1]);
  expect(seam.accessMethods()).toHaveLength(3);
  expect((await call("/spaces/get", { space_key: "floor-1" })).space).toMatchObject({
    space_id: seam.ids.spaces["floor"],
    name: "Floor",
    acs_entrance_count: 1,
  });
  expect((await call("/access_grants/get", { access_grant_key: "known" })).access_grant.access_grant_id).toBe(
    seam.ids.accessGrants["known"],
  );
});

it("shows what is unmanaged only where one asks for that", async () => {
  expect((await call("/user_identities/list")).user_identities).toHaveLength(1);
  expect((await call("/access_grants/list")).access_grants).toHaveLength(1);
  expect(await status("/user_identities/get", stranger())).toBe(404);
  expect(await status("/access_grants/get", grant())).toBe(404);
  expect(await status("/access_methods/list", grant())).toBe(404);
  expect((await call("/user_identities/unmanaged/list")).user_identities).toEqual([
    expect.objectContaining({ ...stranger(), full_name: "Stranger Example" }),
  ]);
  const [found] = (await call("/access_grants/unmanaged/list", stranger())).access_grants;
  expect(found).toMatchObject(grant());
  expect((await call("/access_methods/unmanaged/list", grant())).access_methods).toHaveLength(2);
  expect(
    await status("/access_grants/unmanaged/get", { access_grant_id: seam.ids.accessGrants["known"] }),
  ).toBe(404);
});

it("takes under management what was unmanaged, with a key, and there is no way back", async () => {
  const answers = [
    await status("/user_identities/unmanaged/update", { ...stranger(), is_managed: false }),
    await status("/user_identities/unmanaged/update", {
      ...stranger(),
      is_managed: true,
      user_identity_key: "s",
    }),
    await status("/access_grants/unmanaged/update", {
      ...grant(),
      is_managed: true,
      access_grant_key: "known",
    }),
    await status("/access_grants/unmanaged/update", { ...grant(), is_managed: true, access_grant_key: "f" }),
  ];
  expect(answers).toEqual([400, 200, 400, 200]);
  expect((await call("/user_identities/get", { user_identity_key: "s" })).user_identity).toMatchObject(
    stranger(),
  );
  expect((await call("/access_grants/get", { access_grant_key: "f" })).access_grant).toMatchObject(grant());
  expect((await call("/access_methods/list", grant())).access_methods).toHaveLength(2);
  expect(await status("/access_grants/unmanaged/update", { ...grant(), is_managed: true })).toBe(404);
  expect((await call("/access_grants/unmanaged/list")).access_grants).toEqual([]);
});

it("has no unmanaged credentials, users and access groups", async () => {
  for (const [path, list, id] of [
    ["/acs/credentials", "acs_credentials", "acs_credential_id"],
    ["/acs/users", "acs_users", "acs_user_id"],
    ["/acs/access_groups", "acs_access_groups", "acs_access_group_id"],
  ] as const) {
    expect((await call(`${path}/unmanaged/list`))[list]).toEqual([]);
    expect(await status(`${path}/unmanaged/get`, { [id]: seam.workspaceId })).toBe(404);
  }
});
