import { AccessGrant, AcsCredential } from "../../provider";
import { resourceService } from "../../provider/engine/resource-service";
import { Run } from "../../provider/lifecycle/run";
import { changesOf, readPreview } from "../../report/changes";
import { preview, USER, urn } from "./changes/steps";

type Properties = Record<string, unknown>;

const LOBBY = "21805570-4706-4c21-99fc-3ed873a5e014";
const GYM = "ae9475cd-e948-5e32-be75-7b48c6459085";
const ISSUED = [{ mode: "card", isIssued: true, errors: [], warnings: [] }];
const BLANK = [{ mode: "card", isIssued: false, errors: [], warnings: [] }];
const PIN = [{ mode: "code", code: "4711", isIssued: true, errors: [], warnings: [] }];
const NOW = new Date("2030-01-01T00:00:00Z");
const HIDDEN = "[secret]";

const pin = { accessMethod: "code", acsUserId: USER, allowedAcsEntranceIds: [LOBBY] };
const card = { ...pin, accessMethod: "card" };
const grant = {
  userIdentityId: USER,
  requestedAccessMethods: [{ mode: "card" }],
  acsEntranceIds: [LOBBY],
  endsAt: "2035-06-23T11:00:00.000Z",
};

interface Case {
  readonly title: string;
  readonly kind: "AcsCredential" | "AccessGrant";
  readonly before: Properties;
  /** Outputs besides what was declared. */
  readonly shown?: Properties;
  readonly after: Properties;
  readonly isOutside: boolean;
}

const CASES: readonly Case[] = [
  {
    title: "an encoded card for another door",
    kind: "AcsCredential",
    before: card,
    shown: { isIssued: true },
    after: { ...card, allowedAcsEntranceIds: [GYM, LOBBY], startsAt: "2031-01-01T00:00:00.000Z" },
    isOutside: true,
  },
  {
    title: "an encoded card that opens one more door, and goes on until the new one is encoded",
    kind: "AcsCredential",
    before: card,
    shown: { isIssued: true },
    after: { ...card, allowedAcsEntranceIds: [GYM, LOBBY] },
    isOutside: false,
  },
  {
    title: "an encoded card that opens one more door by overriding others",
    kind: "AcsCredential",
    before: card,
    shown: { isIssued: true },
    after: { ...card, allowedAcsEntranceIds: [GYM, LOBBY], visionlineMetadata: { override: true } },
    isOutside: true,
  },
  {
    title: "an earlier end of a card, with which the one goes that opened in its place",
    kind: "AcsCredential",
    before: card,
    shown: { isIssued: false, __formerCards: [{ acsCredentialId: "former" }] },
    after: { ...card, endsAt: "2035-01-01T00:00:00.000Z" },
    isOutside: true,
  },
  {
    title: "a card for another door that nobody has encoded",
    kind: "AcsCredential",
    before: card,
    shown: { isIssued: false },
    after: { ...card, allowedAcsEntranceIds: [GYM, LOBBY], startsAt: "2031-01-01T00:00:00.000Z" },
    isOutside: false,
  },
  {
    title: "an encoded card that ends at another time",
    kind: "AcsCredential",
    before: card,
    shown: { isIssued: true },
    after: { ...card, endsAt: "2035-01-01T00:00:00.000Z" },
    isOutside: false,
  },
  {
    title: "a card in the place of a PIN",
    kind: "AcsCredential",
    before: pin,
    after: card,
    isOutside: true,
  },
  {
    title: "a PIN in the place of an encoded card",
    kind: "AcsCredential",
    before: card,
    shown: { isIssued: true },
    after: pin,
    isOutside: false,
  },
  {
    title: "other times of a grant whose card is encoded",
    kind: "AccessGrant",
    before: grant,
    shown: { accessMethods: ISSUED },
    after: { ...grant, endsAt: "2035-06-24T11:00:00.000Z" },
    isOutside: true,
  },
  {
    title: "other times of a grant whose card nobody has encoded",
    kind: "AccessGrant",
    before: grant,
    shown: { accessMethods: BLANK },
    after: { ...grant, endsAt: "2035-06-24T11:00:00.000Z" },
    isOutside: false,
  },
  {
    title: "another name, and the same times in another zone",
    kind: "AccessGrant",
    before: { ...grant, name: "Stay" },
    shown: { accessMethods: ISSUED },
    after: { ...grant, name: "Long stay", endsAt: "2035-06-23T13:00:00+02:00" },
    isOutside: false,
  },
  {
    title: "times of a grant that are declared as Seam shows them",
    kind: "AccessGrant",
    before: grant,
    shown: { accessMethods: ISSUED, startsAt: "2030-06-19T15:00:00.000Z" },
    after: { ...grant, name: "Long stay", startsAt: "2030-06-19T15:00:00.000Z" },
    isOutside: false,
  },
  {
    title: "other times of a grant that gives a PIN from now on",
    kind: "AccessGrant",
    before: grant,
    shown: { accessMethods: ISSUED },
    after: {
      ...grant,
      requestedAccessMethods: [{ mode: "code" }],
      endsAt: "2035-06-24T11:00:00.000Z",
    },
    isOutside: false,
  },
  {
    title: "a card of a grant in the place of its PIN",
    kind: "AccessGrant",
    before: { ...grant, requestedAccessMethods: [{ mode: "code" }] },
    shown: { accessMethods: PIN },
    after: grant,
    isOutside: true,
  },
  {
    title: "a card of a grant for another door in the place of its PIN",
    kind: "AccessGrant",
    before: { ...grant, requestedAccessMethods: [{ mode: "code" }] },
    shown: { accessMethods: PIN },
    after: { ...grant, acsEntranceIds: [GYM, LOBBY] },
    isOutside: true,
  },
  {
    title: "a card of a grant beside its PIN",
    kind: "AccessGrant",
    before: { ...grant, requestedAccessMethods: [{ mode: "code" }] },
    shown: { accessMethods: PIN },
    after: { ...grant, requestedAccessMethods: [{ mode: "code" }, { mode: "card" }] },
    isOutside: false,
  },
  {
    title: "a PIN that goes while the card of the grant, which is encoded, stays",
    kind: "AccessGrant",
    before: { ...grant, requestedAccessMethods: [{ mode: "code" }, { mode: "card" }] },
    shown: { accessMethods: [...PIN, ...ISSUED] },
    after: grant,
    isOutside: false,
  },
  {
    title: "a PIN that goes while nobody has encoded the card of the grant",
    kind: "AccessGrant",
    before: { ...grant, requestedAccessMethods: [{ mode: "code" }, { mode: "card" }] },
    shown: { accessMethods: [...PIN, ...BLANK] },
    after: grant,
    isOutside: true,
  },
];

