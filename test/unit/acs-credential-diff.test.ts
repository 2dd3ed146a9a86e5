import { wireOutputs } from "../../provider/lifecycle/outputs";
import {
  acsCredential,
  acsCredentialTable,
  acsCredentialWire,
} from "../../provider/resources/acs-credential";
import type { Properties } from "../../provider/values/record";
import { UNKNOWN } from "../../provider/values/unknown";

const USER = "53f39f90-5113-4bdd-8432-acf328ce508c";
const OTHER = "11111111-5113-4bdd-8432-acf328ce508c";
const SYSTEM = "7113de29-6130-4153-a6ea-1b7ca0fe3198";
const DOOR = "21805570-4706-4c21-99fc-3ed873a5e014";
const DECLARED = { accessMethod: "code", acsUserId: USER };

/** Outputs as `create` saves them: the declared inputs and what Seam answers. */
function saved(inputs: Properties, live: Properties = {}): Properties {
  const wire = {
    acs_credential_id: "73a0a199-024f-454d-a916-9bbda8502c12",
    acs_user_id: USER,
    acs_system_id: SYSTEM,
    access_method: inputs["accessMethod"],
    code: inputs["code"] ?? "4711",
    starts_at: inputs["startsAt"] ?? "2030-01-01T00:00:00.000Z",
    ends_at: inputs["endsAt"] ?? null,
    is_multi_phone_sync_credential: inputs["isMultiPhoneSyncCredential"] ?? false,
    visionline_metadata: { auto_join: false, card_function_type: "guest", card_id: "7" },
    ...live,
  };
  return wireOutputs(acsCredentialTable, inputs, acsCredentialWire.parse(wire));
}

const diff = (inputs: Properties, news: Properties, live?: Properties) =>
  acsCredential.diff(saved(inputs, live), news);
const NOTHING = { changed: false, replaces: [] };

