import { AcsCredential } from "../../provider";
import { type DynamicProvider, dynamicProvider } from "../../provider/engine/dynamic";
import { Run } from "../../provider/lifecycle/run";
import { rosterGuard } from "../../provider/resources/roster-guard";
import { ROSTER, ROSTER_CARD } from "../../provider/values/roster-card";
import { UNKNOWN } from "../../provider/values/unknown";

type Properties = Record<string, unknown>;

const LOBBY = "21805570-4706-4c21-99fc-3ed873a5e014";
const GYM = "ae9475cd-e948-5e32-be75-7b48c6459085";
const USERS: Readonly<Record<string, string>> = {
  ada: "53f39f90-5113-4bdd-8432-acf328ce508c",
  bo: "9c1f0f3a-6c1f-4b0e-9d0e-5a2b3b0a7f11",
  cy: "4b6ec19d-ba68-46ca-80fd-55247684c2bb",
};

/** One of Pulumi's commands, as the engine drives it: a preview hands the guard over last, an update first. */
class Command {
  readonly run = new Run();
  readonly credential: DynamicProvider;
  readonly isPreview: boolean;
  readonly confirmed: number | undefined;
  constructor(isPreview: boolean, confirmed?: number) {
    this.isPreview = isPreview;
    this.confirmed = confirmed;
    this.credential = dynamicProvider(AcsCredential.lifecycle, this.run);
    const settings: Properties = { "seam:apiKey": "seam_test1Unit_aaaaaaaaaaaaaaaaaaaaaaaa" };
    void this.credential.configure?.({ config: { get: (name: string) => settings[name] } } as never);
  }

  /** What the guard refuses. */
  async guard(methods: Properties = {}): Promise<string[]> {
    const limits = { maxShrink: 1, ...(this.confirmed !== undefined && { confirmNewCards: this.confirmed }) };
    const people = Object.keys(USERS);
    const before = { people, maxShrink: 1, methods };
    const news = { ...before, ...limits, methods: Object.fromEntries(people.map((key) => [key, "card"])) };
    const checked = await rosterGuard(this.run).check?.(before, {
      ...news,
      [ROSTER]: { roster: "staff-roster", isPreview: this.isPreview },
    });
    expect(checked?.inputs).toEqual(news);
    return checked?.failures?.map(({ reason }) => reason) ?? [];
  }

  /** The card of somebody: checked, and compared where there was one. */
  async card(person: string, before: Properties | undefined, more: Properties = {}): Promise<string[]> {
    const news = { accessMethod: "card", acsUserId: USERS[person], allowedAcsEntranceIds: [LOBBY], ...more };
    const card = {
      roster: "staff-roster",
      person,
      name: `${person} Example`,
      isPreview: this.isPreview,
      ...(this.confirmed !== undefined && { confirmed: this.confirmed }),
    };
    const { inputs = {}, failures = [] } =
      (await this.credential.check?.(before ?? {}, { ...news, [ROSTER_CARD]: card })) ?? {};
    expect(inputs).toEqual(news);
    if (failures.length > 0 || !before) return failures.map(({ reason }) => reason);
    const failed = await Promise.resolve(this.credential.diff?.(`card of ${person}`, before, inputs)).then(
      () => [],
      (error: Error) => [error.message],
    );
    // What is replaced is checked once more, as something new.
    await this.credential.check?.({}, { ...news, [ROSTER_CARD]: card });
    return failed;
  }
}

const encoded = (person: string, more: Properties = {}) => ({
  accessMethod: "card",
  acsUserId: USERS[person],
  allowedAcsEntranceIds: [GYM],
  isIssued: true,
  ...more,
});
const blank = (person: string) => encoded(person, { isIssued: false });

describe("a change of a roster that leaves people outside until their cards are encoded", () => {
  it("is refused in the preview with everybody's name, and with what confirms it", async () => {
    const preview = new Command(true);
    expect(await preview.card("ada", encoded("ada"))).toEqual([]);
    expect(await preview.card("bo", encoded("bo"))).toEqual([]);
    expect(await preview.guard()).toEqual([
      expect.stringMatching(
        /leaves 2 people outside until somebody encodes new cards: ada Example \(ada\), bo Example \(bo\)\. .*confirmNewCards: 2,/,
      ),
    ]);
  });

  it("is confirmed by the number of these people, and by no other", async () => {
    for (const [confirmed, refusals] of [
      [1, 1],
      [2, 0],
      [3, 1],
    ] as const) {
      const preview = new Command(true, confirmed);
      await preview.card("ada", encoded("ada"));
      await preview.card("bo", encoded("bo"));
      expect(await preview.guard()).toHaveLength(refusals);
    }
  });

  it("is refused without a preview, too, before a card is made invalid", async () => {
    const update = new Command(false);
    expect(await update.guard()).toEqual([]);
    expect(await update.card("ada", encoded("ada"))).toEqual([
      expect.stringMatching(/at least 1 person outside .*ada Example \(ada\)\. .*`pulumi preview` says/),
    ]);
    expect(await update.card("bo", encoded("bo", { allowedAcsEntranceIds: [LOBBY] }))).toEqual([]);
    const confirmed = new Command(false, 1);
    await confirmed.guard();
    expect(await confirmed.card("ada", encoded("ada"))).toEqual([]);
    expect(await confirmed.card("bo", encoded("bo"))).toHaveLength(1);
  });

  it("is a card in the place of a PIN, too, but none for somebody who is new, taken over, or failed to get one before", async () => {
    const preview = new Command(true);
    await preview.card("ada", undefined);
    await preview.card("bo", undefined, { adopt: "73a0a199-024f-454d-a916-9bbda8502c12" });
    await preview.card("cy", undefined);
    expect(await preview.guard({ ada: "code", bo: "card", cy: "card" })).toEqual([
      expect.stringMatching(/1 person .*: ada Example/),
    ]);
    const update = new Command(false);
    const refused = [expect.stringMatching(/at least 1 person outside .*: ada\. /)];
    expect(await update.guard({ ada: "code", bo: "card", cy: "card" })).toEqual(refused);
    expect(await update.card("ada", undefined)).toHaveLength(1);
    expect(await update.card("cy", undefined)).toEqual([]);
  });

  it("is none where a preview only does not know the ids of users, unless these are made anew", async () => {
    const preview = new Command(true);
    for (const [key, isMadeAnew] of [
      ["ada", false],
      ["bo", true],
    ] as const) {
      const user = { acsSystemId: LOBBY, fullName: `${key} Other` };
      preview.run.checked("AcsUser", user, true);
      preview.run.compared(`AcsUser ${key}`, USERS[key] ?? "", { fullName: key }, user, isMadeAnew);
    }
    for (const key of ["ada", "bo", "cy"]) {
      await preview.card(key, encoded(key, { allowedAcsEntranceIds: [LOBBY] }), { acsUserId: UNKNOWN });
    }
    expect(await preview.guard()).toEqual([expect.stringMatching(/1 person .*: bo Example/)]);
  });

  it("is none where nobody has encoded the card, or where it stays as it is", async () => {
    const preview = new Command(true);
    await preview.card("ada", blank("ada"));
    await preview.card("bo", encoded("bo", { allowedAcsEntranceIds: [LOBBY] }));
    await preview.card("cy", encoded("cy", { allowedAcsEntranceIds: [LOBBY] }), {
      endsAt: "2035-01-01T00:00:00.000Z",
    });
    expect(await preview.guard()).toEqual([]);
  });
});
