import { asSecret, type PendingOperation } from "../../../cli/stack-state";
import { applied, creating, emulator, judged, live, make, stackWith, start, stop } from "./interrupted";

beforeEach(() => start());
afterEach(() => stop());

describe("recover, after an interrupted update or delete", () => {
  it("takes over into the state what an interrupted update made of a resource", async () => {
    const id = await make({ code: "4711" });
    const resource = await live("pin", id, { code: asSecret("4711") });
    emulator.edit.acsCredential(id, { ends_at: "2030-09-09T00:00:00.000Z", code: "4712" });
    const state = stackWith([resource], [{ type: "updating", resource }]);
    const findings = await judged(state);
    expect(findings).toMatchObject([{ verdict: "refresh", id }]);
    expect((await applied(state, findings)).deployment.resources?.at(-1)).toMatchObject({
      inputs: { endsAt: "2030-09-09T00:00:00.000Z", code: asSecret("4712") },
      outputs: { endsAt: "2030-09-09T00:00:00.000Z", code: asSecret("4712") },
    });
  });

  it("takes over what an interrupted update has changed: the engine's record of one has no id", async () => {
    const id = await make({});
    const known = await live("pin", id);
    emulator.edit.acsCredential(id, { ends_at: "2031-01-01T00:00:00.000Z" });
    const { resource } = creating("pin", { endsAt: "2031-01-01T00:00:00.000Z" });
    const state = stackWith([known], [{ type: "updating", resource }]);
    const findings = await judged(state);
    expect(findings).toMatchObject([{ verdict: "refresh", id }]);
    const { resources } = (await applied(state, findings)).deployment;
    expect(resources?.find((one) => one.id === id)?.outputs).toMatchObject({
      endsAt: "2031-01-01T00:00:00.000Z",
    });
  });

  it("takes out of the state what an interrupted delete has deleted, unless others depend on it", async () => {
    const there = await live("there", await make({}));
    const gone = await live("gone", await make({ ends_at: "2031-01-01T00:00:00.000Z" }));
    emulator.edit.deleteAcsCredential(gone.id as string);
    const pending = [there, gone].map((resource): PendingOperation => ({ type: "deleting", resource }));
    const state = stackWith([there, gone], pending);
    const findings = await judged(state);
    expect(findings).toMatchObject([{ verdict: "clear" }, { verdict: "drop", id: gone.id }]);
    const { resources } = (await applied(state, findings)).deployment;
    expect(resources?.map(({ id }) => id)).toContain(there.id);
    expect(resources?.map(({ id }) => id)).not.toContain(gone.id);

    const dependent = { ...there, dependencies: [gone.urn] };
    const [, finding] = await judged(stackWith([gone, dependent], pending));
    expect(finding).toMatchObject({ verdict: "clear" });
    expect(finding?.explanation).toContain("pulumi refresh");
  });
});