const LIFE = { AcsCredential, AccessGrant };
const account = () => ({}) as never;

describe("the notice of the preview and `pulumi-seam changes` judge alike", () => {
  it.each(CASES)("$title", async ({ kind, before, shown = {}, after, isOutside }) => {
    const marked = Object.keys(before).map((name) => `${name}!`);
    const outputs = { ...before, ...shown, __declared: marked.join(" ") };
    const notices: string[] = [];
    const run = new Run((text) => notices.push(text));
    const service = resourceService(LIFE[kind].lifecycle, run, account);
    const { inputs } = service.check(before, after);
    const plan = service.diff("id of it", outputs, inputs);
    expect(notices.some((text) => text.includes("opens nothing after"))).toBe(isOutside);

    const differing = Object.keys({ ...before, ...after }).filter(
      (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
    );
    const step = {
      op: plan.replaces.length > 0 ? "replace" : "update",
      urn: urn(kind, "it"),
      oldState: { id: "id of it", inputs: before, outputs, delete: true },
      newState: { inputs: after },
      diffReasons: differing,
      replaceReasons: plan.replaces,
    };
    const told = await changesOf(readPreview(preview([step])), { now: NOW });
    expect(told.changes.some(({ reason }) => reason === "encoding")).toBe(isOutside);
  });

  it("a card that goes on opens its own doors, and none of the new one's", async () => {
    const state = (id: string, inputs: Properties, shown: Properties) => ({
      id,
      inputs,
      outputs: { ...inputs, ...shown },
      delete: true,
    });
    const after = { ...card, allowedAcsEntranceIds: [GYM, LOBBY] };
    const steps = [
      {
        op: "replace",
        urn: urn("AcsCredential", "card"),
        oldState: state("id of card", card, { isIssued: true }),
        newState: { inputs: after },
        diffReasons: ["allowedAcsEntranceIds"],
        replaceReasons: ["allowedAcsEntranceIds"],
      },
      {
        op: "delete",
        urn: urn("AcsCredential", "pin"),
        oldState: state("id of pin", { ...pin, allowedAcsEntranceIds: [GYM] }, {}),
      },
    ];
    const { changes } = await changesOf(readPreview(preview(steps)), { now: NOW });
    expect(changes).toMatchObject([
      { change: "changes", door: { acsEntranceId: LOBBY } },
      { change: "interrupted", reason: "encoding", door: { acsEntranceId: GYM } },
    ]);
  });

  it("except where a preview hides whether a grant's card is encoded: then it counts as encoded", async () => {
    const step = {
      op: "update",
      urn: urn("AccessGrant", "stay"),
      oldState: { id: "id of it", inputs: grant, outputs: { ...grant, accessMethods: HIDDEN } },
      newState: { inputs: { ...grant, endsAt: "2035-06-24T11:00:00.000Z" } },
      diffReasons: ["endsAt"],
    };
    const { changes } = await changesOf(readPreview(preview([step])), { now: NOW });
    expect(changes).toMatchObject([{ change: "interrupted", reason: "encoding" }]);
  });
});
