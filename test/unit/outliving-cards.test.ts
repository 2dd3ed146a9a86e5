import { PartialFailure } from "../../provider/lifecycle/errors";
import { FormerCards, formerCardsOf, madeBeside } from "../../provider/lifecycle/former-cards";
import { accessGrant } from "../../provider/resources/access-grant";
import { acsCredential } from "../../provider/resources/acs-credential";
import { UNKNOWN } from "../../provider/values/unknown";

type Properties = Record<string, unknown>;

const USER = "4d9a7a5e-0000-4000-8000-000000000001";
const PAST = "2020-01-01T00:00:00.000Z";
const RECENT = "2021-01-01T00:00:00.000Z";
const SOON = "2035-01-01T00:00:00.000Z";

const card = { accessMethod: "card", acsUserId: USER, allowedAcsEntranceIds: ["lobby"] };
const wider = { ...card, allowedAcsEntranceIds: ["gym", "lobby"] };

/** A credential as the state has it once its card is encoded. */
function encoded(inputs: Properties, shown: Properties = {}): Properties {
  const declared = Object.keys(inputs).map((name) => `${name}!`);
  return { acsCredentialId: "old", isIssued: true, ...inputs, ...shown, __declared: declared.join(" ") };
}

const goOn = (outputs: Properties, news: Properties) =>
  acsCredential.outlivingCards?.(outputs, news).map(({ acsCredentialId }) => acsCredentialId);

describe("a card goes on beside the credential in its place", () => {
  it("where that opens more, or began before now as the card did", () => {
    expect(goOn(encoded(card), wider)).toEqual(["old"]);
    expect(goOn(encoded({ ...card, startsAt: PAST }), { ...card, startsAt: RECENT })).toEqual(["old"]);
    // What is not known of a card is at most what the one in its place is.
    const formers = { isIssued: false, __formerCards: [{ acsCredentialId: "older" }] };
    expect(goOn(encoded(card, formers), wider)).toEqual(["older"]);
  });

  it.each<[string, Properties, Properties]>([
    ["it is not known from when on that opens", encoded(card), { ...wider, startsAt: UNKNOWN }],
    ["it is not known until when that opens", encoded(card), { ...wider, endsAt: UNKNOWN }],
    ["that begins later", encoded(card), { ...wider, startsAt: SOON }],
    ["its credential is dead in the lock system", encoded(card, { __dead: true }), wider],
    [
      "it opens what access groups do, and that has doors of its own",
      encoded({ accessMethod: "card", acsUserId: USER }),
      card,
    ],
    [
      "it is in Salto Space, which has room for one",
      encoded({ ...card, saltoSpaceMetadata: { assignNewKey: true } }),
      { ...wider, saltoSpaceMetadata: { assignNewKey: true } },
    ],
    [
      "it is one of an older state, which does not tell its doors, and the credential's are others",
      encoded(card, { isIssued: false, __formerCards: [{ acsCredentialId: "older" }] }),
      { ...card, allowedAcsEntranceIds: ["gym"] },
    ],
  ])("unless %s", (_, outputs, news) => {
    expect(goOn(outputs, news)).toEqual([]);
  });

  it.each([
    ["visionlineMetadata", "override"],
    ["visionlineMetadata", "isOverrideKey"],
    ["visionlineMetadata", "autoJoin"],
    ["assaAbloyVostioMetadata", "autoJoin"],
    ["assaAbloyVostioMetadata", "overrideAllGuestAcsEntrances"],
    ["assaAbloyVostioMetadata", "overrideGuestAcsEntranceIds"],
  ])("unless that takes rights away from others by %s.%s", (metadata, option) => {
    const given = (value: unknown) => ({ [metadata]: { [option]: value } });
    expect(goOn(encoded({ ...card, ...given(true) }), { ...wider, ...given(true) })).toEqual([]);
    expect(goOn(encoded({ ...card, ...given(false) }), { ...wider, ...given(false) })).toEqual(["old"]);
  });
});

describe("the cards beside which a credential is made", () => {
  const cards = [{ acsCredentialId: "old" }, { acsCredentialId: "gone" }];

  it("are those that have not been deleted meanwhile", () => {
    const formers = new FormerCards();
    formers.goOn(wider, cards);
    formers.deleted("gone");
    expect(formers.take(wider)).toEqual([{ acsCredentialId: "old" }]);
    expect(formers.take(wider)).toEqual([]);
  });

  it("are kept, although the create has failed in part", async () => {
    const failing = madeBeside(cards, () => Promise.reject(new PartialFailure("new", { code: "1" }, ["no"])));
    const { outputs } = await failing.then(Promise.reject, (error: PartialFailure) => error);
    expect(formerCardsOf(outputs)).toEqual(cards);
  });
});

describe("a change awaits encoding", () => {
  const other = { ...card, allowedAcsEntranceIds: ["gym"] };
  const grant = { requestedAccessMethods: [{ mode: "card" }], acsEntranceIds: ["lobby"] };
  const given = { ...grant, accessMethods: [{ mode: "card", isIssued: true }] };

  it("where it makes an encoded card invalid, or may: what cannot be told counts as encoded", () => {
    expect(acsCredential.awaitsEncoding?.(encoded(card), other, true)).toBe(1);
    expect(acsCredential.awaitsEncoding?.(encoded(card, { isIssued: false }), other, true)).toBe(0);
    expect(acsCredential.awaitsEncoding?.(encoded(card, { isIssued: UNKNOWN }), other, true)).toBe(1);
    expect(accessGrant.awaitsEncoding?.(given, grant, true)).toBe(1);
    expect(accessGrant.awaitsEncoding?.(given, { ...grant, requestedAccessMethods: UNKNOWN }, true)).toBe(1);
    expect(accessGrant.awaitsEncoding?.(given, grant, false)).toBe(0);
  });

  it("unless its access has ended: then nobody is outside by it", () => {
    const ended = { endsAt: PAST };
    expect(acsCredential.awaitsEncoding?.(encoded({ ...card, ...ended }), other, true)).toBe(0);
    expect(accessGrant.awaitsEncoding?.({ ...given, ...ended }, { ...grant, endsAt: SOON }, false)).toBe(0);
  });
});
