import { Run } from "../../provider/lifecycle/run";
import { UNKNOWN } from "../../provider/values/unknown";

const CREDENTIAL = "73a0a199-024f-454d-a916-9bbda8502c12";
const inputs = { accessMethod: "card", acsUserId: "53f39f90-5113-4bdd-8432-acf328ce508c", adopt: CREDENTIAL };

describe("an object that a line of the program adopts", () => {
  it("is held by a resource that is about to take it over", () => {
    const run = new Run();
    run.checked("an AcsCredential", inputs, false);
    expect(run.isHeldElsewhere(CREDENTIAL)).toBe(true);
  });

  it("is nobody's once its resource was replaced, so that a delete that failed then is made up for", () => {
    const run = new Run();
    run.checked("an AcsCredential", inputs, true);
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
    const isSeen = late.sawStack();
    late.checked("an AcsUser", existing, true);
    await new Promise((resolve) => setTimeout(resolve, 400));
    late.compared("AcsUser 1", "1", { ...existing, workspaceId: "north" }, existing, false);
    await isSeen;
    expect([...late.workspaces.keys()]).toEqual(["north"]);
  });

  it("waits no longer than that where the stack has nothing yet", async () => {
    const first = run();
    first.checked("an AcsUser", existing, false);
    await first.sawStack();
    expect(first.workspaces.size).toBe(0);
  });
});

describe("the notice that a plan makes encoded cards invalid", () => {
  const said: string[] = [];
  const run = () => new Run((text) => said.push(text));
  const other = { ...inputs, acsUserId: "9c1f0f3a-6c1f-4b0e-9d0e-5a2b3b0a7f11" };

  beforeEach(() => {
    said.length = 0;
  });

  it("counts an object once, although the engine compares it again when what it hangs on is replaced", () => {
    const planned = run();
    planned.checked("an AcsCredential", inputs, true);
    planned.checked("an AcsCredential", other, true);
    planned.awaitsEncoding("Ada's card", "1", inputs, 1);
    planned.awaitsEncoding("Ada's card", "1", inputs, 1);
    planned.awaitsEncoding("Bo's card", "2", other, 1);
    expect(said).toEqual([
      expect.stringMatching(/^Ada's card: .* That makes 1 in this run\.$/),
      expect.stringMatching(/^Bo's card: .* That makes 2 in this run\.$/),
    ]);
  });

  it("is not given for what a refresh compares, and for what keeps its cards", () => {
    const refresh = run();
    refresh.awaitsEncoding("Ada's card", "1", inputs, 1);
    refresh.checked("an AcsCredential", other, true);
    refresh.awaitsEncoding("Bo's card", "2", other, 0);
    expect(said).toEqual([]);
  });
});

describe("inputs in a preview", () => {
  const card = { ...inputs, isIssued: true };
  const unknown = { ...inputs, acsUserId: UNKNOWN };
  const user = { fullName: "Ada Example" };
  const id = inputs.acsUserId;

  it("refer to the user that they referred to, although a preview does not know the id of what it updates", () => {
    const run = new Run();
    run.checked("an AcsUser", user, true);
    run.compared("AcsUser ada", id, { fullName: "Ada" }, user, false);
    expect(run.withSameReferences(card, unknown)).toEqual(inputs);
  });

  it("refer to somebody who is not known yet where the user is made anew", () => {
    const run = new Run();
    run.checked("an AcsUser", user, true);
    run.compared("AcsUser ada", id, { fullName: "Ada" }, user, true);
    expect(run.withSameReferences(card, unknown)).toEqual(unknown);
  });
});
