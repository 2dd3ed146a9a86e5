import { type DoorPolicyArgs, type DoorRules, doorPolicies } from "../../policy";
import { UNKNOWN } from "../../provider/values/unknown";

const FRONT = "21805570-4706-4c21-99fc-3ed873a5e014";
const OFFICE = "a26c9eb1-71ed-58da-b1d5-9ef97b8653ea";
const PIN = "7719";

/** What the rules say of a resource, by the policy's name; in a preview what is not known throws when it is touched. */
function judged(rules: DoorRules, kind: string, inputs: object, type = `pulumi-nodejs:dynamic/seam:${kind}`) {
  return doorPolicies(rules).flatMap(({ name, validateResource }) => {
    const said: string[] = [];
    const args = { type, props: unknownInPreview(inputs) } as DoorPolicyArgs;
    validateResource(args, (text) => said.push(`${name}: ${text}`));
    return said;
  });
}

/** As the policy SDK hands inputs to a rule: it throws as soon as what is not known is touched. */
function unknownInPreview(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const copy: object = Array.isArray(value) ? [] : {};
  for (const [name, child] of Object.entries(value)) {
    const read = () => {
      if (child === UNKNOWN) throw new Error("UnknownValueError");
      return unknownInPreview(child);
    };
    Object.defineProperty(copy, name, { get: read, enumerable: true, configurable: true });
  }
  return copy;
}

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();

