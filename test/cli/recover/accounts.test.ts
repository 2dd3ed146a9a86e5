import { asSecret } from "../../../cli/stack-state";
import { creating, emulator, judged, live, make, PROVIDER, stackWith, start, stop } from "./interrupted";

beforeEach(() => start());
afterEach(() => stop());

describe("recover, with several accounts or keys", () => {
  it("looks in the account of the explicit provider that the create ran in", async () => {
    const id = await make({});
    const explicit = {
      urn: "urn:pulumi:dev::hotel::pulumi:providers:pulumi-nodejs::annex",
      type: "pulumi:providers:pulumi-nodejs",
      id: "annex-1",
      inputs: { "seam:apiKey": asSecret(emulator.apiKey), "seam:endpoint": emulator.url },
    };
    const pending = creating("pin", {});
    pending.resource.provider = `${explicit.urn}::annex-0`;
    const state = stackWith(
      [explicit],
      [{ ...pending, resource: { ...pending.resource, provider: `${explicit.urn}::annex-1` } }],
    );
    const findings = await judged(state, { config: { "seam:apiKey": "seam_test1Wrong_key" } });
    expect(findings).toMatchObject([{ verdict: "import", id }]);
  });

  it("uses the key that the stack's config has now, not the one of the last run", async () => {
    const id = await make({});
    const state = stackWith([], [creating("pin", {})]);
    const [provider] = state.deployment.resources?.filter(({ urn }) => urn === PROVIDER) ?? [];
    Object.assign(provider ?? {}, { inputs: { "seam:apiKey": asSecret("seam_test1Rotated_away") } });
    expect(await judged(state)).toMatchObject([{ verdict: "import", id }]);
  });

  it("does nothing with the key of another workspace than the stack's", async () => {
    const id = await make({});
    const known = await live("pin", id);
    const elsewhere = {
      ...known,
      outputs: { ...known.outputs, workspaceId: "c0ffee00-0000-4000-8000-000000000000" },
    };
    await expect(judged(stackWith([elsewhere], [creating("other", {})]))).rejects.toThrow(
      /this stack has pin in workspace c0ffee00/,
    );
  });
});