describe("diff of an AcsCredential", () => {
  it("sees nothing where nothing changed, whatever Seam filled in", () => {
    expect(diff(DECLARED, DECLARED)).toMatchObject(NOTHING);
  });

  it("never takes a generated PIN for a difference", () => {
    expect(diff(DECLARED, DECLARED, { code: "999999" })).toMatchObject(NOTHING);
  });

  it.each([
    ["endsAt changed", { endsAt: "2030-02-01T00:00:00.000Z" }, { endsAt: "2030-03-01T00:00:00.000Z" }],
    ["endsAt added", {}, { endsAt: "2030-03-01T00:00:00.000Z" }],
    ["code changed", { code: "1234" }, { code: "5678" }],
    ["code set where one was generated", {}, { code: "5678" }],
  ])("updates in place: %s", (_, before, after) => {
    expect(diff({ ...DECLARED, ...before }, { ...DECLARED, ...after })).toMatchObject({
      changed: true,
      replaces: [],
    });
  });

  it.each([
    ["accessMethod", { accessMethod: "card" }],
    ["acsUserId", { acsUserId: OTHER }],
    ["acsSystemId", { acsSystemId: OTHER }],
    ["allowedAcsEntranceIds", { allowedAcsEntranceIds: [DOOR] }],
    ["startsAt", { startsAt: "2031-01-01T00:00:00.000Z" }],
    ["isMultiPhoneSyncCredential", { isMultiPhoneSyncCredential: true }],
    ["credentialManagerAcsSystemId", { credentialManagerAcsSystemId: SYSTEM }],
    ["assaAbloyVostioMetadata", { assaAbloyVostioMetadata: { autoJoin: true } }],
    ["saltoSpaceMetadata", { saltoSpaceMetadata: { assignNewKey: true } }],
    ["visionlineMetadata", { visionlineMetadata: { override: true } }],
  ])("replaces for a change of %s", (property, change) => {
    expect(diff(DECLARED, { ...DECLARED, ...change })).toMatchObject({ changed: true, replaces: [property] });
  });

  it.each([
    ["endsAt", { endsAt: "2030-02-01T00:00:00.000Z" }],
    ["code", { code: "1234" }],
    ["allowedAcsEntranceIds", { allowedAcsEntranceIds: [DOOR] }],
    ["visionlineMetadata", { visionlineMetadata: { override: true } }],
  ])("replaces when %s is removed", (property, declared) => {
    expect(diff({ ...DECLARED, ...declared }, DECLARED)).toMatchObject({
      changed: true,
      replaces: [property],
    });
  });

  it.each([
    [
      "instants that name the same moment",
      { endsAt: "2030-02-01T00:00:00.000Z" },
      { endsAt: "2030-02-01T01:00:00+01:00" },
    ],
    [
      "entrances in another order",
      { allowedAcsEntranceIds: [DOOR, OTHER] },
      { allowedAcsEntranceIds: [OTHER, DOOR] },
    ],
    ["no entrances and an empty list", {}, { allowedAcsEntranceIds: [] }],
    ["false and left out", { isMultiPhoneSyncCredential: false }, {}],
    [
      "a declared part of what Seam echoes",
      { visionlineMetadata: { override: true } },
      { visionlineMetadata: { override: true } },
    ],
  ])("takes %s for equal", (_, before, after) => {
    expect(diff({ ...DECLARED, ...before }, { ...DECLARED, ...after })).toMatchObject(NOTHING);
  });

  it("only records a property that is declared as Seam holds it already", () => {
    expect(diff(DECLARED, { ...DECLARED, acsSystemId: SYSTEM })).toMatchObject({
      changed: true,
      replaces: [],
    });
  });

  it("keeps the credential when the system is taken out that its user says, too", () => {
    expect(diff({ ...DECLARED, acsSystemId: SYSTEM }, DECLARED)).toMatchObject({
      changed: true,
      replaces: [],
    });
  });

  it("replaces for a value that is not known yet where a change would replace", () => {
    expect(diff(DECLARED, { ...DECLARED, acsUserId: UNKNOWN })).toMatchObject({
      changed: true,
      replaces: ["acsUserId"],
    });
  });

  it("takes a drifted end back in place", () => {
    const inputs = { ...DECLARED, endsAt: "2030-02-01T00:00:00.000Z" };
    const drifted = saved({ ...inputs, endsAt: "2035-01-01T00:00:00.000Z" });
    expect(acsCredential.diff(drifted, inputs)).toMatchObject({ changed: true, replaces: [] });
  });

  describe("replacement", () => {
    const SPACE = { external_type: "salto_space_key", code: null };
    const card = { accessMethod: "card", acsUserId: USER };
    it.each([
      [
        "deletes first on Salto Space, where a user has one card",
        card,
        { startsAt: "2031-01-01T00:00:00.000Z" },
        SPACE,
        true,
      ],
      ["creates first on Salto Space for another user", card, { acsUserId: OTHER }, SPACE, false],
      ["creates first on Salto Space for another method", card, { accessMethod: "mobile_key" }, SPACE, false],
      ["creates first elsewhere", card, { startsAt: "2031-01-01T00:00:00.000Z" }, {}, false],
      [
        "deletes first where the PIN is kept",
        { ...DECLARED, code: "1234" },
        { allowedAcsEntranceIds: [DOOR] },
        {},
        true,
      ],
      [
        "creates first where the PIN changes too",
        { ...DECLARED, code: "1234" },
        { code: "5", startsAt: "2031-01-01T00:00:00.000Z" },
        {},
        false,
      ],
      ["creates first for a generated PIN", DECLARED, { startsAt: "2031-01-01T00:00:00.000Z" }, {}, false],
    ])("%s", (_, inputs, change, live, deleteBeforeReplace) => {
      expect(diff(inputs, { ...inputs, ...change }, live)).toMatchObject({
        changed: true,
        deleteBeforeReplace,
      });
    });
  });
});