describe("doorPolicies", () => {
  const pin = {
    accessMethod: "code",
    acsUserId: UNKNOWN,
    allowedAcsEntranceIds: [FRONT],
    endsAt: inDays(30),
  };
  const grant = {
    userIdentityId: UNKNOWN,
    requestedAccessMethods: [{ mode: "code" }],
    acsEntranceIds: [FRONT],
    endsAt: inDays(30),
  };
  const all: DoorRules = {
    requireEnd: ["AcsCredential", "AccessGrant", "AcsUser"],
    maxDays: 90,
    minPinLength: 6,
    forbidDeclaredPins: true,
    allowedDoors: [FRONT],
    allowedAccessGroups: ["staff"],
    allowedMethods: ["code"],
  };

  it.each([
    ["AcsCredential", pin],
    [
      "AcsCredential",
      {
        ...pin,
        assaAbloyVostioMetadata: {
          joinAllGuestAcsEntrances: false,
          overrideAllGuestAcsEntrances: UNKNOWN,
          overrideGuestAcsEntranceIds: [FRONT],
        },
      },
    ],
    ["AccessGrant", grant],
    ["AccessGrant", { ...grant, deviceIds: [], spaceIds: [] }],
    ["AccessGrant", { ...grant, acsEntranceIds: UNKNOWN }],
    [
      "AcsUser",
      { fullName: "Ada Example", accessSchedule: { endsAt: inDays(5) }, acsAccessGroupIds: ["staff"] },
    ],
    ["AcsAccessGroupMembership", { acsAccessGroupId: "staff", acsUserId: UNKNOWN }],
    ["Space", { name: "Area", acsEntranceIds: [FRONT] }],
    ["UserIdentity", { fullName: "Ada Example" }],
  ])("say nothing of %s that keeps every rule", (kind, inputs) => {
    expect(judged(all, kind, inputs)).toEqual([]);
  });

  it.each<[string, DoorRules, string, object, string]>([
    [
      "a credential without an end",
      { requireEnd: true },
      "AcsCredential",
      { ...pin, endsAt: undefined },
      "seam-require-end: endsAt is missing",
    ],
    [
      "a grant without an end",
      { requireEnd: true },
      "AccessGrant",
      { ...grant, endsAt: undefined },
      "seam-require-end: endsAt is missing",
    ],
    [
      "a user without a schedule",
      { requireEnd: ["AcsUser"] },
      "AcsUser",
      {},
      "seam-require-end: accessSchedule.endsAt is missing",
    ],
    [
      "an end too late from now",
      { maxDays: 20 },
      "AcsCredential",
      pin,
      "seam-max-days: endsAt is more than 20 days after now",
    ],
    [
      "an end too late from the begin",
      { maxDays: 20 },
      "AccessGrant",
      { ...grant, startsAt: inDays(5) },
      "seam-max-days: endsAt is more than 20 days after startsAt",
    ],
    [
      "no end where days are counted",
      { maxDays: 20 },
      "AccessGrant",
      { ...grant, endsAt: undefined },
      "seam-max-days: endsAt is missing",
    ],
    [
      "a short PIN of a credential",
      { minPinLength: 6 },
      "AcsCredential",
      { ...pin, code: PIN },
      "seam-min-pin-length: code has fewer than 6 digits",
    ],
    [
      "a short PIN of a grant",
      { minPinLength: 6 },
      "AccessGrant",
      { ...grant, requestedAccessMethods: [{ mode: "card" }, { mode: "code", code: PIN }] },
      "seam-min-pin-length: requestedAccessMethods[1].code has fewer than 6 digits",
    ],
    [
      "any declared PIN",
      { forbidDeclaredPins: true },
      "AcsCredential",
      { ...pin, code: "123456789" },
      "seam-no-declared-pins: code is declared",
    ],
    [
      "another door of a credential",
      { allowedDoors: [FRONT] },
      "AcsCredential",
      { ...pin, allowedAcsEntranceIds: [FRONT, OFFICE] },
      "seam-allowed-doors: allowedAcsEntranceIds[1] is not among the doors",
    ],
    [
      "another door of a grant",
      { allowedDoors: [FRONT] },
      "AccessGrant",
      { ...grant, acsEntranceIds: [OFFICE] },
      "seam-allowed-doors: acsEntranceIds[0] is not among the doors",
    ],
    [
      "another door of a space",
      { allowedDoors: [FRONT] },
      "Space",
      { acsEntranceIds: [OFFICE] },
      "seam-allowed-doors: acsEntranceIds[0] is not among the doors",
    ],
    [
      "a credential whose doors cannot be told",
      { allowedDoors: [FRONT] },
      "AcsCredential",
      { ...pin, allowedAcsEntranceIds: undefined },
      "seam-allowed-doors: allowedAcsEntranceIds is missing",
    ],
    [
      "a credential with an empty list of doors",
      { allowedDoors: [FRONT] },
      "AcsCredential",
      { ...pin, allowedAcsEntranceIds: [] },
      "seam-allowed-doors: allowedAcsEntranceIds is missing",
    ],
    ...["joinAllGuestAcsEntrances", "overrideAllGuestAcsEntrances"].map(
      (flag): [string, DoorRules, string, object, string] => [
        `all doors of guests by ${flag}`,
        { allowedDoors: [FRONT] },
        "AcsCredential",
        { ...pin, assaAbloyVostioMetadata: { [flag]: true } },
        `seam-allowed-doors: assaAbloyVostioMetadata.${flag} opens doors`,
      ],
    ),
    [
      "another door of guests",
      { allowedDoors: [FRONT] },
      "AcsCredential",
      { ...pin, assaAbloyVostioMetadata: { overrideGuestAcsEntranceIds: [FRONT, OFFICE] } },
      "seam-allowed-doors: assaAbloyVostioMetadata.overrideGuestAcsEntranceIds[1] is not among the doors",
    ],
    [
      "a device",
      { allowedDoors: [FRONT] },
      "AccessGrant",
      { ...grant, deviceIds: ["lock"] },
      "seam-allowed-doors: deviceIds is declared",
    ],
    [
      "another access group",
      { allowedAccessGroups: ["staff"] },
      "AcsAccessGroupMembership",
      { acsAccessGroupId: "board" },
      "seam-allowed-access-groups: acsAccessGroupId is not among",
    ],
    [
      "another method of a credential",
      { allowedMethods: ["card"] },
      "AcsCredential",
      pin,
      "seam-allowed-methods: accessMethod is none of the allowed ones (card)",
    ],
    [
      "another method of a grant",
      { allowedMethods: ["card"] },
      "AccessGrant",
      grant,
      "seam-allowed-methods: requestedAccessMethods[0].mode is none of the allowed ones (card)",
    ],
  ])("refuse %s, and name the property", (_, rules, kind, inputs, expected) => {
    const said = judged(rules, kind, inputs);
    expect(said).toEqual([expect.stringContaining(expected)]);
    expect(judged(rules, kind, inputs, `seam:index:${kind}`)).toEqual(said);
    expect(judged(rules, kind, inputs, `aws:index:${kind}`)).toEqual([]);
  });

  it("never show a value of a resource, whatever is wrong with it", () => {
    const said = [
      ...judged(all, "AcsCredential", {
        accessMethod: "card",
        code: PIN,
        allowedAcsEntranceIds: [OFFICE],
        startsAt: inDays(1),
        endsAt: inDays(400),
      }),
      ...judged(all, "AccessGrant", {
        requestedAccessMethods: [{ mode: "card", code: PIN }],
        acsEntranceIds: [OFFICE],
      }),
    ].join("\n");
    expect(said.split("\n").length).toBeGreaterThan(8);
    for (const value of [PIN, OFFICE, inDays(400).slice(0, 10)]) expect(said).not.toContain(value);
  });

  it("judge what a preview knows, and leave the rest to the update", () => {
    const unknown = Object.fromEntries(
      Object.keys({ ...pin, ...grant, code: "" }).map((name) => [name, UNKNOWN]),
    );
    for (const kind of ["AcsCredential", "AccessGrant", "AcsUser", "Space", "AcsAccessGroupMembership"]) {
      expect(
        judged({ ...all, forbidDeclaredPins: false }, kind, {
          ...unknown,
          accessSchedule: UNKNOWN,
          acsAccessGroupId: UNKNOWN,
        }),
      ).toEqual([]);
    }
    const half = { ...pin, endsAt: UNKNOWN, allowedAcsEntranceIds: [UNKNOWN, OFFICE] };
    expect(judged(all, "AcsCredential", half)).toEqual([
      expect.stringContaining("allowedAcsEntranceIds[1] is not among"),
    ]);
  });

  it("take what is null for left out, as the provider does", () => {
    const open = { ...pin, code: null, endsAt: null, allowedAcsEntranceIds: null };
    expect(judged(all, "AcsCredential", open)).toEqual([
      expect.stringContaining("endsAt is missing"),
      expect.stringContaining("endsAt is missing"),
      expect.stringContaining("allowedAcsEntranceIds is missing"),
    ]);
    expect(judged(all, "AcsUser", { accessSchedule: { endsAt: null } })).toEqual([
      expect.stringContaining("accessSchedule.endsAt is missing"),
    ]);
    expect(judged(all, "AccessGrant", { ...grant, deviceIds: null })).toEqual([]);
  });

  it("stop the run unless told otherwise, and are left out where their rule is", () => {
    const levels = (rules: DoorRules) =>
      doorPolicies(rules).map(({ name, enforcementLevel }) => [name, enforcementLevel]);
    expect(levels({ maxDays: 9 })).toEqual([["seam-max-days", "mandatory"]]);
    expect(levels({ maxDays: 9, enforcementLevel: "advisory" })).toEqual([["seam-max-days", "advisory"]]);
    expect(levels({ requireEnd: false })).toEqual([]);
  });

  it("refuse rules that cannot be used, all at once: a misspelt rule would hold nobody", () => {
    const wrong = { maxDay: 9, minPinLength: -1, allowedMethods: ["fax"] } as unknown as DoorRules;
    expect(() => doorPolicies(wrong)).toThrow(/minPinLength.*\n.*allowedMethods.*\n.*maxDay/s);
  });
});
