import { type DefaultKeys, type Emulator, startEmulator } from "../../emulator";
import { AcsCredential } from "../../provider";
import { type DynamicProvider, dynamicProvider } from "../../provider/engine/dynamic";
import { Run } from "../../provider/lifecycle/run";
import { FAILED } from "../../provider/values/failed";

type Properties = Record<string, unknown>;

const TOMORROW = "2035-06-20T00:00:00.000Z";
const LATER = "2035-06-25T00:00:00.000Z";

describe("the card that was encoded for a credential which is made anew", () => {
  let emulator: Emulator<DefaultKeys>;
  let notices: string[];

  beforeEach(async () => {
    emulator = await startEmulator();
    notices = [];
  });
  afterEach(() => emulator.close());

  /** A resource in a stack, driven as the engine drives it: each `up` is a process of its own. */
  class Declared {
    id = "";
    outputs: Properties = {};

    static async encoded(inputs: Properties): Promise<Declared> {
      const card = new Declared();
      await card.up(inputs);
      await card.encode();
      return card;
    }

    /** @param option `deleteBeforeReplace` of the resource */
    async up(inputs: Properties, option = false): Promise<void> {
      const provider = nextCommand();
      const news = await checked(provider, this.outputs, inputs);
      if (this.id === "") return this.#create(provider, news);
      const plan = await provider.diff?.(this.id, this.outputs, news);
      if (plan?.changes === false) return;
      if (plan?.replaces?.length === 0) {
        this.outputs = (await provider.update?.(this.id, this.outputs, news))?.outs ?? {};
        return;
      }
      const { id, outputs } = this;
      await checked(provider, {}, inputs);
      const isDeletedFirst = option || plan?.deleteBeforeReplace;
      if (isDeletedFirst) await provider.delete?.(id, outputs);
      await this.#create(provider, news);
      if (!isDeletedFirst) await provider.delete?.(id, outputs);
    }

    /** With `--replace`, or `replaceOnChanges`: the engine makes a replacement of whatever the plan says. */
    async upAnew(inputs: Properties): Promise<void> {
      const provider = nextCommand();
      const news = await checked(provider, this.outputs, inputs);
      await provider.diff?.(this.id, this.outputs, news);
      const { id, outputs } = this;
      await this.#create(provider, await checked(provider, {}, inputs));
      await provider.delete?.(id, outputs);
    }

    async refresh(): Promise<void> {
      const { props } = (await nextCommand().read?.(this.id, this.outputs)) ?? {};
      this.outputs = props ?? {};
    }

    async encode(): Promise<void> {
      emulator.edit.encodeCard(this.id, `number of ${this.id}`);
      await this.refresh();
    }

    async destroy(): Promise<void> {
      await nextCommand().delete?.(this.id, this.outputs);
    }

    async #create(provider: DynamicProvider, news: Properties): Promise<void> {
      const { id = "", outs = {} } = (await provider.create?.(news)) ?? {};
      [this.id, this.outputs] = [id, outs];
    }
  }

  function nextCommand(): DynamicProvider {
    const provider = dynamicProvider(AcsCredential.lifecycle, new Run((text) => notices.push(text)));
    const settings: Properties = { "seam:apiKey": emulator.apiKey, "seam:endpoint": emulator.url };
    void provider.configure?.({ config: { get: (name: string) => settings[name] } } as never);
    return provider;
  }

  async function checked(provider: DynamicProvider, olds: Properties, inputs: Properties) {
    const { inputs: news = {}, failures = [] } = (await provider.check?.(olds, inputs)) ?? {};
    expect(failures).toEqual([]);
    return news;
  }

  const card = (doors: DefaultKeys["acsEntrances"][], more: Properties = {}): Properties => ({
    accessMethod: "card",
    acsUserId: emulator.ids.acsUsers["visionline/ada"],
    allowedAcsEntranceIds: doors.map((door) => emulator.ids.acsEntrances[door]),
    ...more,
  });
  const ids = () =>
    emulator
      .credentials()
      .map(({ acs_credential_id }) => acs_credential_id)
      .sort();

  it("is a matter of what the program declares: a refresh, which compares with the state's inputs, says nothing", async () => {
    const it = await Declared.encoded(card(["visionline/room-101"]));
    for (const doors of [["visionline/room-102"], ["visionline/room-101", "visionline/room-102"]] as const) {
      const plan = await nextCommand().diff?.(it.id, it.outputs, card([...doors]));
      expect(plan?.replaces).not.toEqual([]);
    }
    expect(notices).toEqual([]);
  });

  it("opens what it opened until the new one is encoded, and is deleted by the next up", async () => {
    const it = await Declared.encoded(card(["visionline/room-101"]));
    const old = it.id;
    await it.up(card(["visionline/room-101", "visionline/room-102"]));
    expect(it.id).not.toBe(old);
    expect(ids()).toEqual([old, it.id].sort());
    expect(notices).toEqual([expect.stringContaining("goes on opening what it opens")]);

    await it.refresh();
    await it.up(card(["visionline/room-101", "visionline/room-102"]));
    expect(ids()).toEqual([old, it.id].sort());

    await it.encode();
    expect(ids()).toEqual([old, it.id].sort());
    await it.up(card(["visionline/room-101", "visionline/room-102"]));
    expect(ids()).toEqual([it.id]);
    expect(JSON.stringify(it.outputs)).not.toContain(old);
  });

  it("goes on when a change is taken back before the new one was encoded, and does not once it was", async () => {
    const one = card(["visionline/room-101"]);
    const both = card(["visionline/room-101", "visionline/room-102"]);
    const it = await Declared.encoded(one);
    const old = it.id;
    await it.up(both);
    await it.refresh();
    await it.up(one);
    expect(ids()).toEqual([old, it.id].sort());
    await it.up(both);
    await it.encode();
    notices = [];
    await it.up(one);
    expect(ids()).toEqual([it.id]);
    expect(notices).toEqual([expect.stringContaining("opens nothing after this change")]);
  });

  it("opens nothing any more where it would open what is not declared, or longer", async () => {
    const both: DefaultKeys["acsEntrances"][] = ["visionline/room-101", "visionline/room-102"];
    const overriding = { visionlineMetadata: { override: true } };
    for (const [before, after] of [
      [card(both), card(["visionline/room-101"])],
      [card(both), card(both, { startsAt: TOMORROW })],
      [card(both, { endsAt: LATER }), card(["visionline/room-101", "visionline/lobby"], { endsAt: LATER })],
      [card(both), card([...both, "visionline/lobby"], { endsAt: TOMORROW })],
      [card(both, overriding), card([...both, "visionline/lobby"], overriding)],
      [
        card(both),
        card([...both, "visionline/lobby"], { acsUserId: emulator.ids.acsUsers["visionline/ben"] }),
      ],
    ] as const) {
      const it = await Declared.encoded(before);
      notices = [];
      await it.up(after);
      expect(ids()).toEqual([it.id]);
      expect(notices).toEqual([expect.stringContaining("opens nothing after this change")]);
      await it.destroy();
    }
  });

  it("goes when the declared end moves before its own", async () => {
    const it = await Declared.encoded(card(["visionline/room-101"], { endsAt: LATER }));
    const doors: DefaultKeys["acsEntrances"][] = ["visionline/room-101", "visionline/room-102"];
    await it.up(card(doors, { endsAt: LATER }));
    expect(ids()).toHaveLength(2);
    notices = [];
    await it.up(card(doors, { endsAt: TOMORROW }));
    expect(ids()).toEqual([it.id]);
    expect(notices).toEqual([expect.stringContaining("opens nothing after this change")]);
  });

  it.each([
    ["nothing else changes", {}],
    ["its end moves", { endsAt: TOMORROW }],
  ])("goes with the new one when that is made anew on demand and %s", async (_, more) => {
    const it = await Declared.encoded(card(["visionline/room-101"], { endsAt: LATER }));
    const doors: DefaultKeys["acsEntrances"][] = ["visionline/room-101", "visionline/room-102"];
    await it.up(card(doors, { endsAt: LATER }));
    expect(ids()).toHaveLength(2);
    await it.upAnew(card(doors, { endsAt: LATER, ...more }));
    expect(ids()).toEqual([it.id]);
  });

  it("goes as soon as a refresh shows that somebody has moved its end beyond the declared one", async () => {
    const it = await Declared.encoded(card(["visionline/room-101"], { endsAt: LATER }));
    const old = it.id;
    const news = card(["visionline/room-101", "visionline/room-102"], { endsAt: LATER });
    await it.up(news);
    emulator.edit.acsCredential(old, { ends_at: "2036-01-01T00:00:00.000Z" });
    await it.refresh();
    await it.up(news);
    expect(ids()).toEqual([it.id]);
  });

  it("stays when the new one waits for something that has failed", async () => {
    const it = await Declared.encoded(card(["visionline/room-101"]));
    const { id: old, outputs } = it;
    const doors: DefaultKeys["acsEntrances"][] = ["visionline/room-101", "visionline/room-102"];
    await it.up(card(doors));
    const provider = nextCommand();
    const news = await checked(provider, it.outputs, card(doors, { acsUserId: FAILED }));
    await provider.diff?.(it.id, it.outputs, news);
    // Its deletion was pending.
    await provider.delete?.(old, outputs);
    expect(ids()).toEqual([old, it.id].sort());
  });

  it("goes with the new one: when that is removed, is gone in Seam, or is replaced by one that opens less", async () => {
    const extended = async () => {
      const it = await Declared.encoded(card(["visionline/room-101"]));
      await it.up(card(["visionline/room-101", "visionline/room-102"]));
      return it;
    };
    const removed = await extended();
    await removed.destroy();
    expect(ids()).toEqual([]);

    const gone = await extended();
    emulator.edit.deleteAcsCredential(gone.id);
    await gone.refresh();
    await gone.up(card(["visionline/room-101", "visionline/room-102"]));
    expect(ids()).toEqual([gone.id]);
    await gone.destroy();

    const smaller = await extended();
    await smaller.up(card(["visionline/room-102"]));
    expect(ids()).toEqual([smaller.id]);
  });

  it.each([
    ["is not shown", { showsEndsAt: false }],
    ["is kept to the minute", {}],
  ])("stays where its end %s", async (_, settings) => {
    await emulator.close();
    emulator = await startEmulator(settings);
    const endsAt = "2035-06-25T00:00:30.000Z";
    const it = await Declared.encoded(card(["visionline/room-101"], { endsAt }));
    const old = it.id;
    const news = card(["visionline/room-101", "visionline/room-102"], { endsAt });
    await it.up(news);
    if (!("showsEndsAt" in settings)) {
      emulator.edit.acsCredential(old, { ends_at: "2035-06-25T00:01:00.000Z" });
    }
    await it.refresh();
    await it.up(news);
    expect(ids()).toEqual([old, it.id].sort());
  });

  it("stays when another resource has taken it over", async () => {
    const one = card(["visionline/room-101"]);
    const both = card(["visionline/room-101", "visionline/room-102"]);
    const it = await Declared.encoded(one);
    const { id: old, outputs } = it;
    await it.up(both);
    await it.encode();
    const provider = nextCommand();
    await provider.diff?.(old, outputs, await checked(provider, outputs, one));
    const news = await checked(provider, it.outputs, both);
    await provider.diff?.(it.id, it.outputs, news);
    const { outs } = (await provider.update?.(it.id, it.outputs, news)) ?? {};
    expect(ids()).toEqual([old, it.id].sort());
    expect(JSON.stringify(outs)).not.toContain(old);
  });

  it("is handed on when the new one is replaced before anybody has encoded it", async () => {
    const it = await Declared.encoded(card(["visionline/room-101"]));
    const old = it.id;
    await it.up(card(["visionline/room-101", "visionline/room-102"]));
    await it.up(card(["visionline/room-101", "visionline/room-102", "visionline/lobby"]));
    expect(ids()).toEqual([old, it.id].sort());
    await it.encode();
    await it.up(card(["visionline/room-101", "visionline/room-102", "visionline/lobby"]));
    expect(ids()).toEqual([it.id]);
  });

  it("is told to open nothing where deleteBeforeReplace takes it away first, and a roster wants that confirmed", async () => {
    const it = await Declared.encoded(card(["visionline/room-101"]));
    await it.up(card(["visionline/room-101", "visionline/room-102"]), true);
    expect(notices.at(-1)).toContain("opens nothing after this change");
    expect(ids()).toEqual([it.id]);

    await it.encode();
    const roster = { __rosterCard: { roster: "staff-roster", person: "ada", name: "Ada" } };
    const more = {
      ...card(["visionline/room-101", "visionline/room-102", "visionline/room-103"]),
      ...roster,
    };
    await expect(it.up(more, true)).rejects.toThrow(/leaves at least 1 person outside/);
    expect(ids()).toEqual([it.id]);
  });

  it("is made anew where another resource has taken it over that is looked at only after it is deleted", async () => {
    const it = await Declared.encoded(card(["visionline/room-101"]));
    const old = it.id;
    await it.up(card(["visionline/room-101", "visionline/room-102"]));
    const other = new Declared();
    await other.up({ ...card(["visionline/room-101"]), adopt: old });
    await it.encode();
    const provider = nextCommand();
    const both = card(["visionline/room-101", "visionline/room-102"]);
    await provider.update?.(it.id, it.outputs, await checked(provider, it.outputs, both));
    const same = await checked(provider, other.outputs, card(["visionline/room-101"]));
    expect(await provider.diff?.(old, other.outputs, same)).toMatchObject({ changes: true });
  });

  it("goes before the new one is made where the system has room for one", async () => {
    const acsUserId = emulator.ids.acsUsers["salto-space/ada"];
    const it = await Declared.encoded({ accessMethod: "card", acsUserId, startsAt: TOMORROW });
    await it.up({ accessMethod: "card", acsUserId });
    expect(ids()).toEqual([it.id]);
  });
});
