import { createClient, type SeamClient } from "../../provider/http/client";
import type { ReviewDocument } from "../../report/document";
import { offboarding } from "../../report/offboard";
import { type StackResource, stackContent } from "../../report/owners";
import { type Access, readAccess } from "../../report/read-access";
import { renderCsv } from "../../report/render/csv";
import { rowsOf } from "../../report/rows";
import { type Emulator, startEmulator } from "../../sdk/testing";
import { post } from "../emulator/api";

const FORTNIGHT = 14 * 86_400_000;

/** What stacks declare, beside what somebody has made by hand. */
describe("who can open what, by code and by hand", () => {
  let emulator: Emulator;
  let seam: SeamClient;

  beforeEach(async () => {
    emulator = await startEmulator({
      seed: {
        workspaces: [
          {
            user_identities: [
              { key: "gus", full_name: "Gus Guest", email_address: "gus@example.com" },
              // Somebody who calls himself what Ada is called, and what her address is.
              { key: "mallory", full_name: "ada@example.com", email_address: "mallory@example.com" },
            ],
            devices: [{ key: "cabin", display_name: "Cabin" }],
            acs_systems: [
              {
                key: "office",
                name: "Office",
                kind: "salto_ks",
                entrances: ["front", "lab", "store"].map((key) => ({ key, display_name: key })),
                access_groups: [{ key: "staff", name: "Staff", entrances: ["front"] }],
                users: [
                  { key: "ada", full_name: "Ada Example", email_address: "ada@example.com" },
                  { key: "mallory", user_identity: "mallory" },
                ],
              },
            ],
          },
        ],
      },
    });
    seam = createClient({ endpoint: emulator.url, token: emulator.apiKey });
  });
  afterEach(async () => {
    await seam.close();
    await emulator.close();
  });

  const door = (key: string) => String(emulator.ids.acsEntrances[`office/${key}`]);
  const user = (key: string) => String(emulator.ids.acsUsers[`office/${key}`]);
  const gus = () => String(emulator.ids.userIdentities["gus"]);

  it("calls a door that somebody gave to a declared key undeclared, and finds it", async () => {
    const pin = await key("ada", { allowed_acs_entrance_ids: [door("lab")] });
    emulator.edit.acsCredential(pin, { allowed_acs_entrance_ids: [door("lab"), door("store")] });
    const access = await read(
      resource("AcsCredential", "pin", pin, { allowedAcsEntranceIds: [door("lab")] }),
    );
    expect(owners(access)).toEqual(["lab declared", "store undeclared"]);
    expect(texts(access)).toEqual([
      "undeclared: The PIN of Ada Example is declared, but opens store, and no stack declares that.",
      "without_end: The PIN of Ada Example opens lab and 1 more door, and has no end.",
    ]);
    const unread = await read();
    expect(owners(unread)).toEqual(["lab undeclared", "store undeclared"]);
  });

  it("does the same for a door that is in a declared grant's list in Seam only", async () => {
    const id = await grant({ acs_entrance_ids: [door("lab"), door("store")] });
    const declared = (outputs: object) => read(resource("AccessGrant", "gus", id, outputs));
    const access = await declared({ acsEntranceIds: [door("lab")] });
    expect(owners(access)).toEqual(["lab declared", "store undeclared"]);
    expect(texts(access)).toContain(
      "undeclared: The PIN of Gus Guest is declared, but opens store, and no stack declares that.",
    );
  });

  it("shows what a key still opens when its declared grant is over, since somebody has moved its end", async () => {
    const id = await grant({ acs_entrance_ids: [door("lab")], ends_at: "2030-06-09T00:00:00.000Z" });
    const { body } = await post(emulator, "/acs/credentials/list", {});
    const [{ acs_credential_id }] = body.acs_credentials;
    const moved = { acs_credential_id, ends_at: "2030-07-01T00:00:00.000Z" };
    expect((await post(emulator, "/acs/credentials/update", moved)).body).toMatchObject({ ok: true });
    emulator.clock.set("2030-06-10T12:00:00.000Z");
    const declared = resource("AccessGrant", "gus", id, { acsEntranceIds: [door("lab")] });
    const access = await read(declared);
    expect(access.document().rows).toMatchObject([
      { status: "active", endsAt: moved.ends_at, via: { kind: "credential" }, owner: { kind: "undeclared" } },
    ]);
    expect(texts(access)).toContain(
      "undeclared: The PIN of Gus Guest is declared, but opens lab, and no stack declares that.",
    );
    const narrow = await readAccess(seam, {
      stacks: [{ name: "prod", resources: [declared] }],
      filters: { door: "lab" },
    });
    expect(owners(narrow)).toEqual(["lab undeclared"]);
    emulator.clock.set("2030-07-02T00:00:00.000Z");
    expect((await read(declared)).document().rows).toMatchObject([
      { status: "over", owner: { kind: "declared" } },
    ]);
  });

  it("takes a phone's key for its declared grant's where the grant made the key that it belongs to", async () => {
    const id = await grant({ acs_entrance_ids: [door("lab")] });
    const { body } = await post(emulator, "/acs/credentials/list", {});
    const [{ acs_credential_id: parent, acs_user_id }] = body.acs_credentials;
    const copy = { acs_user_id, access_method: "code", allowed_acs_entrance_ids: [door("lab")] };
    const created = await post(emulator, "/acs/credentials/create", copy);
    const phone = created.body.acs_credential.acs_credential_id;
    emulator.edit.acsCredential(phone, { parent_acs_credential_id: parent });
    const declared = resource("AccessGrant", "gus", id, { acsEntranceIds: [door("lab")] });
    const access = await read(declared);
    expect(owners(access)).toEqual(["lab declared", "lab declared"]);
    expect(texts(access).join()).not.toContain("undeclared");
    const { holdings, remains } = offboarding(access, "gus@example.com");
    expect(holdings.map(({ kind }) => kind)).not.toContain("credential");
    expect(remains).toEqual([]);
    expect(owners(await read())).toEqual(["lab undeclared", "lab undeclared"]);
    const unclear = { ...access.facts, grants: [], ofSomeGrant: new Set([parent]) };
    expect([...rowsOf(unclear, access.owners, { at: "any" })].map(({ owner: { kind } }) => kind)).toEqual([
      "unknown",
      "unknown",
    ]);
  });

  it("takes for declared what any of the resources of one space declares", async () => {
    const both = [door("lab"), door("store")];
    const { body } = await post(emulator, "/spaces/create", { name: "Area", acs_entrance_ids: both });
    const { space_id } = body.space;
    const id = await grant({ space_ids: [space_id] });
    const access = await read(
      resource("Space", "area", space_id, { acsEntranceIds: both }),
      resource("Space", "area-of-others", space_id, { acsEntranceIds: [door("lab")] }),
      resource("AccessGrant", "gus", id, { spaceIds: [space_id] }),
    );
    expect(owners(access)).toEqual(["lab declared", "store declared"]);
  });

  it("does not know whose a membership is where the state keeps the user's access groups as a secret", async () => {
    const pin = await key("ada", {});
    emulator.edit.addToAccessGroup(String(emulator.ids.acsAccessGroups["office/staff"]), user("ada"));
    const secret = {
      "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
      ciphertext: "v1:",
    };
    for (const acsAccessGroupIds of [secret, [secret]]) {
      const access = await read(
        resource("AcsCredential", "pin", pin),
        resource("AcsUser", "ada", user("ada"), { acsAccessGroupIds }),
      );
      expect(owners(access)).toEqual(["front unknown"]);
      expect(texts(access).join()).not.toContain("undeclared");
      expect(access.document().notSeen.join()).toContain("Which doors or access groups 1 resource declares");
    }
  });

  it.each([
    ["/access_grants/list", "lab"],
    ["/access_methods/get_related", "lab"],
    ["/acs/access_groups/list", "front"],
    ["/acs/access_groups/list_users", "front"],
    ["/acs/access_groups/list_accessible_entrances", "front"],
    ["/acs/users/list", "front"],
  ])("calls nothing undeclared that may be so only because Seam refuses %s", async (route, at) => {
    const staff = String(emulator.ids.acsAccessGroups["office/staff"]);
    const gusGrant = await grant({ acs_entrance_ids: [door("lab")] });
    const pin = await key("ada", {});
    emulator.edit.addToAccessGroup(staff, user("ada"));
    await key("mallory", { allowed_acs_entrance_ids: [door("store")] });
    const resources = [
      resource("AccessGrant", "gus", gusGrant, { acsEntranceIds: [door("lab")] }),
      resource("AcsCredential", "pin", pin, { allowedAcsEntranceIds: [] }),
      resource("AcsAccessGroupMembership", "staff", `${staff}/${user("ada")}`),
    ];
    expect(owners(await read(...resources))).toEqual(["front declared", "lab declared", "store undeclared"]);
    emulator.faults.add({
      route,
      fault: "answer",
      status: 400,
      body: { error: { type: "invalid_input", message: "No" } },
    });
    const access = await read(...resources);
    expect(access.isComplete).toBe(false);
    expect(owners(access)).toContain(`${at} unknown`);
    expect(texts(access).join()).not.toMatch(/opens (?:lab|front)\b.*no stack declares/);
    const narrow = await readAccess(seam, {
      stacks: [{ name: "prod", resources }],
      filters: { door: at },
    });
    expect(owners(narrow).join()).not.toContain("undeclared");
    if (!route.startsWith("/access_")) expect(owners(access)).toContain("store undeclared");
    // Where no stack declares a grant, there is none that a key could be of.
    expect(owners(await read()).join()).not.toContain("unknown");
  });

  it("finds a grant for a device only, which no row shows, and writes it into the CSV", async () => {
    const id = await grant({ device_ids: [emulator.ids.devices["cabin"]] });
    const review = (await read()).review(FORTNIGHT);
    expect(review.rows).toEqual([]);
    expect(review.findings.map(({ text }) => text)).toEqual([
      expect.stringMatching(
        /^The access grant .* of Gus Guest opens 1 lock without an access system, and no stack declares it\.$/,
      ),
    ]);
    expect(csvOf(review)).toEqual([expect.objectContaining({ person: "Gus Guest", findings: "undeclared" })]);
    const declared = await read(resource("AccessGrant", "gus", id));
    expect(declared.review(FORTNIGHT).findings).toEqual([]);
  });

  it("finds what is declared twice, an identity too, and what is gone, and writes each into the CSV", async () => {
    const review = (
      await read(
        resource("UserIdentity", "gus", gus()),
        resource("UserIdentity", "guest", gus()),
        resource("AcsCredential", "gone", "11111111-1111-4111-8111-111111111111"),
        resource("AcsCredential", "elsewhere", "22222222-2222-4222-8222-222222222222", {
          workspaceId: "other",
        }),
      )
    ).review(FORTNIGHT);
    expect(review.findings.map(({ text }) => text)).toEqual([
      expect.stringMatching(
        /^prod declares the credential 1{8}-.* as gone, but it no longer exists in Seam\./,
      ),
      expect.stringMatching(/^The user identity .* is declared 2 times: gus of prod, guest of prod\./),
    ]);
    expect(csvOf(review).map(({ findings, stack }) => [findings, stack])).toEqual([
      ["declared_but_gone", "prod"],
      ["declared_twice", "prod"],
    ]);
  });

  it("does not take one state that is given twice for two declarations", async () => {
    const resources = [resource("UserIdentity", "gus", gus())];
    const stacks = ["prod", "prod"].map((name) => ({ name, resources }));
    const access = await readAccess(seam, { stacks, filters: { at: "any" } });
    expect(texts(access)).toEqual([]);
    expect(access.document().stacks).toEqual(["prod"]);
  });

  it("tells who leaves what remains: keys that nobody declares, by doors and memberships that nobody declares", async () => {
    const pin = await key("ada", { allowed_acs_entrance_ids: [door("lab")] });
    const phone = await key("ada", { allowed_acs_entrance_ids: [door("lab")] });
    emulator.edit.acsCredential(phone, { parent_acs_credential_id: pin });
    const byHand = await key("ada", { access_method: "card", allowed_acs_entrance_ids: [door("store")] });
    await key("mallory", { allowed_acs_entrance_ids: [door("store")] });
    const membership = `${emulator.ids.acsAccessGroups["office/staff"]}/${user("ada")}`;
    emulator.edit.addToAccessGroup(String(emulator.ids.acsAccessGroups["office/staff"]), user("ada"));
    const declaredPin = resource("AcsCredential", "pin", pin, { allowedAcsEntranceIds: [door("lab")] });
    const declaredMembership = resource("AcsAccessGroupMembership", "ada-staff", membership);

    const plan = offboarding(await read(declaredPin, declaredMembership), "Ada@Example.com");
    expect(plan.people.map(({ name }) => name)).toEqual(["Ada Example"]);
    expect(plan.holdings.map(({ kind, id, owner }) => [kind, id, owner.kind]).sort()).toEqual(
      [
        ["credential", pin, "declared"],
        ["credential", byHand, "undeclared"],
        ["membership", membership, "declared"],
        ["user", user("ada"), "undeclared"],
      ].sort(),
    );
    const left = ({ remains }: typeof plan) =>
      remains.map((row) => `${row.acsCredentialId} ${row.door.name}`).sort();
    expect(left(plan)).toEqual([`${byHand} store`]);

    const withoutMembership = offboarding(await read(declaredPin), user("ada"));
    expect(left(withoutMembership)).toEqual([`${byHand} front`, `${byHand} store`].sort());
    // With the user go all of the user's keys.
    const withUser = offboarding(await read(resource("AcsUser", "ada", user("ada"))), user("ada"));
    expect(left(withUser)).toEqual([]);
  });

  it("leaves among what remains what its stack leaves in Seam when it is taken out", async () => {
    const pin = await key("ada", { allowed_acs_entrance_ids: [door("lab")] });
    emulator.edit.addToAccessGroup(String(emulator.ids.acsAccessGroups["office/staff"]), user("ada"));
    const membership = `${emulator.ids.acsAccessGroups["office/staff"]}/${user("ada")}`;
    const leave = async (retained: readonly string[]) => {
      const resources = [
        resource("AcsCredential", "pin", pin, { allowedAcsEntranceIds: [door("lab")] }),
        resource("AcsAccessGroupMembership", "staff", membership),
        resource("AcsUser", "ada", user("ada"), { __shared: true }),
      ].map((one) => ({ ...one, retainOnDelete: retained.includes(one.type.split(":").at(-1) ?? "") }));
      const exported = { deployment: { resources } };
      const access = await readAccess(seam, {
        stacks: [stackContent("prod", exported)],
        filters: { at: "any" },
      });
      const { remains, holdings } = offboarding(access, user("ada"));
      const staying = holdings.filter(({ staysInSeam }) => staysInSeam).map(({ kind }) => kind);
      return [...remains.map((row) => row.door.name), ...staying];
    };
    expect(await leave([])).toEqual(["user"]);
    expect(await leave(["AcsCredential"])).toEqual(["lab", "credential", "user"]);
    expect(await leave(["AcsCredential", "AcsAccessGroupMembership"])).toEqual([
      ...["front", "lab"],
      ...["credential", "membership", "user"],
    ]);
  });

  it("takes no name for an address when somebody leaves", async () => {
    await key("mallory", { allowed_acs_entrance_ids: [door("store")] });
    const access = await read();
    expect(offboarding(access, "ada@example.com").people.map(({ acsUserId }) => acsUserId)).toEqual([
      user("ada"),
    ]);
    expect(() => offboarding(access, "Ada Example")).toThrow("Give the e-mail address as it is in Seam");
  });

  it("says which stack is another workspace's than the key, and calls nothing of it gone", async () => {
    const access = await read(resource("AcsCredential", "pin", "1", { workspaceId: "other" }));
    expect(access.document().notSeen).toContain(
      "What the stack prod declares in another workspace than this one. Is the key the right one?",
    );
    expect(texts(access)).toEqual([]);
    const own = await read(resource("UserIdentity", "gus", gus()));
    expect(own.document().notSeen.join()).not.toContain("another workspace");
  });

  function resource(type: string, name: string, id: string, outputs: object = {}): StackResource {
    const token = `pulumi-nodejs:dynamic/seam:${type}`;
    const urn = `urn:pulumi:prod::doors::${token}::${name}`;
    return { urn, type: token, id, outputs: { workspaceId: emulator.workspaceId, ...outputs } };
  }

  const read = (...resources: StackResource[]) =>
    readAccess(seam, { stacks: [{ name: "prod", resources }], filters: { at: "any" } });

  const owners = (access: Access) =>
    access.document().rows.map(({ door: { name }, owner }) => `${name} ${owner.kind}`);

  const texts = (access: Access) =>
    access.review(FORTNIGHT).findings.map(({ kind, text }) => `${kind}: ${text}`);

  async function key(of: string, more: object): Promise<string> {
    const body = { acs_user_id: user(of), access_method: "code", ...more };
    return (await post(emulator, "/acs/credentials/create", body)).body.acs_credential.acs_credential_id;
  }

  async function grant(places: object): Promise<string> {
    const methods = { requested_access_methods: [{ mode: "code" }], ends_at: "2099-01-01T00:00:00.000Z" };
    const body = { user_identity_id: gus(), ...methods, ...places };
    return (await post(emulator, "/access_grants/create", body)).body.access_grant.access_grant_id;
  }
});

/** Lines of a CSV without quoted cells, by the names of their columns. */
function csvOf(review: ReviewDocument): Record<string, string>[] {
  const [head = "", ...lines] = [...renderCsv(review)].map((line) => line.trim());
  const titles = head.split(",");
  return lines.map((line) => {
    const cells = line.split(",");
    return Object.fromEntries(titles.map((title, at) => [title, cells[at] ?? ""]));
  });
}
