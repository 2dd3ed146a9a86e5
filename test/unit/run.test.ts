import { EncodingNotices } from "../../provider/lifecycle/encoding-notices";
import type { Told } from "../../provider/lifecycle/neighbours";
import { Run } from "../../provider/lifecycle/run";
import { NO_LOOK } from "../../provider/lifecycle/stack-workspaces";
import { UNKNOWN } from "../../provider/values/unknown";

const CREDENTIAL = "73a0a199-024f-454d-a916-9bbda8502c12";
const inputs = { accessMethod: "card", acsUserId: "53f39f90-5113-4bdd-8432-acf328ce508c", adopt: CREDENTIAL };

describe("an object that a line of the program adopts", () => {
  it("is held by a resource that is about to take it over", () => {
    const run = new Run();
    run.checked("AcsCredential", inputs, false);
    expect(run.isHeldElsewhere(CREDENTIAL)).toBe(true);
  });

  it("is nobody's once its resource was replaced, so that a delete that failed then is made up for", () => {
    const run = new Run();
    run.checked("AcsCredential", inputs, true);
    run.compared("AcsCredential other", "other", inputs, inputs, false);
    expect(run.isHeldElsewhere(CREDENTIAL)).toBe(false);
    expect(run.isHeldElsewhere("other")).toBe(true);
  });
});

describe("the first create of a run", () => {
  const existing = { fullName: "Ada Example" };
  const run = () => new Run(undefined, { anythingMs: 300, existingMs: 60_000 });

  it("waits for what exists to show its workspace, although that comes later in the program", async () => {
    const late = run();
    const isSeen = late.workspaces.firstSeen();
    late.checked("AcsUser", existing, true);
    await new Promise((resolve) => setTimeout(resolve, 400));
    late.compared("AcsUser 1", "1", { ...existing, workspaceId: "north" }, existing, false);
    await isSeen;
    expect([...late.workspaces.seen.keys()]).toEqual(["north"]);
  });

  it("waits no longer than that where the stack has nothing yet", async () => {
    const first = run();
    first.checked("AcsUser", existing, false);
    await first.workspaces.firstSeen();
    expect(first.workspaces.seen.size).toBe(0);
  });
});

