import { createClient, type SeamClient } from "../../provider/http/client";
import { accessGrant } from "../../provider/resources/access-grant";
import { space } from "../../provider/resources/space";
import type { Properties } from "../../provider/values/record";
import { SECRET, SIGNATURE } from "../../provider/values/secret-mark";
import { type StackResource, stackContent } from "../../report/owners";
import { type Access, readAccess } from "../../report/read-access";
import { type Emulator, startEmulator } from "../../sdk/testing";
import { post } from "../emulator/api";
import { madeBefore, serviceOf } from "../lifecycle/one-command";

/** Somebody gives a declared key more doors in Seam than its stack declares. */
describe("what a declared key opens beyond its declaration", () => {
  let emulator: Emulator;
  let seam: SeamClient;

  beforeEach(async () => {
    emulator = await startEmulator({
      seed: {
        workspaces: [
          {
            user_identities: [{ key: "gus", full_name: "Gus Guest" }],
            acs_systems: [
              {
                key: "office",
                kind: "salto_ks",
                entrances: ["front", "lab", "store"].map((key) => ({ key, display_name: key })),
                users: [{ key: "ada", full_name: "Ada Example" }],
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
  const secret = { [SIGNATURE]: SECRET, ciphertext: "v1:not-for-us" };

  it("is undeclared where a credential names no doors, and not known where its doors are a secret", async () => {
    const pin = await credential([]);
    emulator.edit.acsCredential(pin, { allowed_acs_entrance_ids: [door("lab")] });
    expect(await owners(resource("AcsCredential", pin, {}))).toEqual(["lab undeclared"]);
    for (const allowedAcsEntranceIds of [secret, [secret]]) {
      const access = await read(resource("AcsCredential", pin, { allowedAcsEntranceIds }));
      expect(ownersIn(access)).toEqual(["lab unknown"]);
      expect(access.document().notSeen.join("\n")).toContain(
        "Which doors or access groups 1 resource declares",
      );
    }
  });

  it("is undeclared where a credential that a declared grant made was given more by itself", async () => {
    const id = await grant({ acs_entrance_ids: [door("lab")] });
    const [made] = emulator.credentials();
    emulator.edit.acsCredential(String(made?.["acs_credential_id"]), {
      allowed_acs_entrance_ids: [door("lab"), door("store")],
    });
    expect(await owners(resource("AccessGrant", id, { acsEntranceIds: [door("lab")] }))).toEqual([
      "lab declared",
      "store undeclared",
    ]);
  });

  it("is declared where a credential declares that it opens what guests open, by doors or all of them", async () => {
    const pin = await credential([door("lab"), door("store")]);
    const declared = (assaAbloyVostioMetadata: object) =>
      owners(
        resource("AcsCredential", pin, { allowedAcsEntranceIds: [door("lab")], assaAbloyVostioMetadata }),
      );
    expect(await declared({ overrideGuestAcsEntranceIds: [door("store")] })).toEqual([
      "lab declared",
      "store declared",
    ]);
    expect(await declared({ joinAllGuestAcsEntrances: true })).toEqual(["lab declared", "store declared"]);
    expect(await declared({ joinAllGuestAcsEntrances: false })).toEqual(["lab declared", "store undeclared"]);
  });

  it("is undeclared where a grant is for a space that a stack declares with fewer doors", async () => {
    const space = await spaceWith("areas", ["lab"]);
    const id = await grant({ space_ids: [space] });
    emulator.edit.space(space, { acs_entrance_ids: [door("lab"), door("store")] });
    const areas = resource("Space", space, { spaceKey: "areas", acsEntranceIds: [door("lab")] });
    for (const spaces of [{ spaceIds: [space] }, { spaceKeys: ["areas"] }]) {
      expect(await owners(areas, resource("AccessGrant", id, spaces))).toEqual([
        "lab declared",
        "store undeclared",
      ]);
    }
    const hidden = resource("Space", space, { acsEntranceIds: secret });
    expect(await owners(hidden, resource("AccessGrant", id, { spaceIds: [space] }))).toEqual([
      "lab unknown",
      "store unknown",
    ]);
  });

  it("is declared where a grant is for a space that no stack declares, as far as the space has the door", async () => {
    const space = await spaceWith("areas", ["lab"]);
    const id = await grant({ space_ids: [space], acs_entrance_ids: [door("store")] });
    for (const spaces of [{ spaceIds: [space] }, { spaceKeys: ["areas"] }]) {
      const declared = { ...resource("AccessGrant", id, spaces), outputs: { spaceIds: [space] } };
      expect(await owners(declared)).toEqual(["lab declared", "store undeclared"]);
    }
  });

  it("is undeclared in a declared space, also where the grant is for another one that no stack declares", async () => {
    const [areas, others] = [await spaceWith("areas", ["lab"]), await spaceWith("others", ["front"])];
    const id = await grant({ space_ids: [areas, others] });
    emulator.edit.space(areas, { acs_entrance_ids: [door("lab"), door("store")] });
    const declared = resource("Space", areas, { spaceKey: "areas", acsEntranceIds: [door("lab")] });
    for (const spaces of [{ spaceKeys: ["areas", "others"] }, { spaceIds: [areas], spaceKeys: ["others"] }]) {
      const both = { ...resource("AccessGrant", id, spaces), outputs: { spaceIds: [areas, others] } };
      expect(await owners(declared, both)).toEqual(["front declared", "lab declared", "store undeclared"]);
    }
  });

  it("is not known where the state has the key of a space alone, also after somebody gave the grant another one", async () => {
    const [areas, others] = [await spaceWith("areas", ["lab"]), await spaceWith("others", ["front"])];
    const made = await madeBefore(emulator, accessGrant, { ...guest(), spaceKeys: ["areas"] });
    emulator.edit.accessGrant(made.id, { space_ids: [areas, others] });
    const found = await serviceOf(emulator, accessGrant).read(made.id, made.outputs);
    for (const { inputs, outputs } of [
      { inputs: {}, outputs: {}, ...found },
      { inputs: { spaceKeys: ["areas"] }, outputs: {} },
    ]) {
      const seen = { ...resource("AccessGrant", made.id, inputs), outputs: { ...outputs } };
      expect(await owners(seen)).toEqual(["front unknown", "lab unknown"]);
    }
  });

  it.each([
    ["a grant", accessGrant, (doors: string[]) => ({ ...guest(), acsEntranceIds: doors })],
    ["a space", space, (doors: string[]) => ({ name: "Areas", acsEntranceIds: doors })],
  ])("of %s stays undeclared after a refresh, until the program declares it", async (_, kind, inputsFor) => {
    const [lab, store] = [door("lab"), door("store")];
    const made = await madeBefore(emulator, kind, inputsFor([lab]));
    emulator.edit[kind === space ? "space" : "accessGrant"](made.id, { acs_entrance_ids: [lab, store] });
    const forSpace = kind === space ? [await grantFor(made.id)] : [];
    const seen = (inputs: object, outputs: object) =>
      owners({ ...resource(kind.name, made.id, inputs), outputs: { ...outputs } }, ...forSpace);

    const refreshed = async (outputs: Properties) => {
      const found = await serviceOf(emulator, kind).read(made.id, outputs);
      if (!found) throw new Error("it is gone");
      return found;
    };
    const first = await refreshed(made.outputs);
    expect(first.inputs["acsEntranceIds"]).toEqual(expect.arrayContaining([lab, store]));
    // The first refresh has told the state of the door already.
    const again = await refreshed(first.outputs);
    for (const { inputs, outputs } of [first, again]) {
      expect(await seen(inputs, outputs)).toEqual(["lab declared", "store undeclared"]);
    }

    const service = serviceOf(emulator, kind);
    const { inputs: news } = service.check(again.outputs, inputsFor([lab, store]));
    expect(service.diff(made.id, again.outputs, news)).toMatchObject({
      changed: true,
      replaces: [],
      isInOutputs: true,
    });
    const learnt = await service.update(made.id, again.outputs, news);
    expect(serviceOf(emulator, kind).diff(made.id, learnt, news).changed).toBe(false);
    expect(await seen(news, learnt)).toEqual(["lab declared", "store declared"]);
  });

  const guest = () => ({
    userIdentityId: emulator.ids.userIdentities["gus"],
    requestedAccessMethods: [{ mode: "code" }],
  });

  async function grantFor(spaceId: string): Promise<StackResource> {
    return resource("AccessGrant", await grant({ space_ids: [spaceId] }), { spaceIds: [spaceId] });
  }

  /** As a stack has it that the engine has deployed. */
  function resource(type: string, id: string, inputs: object): StackResource {
    const token = `pulumi-nodejs:dynamic/seam:${type}`;
    const urn = `urn:pulumi:prod::doors::${token}::${type}`;
    return { urn, type: token, id, inputs: { ...inputs }, outputs: { ...inputs } };
  }

  const read = (...resources: StackResource[]) =>
    readAccess(seam, {
      stacks: [stackContent("prod", { deployment: { resources } })],
      filters: { at: "any" },
    });

  const ownersIn = (access: Access) =>
    access.document().rows.map(({ door: { name }, owner }) => `${name} ${owner.kind}`);

  const owners = async (...resources: StackResource[]) => ownersIn(await read(...resources));

  async function credential(doors: readonly string[]): Promise<string> {
    const { body } = await post(emulator, "/acs/credentials/create", {
      acs_user_id: emulator.ids.acsUsers["office/ada"],
      access_method: "code",
      allowed_acs_entrance_ids: doors,
    });
    return body.acs_credential.acs_credential_id;
  }

  async function grant(places: object): Promise<string> {
    const { body } = await post(emulator, "/access_grants/create", {
      user_identity_id: emulator.ids.userIdentities["gus"],
      requested_access_methods: [{ mode: "code" }],
      ...places,
    });
    return body.access_grant.access_grant_id;
  }

  async function spaceWith(space_key: string, doors: readonly string[]): Promise<string> {
    const acs_entrance_ids = doors.map(door);
    const { body } = await post(emulator, "/spaces/create", { name: space_key, space_key, acs_entrance_ids });
    return body.space.space_id;
  }
});
