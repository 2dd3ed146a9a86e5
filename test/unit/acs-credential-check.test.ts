import { acsCredential } from "../../provider/resources/acs-credential";
import type { Properties } from "../../provider/values/record";
import { UNKNOWN } from "../../provider/values/unknown";

const NOW = new Date("2030-01-01T00:00:00Z");
const USER = "53f39f90-5113-4bdd-8432-acf328ce508c";
const SYSTEM = "7113de29-6130-4153-a6ea-1b7ca0fe3198";
const DOOR = "21805570-4706-4c21-99fc-3ed873a5e014";
const VALID = { accessMethod: "code", acsUserId: USER };

const check = (news: Properties, olds?: Properties) => acsCredential.check(news, olds, NOW);
const problems = (news: Properties, olds?: Properties) => check(news, olds).problems.map(({ text }) => text);
const paths = (news: Properties, olds?: Properties) => check(news, olds).problems.map(({ path }) => path);

describe("check of an AcsCredential", () => {
  it("accepts a credential that names only its user", () => {
    expect(check(VALID)).toEqual({ inputs: VALID, problems: [] });
  });

  it("reports all problems of a credential at once, each by path", () => {
    const news = {
      accessMethod: "pin",
      allowedAcsEntranceIds: [DOOR, "front door"],
      code: "12ab",
      ends_at: "2030-06-01",
      startsAt: "2030-06-01 10:00",
      visionlineMetadata: { cardFormat: "rfid", overide: true },
    };
    expect(paths(news).sort()).toEqual([
      "accessMethod",
      "acsUserId",
      "allowedAcsEntranceIds[1]",
      "code",
      "ends_at",
      "startsAt",
      "visionlineMetadata.cardFormat",
      "visionlineMetadata.overide",
    ]);
  });

  it.each([
    ["a PIN with letters", { ...VALID, code: "98x76" }, "98x76"],
    ["a PIN that is a number", { ...VALID, code: 98076 }, "98076"],
    ["a PIN under a mistyped name", { ...VALID, cod: "98076" }, "98076"],
    ["a PIN under a foreign name", { ...VALID, visionlineMetadata: { pin: "98076" } }, "98076"],
  ])("never shows %s", (_, news, pin) => {
    expect(problems(news)).toHaveLength(1);
    expect(problems(news).join()).not.toContain(pin);
  });

  it("says of a PIN that is a number what to write in any language", () => {
    expect(problems({ ...VALID, code: 98076 })).toEqual([
      expect.stringContaining("Write the PIN in quotation marks"),
    ]);
  });

  it.each([
    ["ends_at", "endsAt"],
    ["allowedAcsEntranceId", "allowedAcsEntranceIds"],
    ["acccesMethod", "accessMethod"],
  ])("asks whether %s was meant to be %s", (written, meant) => {
    expect(problems({ ...VALID, [written]: "x" })).toEqual([
      expect.stringContaining(`Did you mean ${meant}?`),
    ]);
  });

  it("lists the properties there are for a name that is near to none", () => {
    expect(problems({ ...VALID, colour: "red" })).toEqual([
      expect.stringContaining("Remove it, or use one of accessMethod"),
    ]);
  });

  it.each([
    ["no user", { accessMethod: "card" }, ["acsUserId"]],
    ["a user named twice", { ...VALID, userIdentityId: USER, acsSystemId: SYSTEM }, ["userIdentityId"]],
    [
      "a user identity without access system",
      { accessMethod: "card", userIdentityId: USER },
      ["acsSystemId"],
    ],
    [
      "a user identity with access system",
      { accessMethod: "card", userIdentityId: USER, acsSystemId: SYSTEM },
      [],
    ],
    ["an access-system user with access system", { ...VALID, acsSystemId: SYSTEM }, []],
  ])("judges %s", (_, news, expected) => {
    expect(paths(news)).toEqual(expected);
  });

  it.each([
    ["a date without time", "2030-06-01"],
    ["no zone", "2030-06-01T10:00:00"],
    ["a day that does not exist", "2030-02-30T10:00:00Z"],
    ["a number", 1900000000],
  ])("refuses an instant with %s and shows how to write one", (_, startsAt) => {
    expect(problems({ ...VALID, startsAt })).toEqual([
      expect.stringMatching(/^startsAt: .*Write for example "2030-/),
    ]);
  });

  it("takes what every object has for no property of a credential", () => {
    expect(problems({ ...VALID, constructor: "x" })).toEqual([
      expect.stringMatching(/^constructor: there is no such property/),
    ]);
  });

  it("refuses an end that is not after the start", () => {
    const news = { ...VALID, startsAt: "2030-06-02T00:00:00Z", endsAt: "2030-06-02T02:00:00+02:00" };
    expect(problems(news)).toEqual([expect.stringMatching(/^endsAt: .* is not after startsAt/)]);
  });

  it("refuses an end in the past for a credential that would be created, and says what to do in place of moving one there", () => {
    const news = { ...VALID, endsAt: "2029-12-31T23:59:59Z" };
    expect(problems(news)).toEqual([expect.stringContaining("is in the past, so a new credential")]);
    const later = { ...VALID, endsAt: "2030-06-01T00:00:00Z" };
    expect(problems(news, later)).toEqual([
      expect.stringMatching(/^endsAt: .* is in the past.*To take the access away now, remove the resource/),
    ]);
  });

  it.each([
    ["has come by itself", { endsAt: "2030-01-01T01:59:59+02:00" }],
    ["was not declared before: Seam may have told it", {}],
  ])("accepts an end in the past that %s", (_, before) => {
    const news = { ...VALID, endsAt: "2029-12-31T23:59:59Z" };
    expect(problems(news, { ...VALID, ...before })).toEqual([]);
  });

  it.each([
    ["left out", {}, ["isMultiPhoneSyncCredential"]],
    ["false", { isMultiPhoneSyncCredential: false }, ["isMultiPhoneSyncCredential"]],
    ["true", { isMultiPhoneSyncCredential: true }, []],
    ["not known yet", { isMultiPhoneSyncCredential: UNKNOWN }, []],
  ])("judges a mobile key whose isMultiPhoneSyncCredential is %s", (_, more, expected) => {
    expect(paths({ ...VALID, accessMethod: "mobile_key", ...more })).toEqual(expected);
  });

  it("passes values that are not known yet, wherever they stand, and keeps them", () => {
    const news = {
      accessMethod: UNKNOWN,
      acsUserId: UNKNOWN,
      allowedAcsEntranceIds: [UNKNOWN, DOOR],
      code: UNKNOWN,
      endsAt: UNKNOWN,
      visionlineMetadata: { joinerAcsCredentialIds: [UNKNOWN], override: UNKNOWN },
    };
    expect(check(news)).toEqual({ inputs: news, problems: [] });
  });

  it("still judges what is known beside what is not", () => {
    expect(
      paths({
        ...VALID,
        allowedAcsEntranceIds: [UNKNOWN, "front"],
        visionlineMetadata: { overide: UNKNOWN },
      }),
    ).toEqual(["allowedAcsEntranceIds[1]", "visionlineMetadata.overide"]);
  });

  it("normalises what means the same to the same", () => {
    const written = {
      ...VALID,
      acsUserId: USER.toUpperCase(),
      allowedAcsEntranceIds: [SYSTEM, DOOR, SYSTEM],
      startsAt: "2030-06-01T12:00:00+02:00",
      endsAt: "2030-06-02T10:00Z",
    };
    expect(check(written).inputs).toEqual({
      ...VALID,
      allowedAcsEntranceIds: [DOOR, SYSTEM],
      startsAt: "2030-06-01T10:00:00.000Z",
      endsAt: "2030-06-02T10:00:00.000Z",
    });
  });

  it("takes null for left out", () => {
    expect(check({ ...VALID, endsAt: null, code: undefined })).toEqual({ inputs: VALID, problems: [] });
  });
});