describe("the notice that a plan makes encoded cards invalid", () => {
  it("counts an object once, although the engine compares it again when what it hangs on is replaced", () => {
    const said: string[] = [];
    const notices = new EncodingNotices((text) => said.push(text));
    notices.awaitsEncoding("Ada's card", "1", 1);
    notices.awaitsEncoding("Ada's card", "1", 1);
    notices.awaitsEncoding("Cay's card", "3", 0);
    notices.awaitsEncoding("Bo's card", "2", 1);
    expect(said).toEqual([
      expect.stringMatching(/^Ada's card: .* That makes 1 in this run\.$/),
      expect.stringMatching(/^Bo's card: .* That makes 2 in this run\.$/),
    ]);
  });
});

describe("inputs in a preview", () => {
  const card = { ...inputs, isIssued: true };
  const unknown = { ...inputs, acsUserId: UNKNOWN };
  const user = { fullName: "Ada Example" };
  const id = inputs.acsUserId;

  it("refer to the user that they referred to, although a preview does not know the id of what it updates", () => {
    const run = new Run();
    run.checked("AcsUser", user, true);
    run.compared("AcsUser ada", id, { fullName: "Ada" }, user, false);
    expect(run.withSameReferences(card, unknown)).toEqual(inputs);
  });

  it("refer to somebody who is not known yet where the user is made anew", () => {
    const run = new Run();
    run.checked("AcsUser", user, true);
    run.compared("AcsUser ada", id, { fullName: "Ada" }, user, true);
    expect(run.withSameReferences(card, unknown)).toEqual(unknown);
  });
});

describe("a plan that does not know all inputs yet", () => {
  const planned = { accessMethod: "code", acsUserId: UNKNOWN, code: "4711" };
  const known = { ...planned, acsUserId: inputs.acsUserId };

  it("is known again by the inputs that came of it, unless they may be those of several", () => {
    const run = new Run();
    run.checked("AcsCredential", known, true);
    run.compared("AcsCredential a", "a", { accessMethod: "code" }, planned, true);
    expect(run.plans.makesRoom("a", { accessMethod: "code" })).toBe(true);
    expect(run.plans.roomMadeFor(known)).toBe("a");
    expect(run.plans.roomMadeFor({ ...known, code: "4712" })).toBeUndefined();
    expect(run.plans.roomMadeFor({ ...known, endsAt: "2035-01-01T00:00:00Z" })).toBeUndefined();
    run.compared("AcsCredential b", "b", { accessMethod: "card" }, planned, true);
    expect(run.plans.makesRoom("b", { accessMethod: "card" })).toBe(true);
    expect(run.plans.roomMadeFor(known)).toBeUndefined();
  });

  it("does not take over again what it replaces", () => {
    const run = new Run();
    const adopting = { ...known, adopt: CREDENTIAL };
    run.checked("AcsCredential", adopting, true);
    run.compared("AcsCredential a", CREDENTIAL, known, { ...planned, adopt: CREDENTIAL }, true);
    expect(run.plans.isReplacement(adopting)).toBe(true);
    expect(run.plans.isReplacement({ ...adopting, adopt: "another" })).toBe(false);
  });
});

describe("what the process of another provider tells", () => {
  const GROUP = "5ea1d5b3-0b4b-4f43-9f1f-5b3dd8ad1a2f";
  const told: Told[] = [];
  let run: Run;
  let other: Run;

  beforeEach(() => {
    run = new Run(undefined, NO_LOOK, { tell: () => undefined, news: () => told.splice(0) });
    other = new Run(undefined, NO_LOOK, { tell: (one) => told.push(one), news: () => [] });
  });

  it("is which object it keeps, until that is made anew", () => {
    const card = { accessMethod: "card", acsUserId: inputs.acsUserId };
    other.checked("AcsCredential", card, true);
    other.compared("AcsCredential a", CREDENTIAL, card, card, false);
    run.hear();
    expect(run.isHeldElsewhere(CREDENTIAL)).toBe(true);
    other.checked("AcsCredential", card, false);
    run.hear();
    expect(run.isHeldElsewhere(CREDENTIAL)).toBe(false);
  });

  it("is what goes along with something else, until that stays", () => {
    other.lose(CREDENTIAL, "ada");
    run.hear();
    expect(run.isLost(CREDENTIAL)).toBe(true);
    expect(run.isHeldElsewhere(CREDENTIAL)).toBe(false);
    other.loseNothing("ada");
    run.hear();
    expect(run.isLost(CREDENTIAL)).toBe(false);
  });

  it("is on whom its resources hang", () => {
    other.checked("AcsCredential", { accessMethod: "code", acsUserId: inputs.acsUserId }, false);
    run.hear();
    expect(run.referenceTo(inputs.acsUserId)).toBe("an AcsCredential");
  });

  it("is the groups of its users, but for those that the program has taken out", () => {
    const before = { fullName: "Ada Example", acsAccessGroupIds: [GROUP, "another"] };
    const now = { ...before, acsAccessGroupIds: [GROUP] };
    other.checked("AcsUser", now, true, before);
    other.compared("AcsUser ada", inputs.acsUserId, before, now, false);
    run.hear();
    expect(run.memberships.in(GROUP)).toEqual([{ acsAccessGroupId: GROUP, acsUserId: inputs.acsUserId }]);
    expect(run.memberships.in("another")).toEqual([]);
    const without = { fullName: "Ada Example" };
    other.checked("AcsUser", without, true, now);
    other.compared("AcsUser bob", "bob", before, without, false);
    run.hear();
    expect(run.memberships.in(GROUP)).toHaveLength(1);
  });
});
