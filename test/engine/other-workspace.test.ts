import * as seam from "../../sdk";
import {
  assertNoChanges,
  type Emulator,
  startEmulator,
  type WorkspaceView,
  withStack,
} from "../../sdk/testing";
import { everything, idsOf, property, use } from "./two-workspaces";

describe("a stack of one workspace, run with the key of another", () => {
  let emulator: Emulator;
  let north: WorkspaceView;
  let south: WorkspaceView;
  let extra: string[];

  beforeEach(async () => {
    emulator = await startEmulator({ seed: { workspaces: [property("north"), property("south")] } });
    [north, south] = ["north", "south"].map((key) => emulator.workspaces.get(key)) as [
      WorkspaceView,
      WorkspaceView,
    ];
    extra = [];
  });
  afterEach(() => emulator.close());

  const changes = () =>
    [...emulator.requests].map(({ path }) => path).filter((path) => !/\/(get|list|list_\w+)$/.test(path));

  it("keeps everything in the state and in Seam, sends nothing that changes anything, and names both", async () => {
    const program = async () => everything(north, extra);
    const account = { url: emulator.url, apiKey: north.apiKey, workspaceId: north.workspaceId };
    await withStack({ emulator: account, program }, async (stack) => {
      await use(stack, north);
      await stack.up();
      const before = { state: await idsOf(stack), north: north.snapshot(), south: south.snapshot() };
      const named = new RegExp(
        `${north.workspaceId}.*stack config seam:apiKey.*"south workspace" \\(${south.workspaceId}, a sandbox\\)`,
        "s",
      );
      await use(stack, south);
      emulator.requests.clear();

      await expect(stack.refresh({ runProgram: true })).rejects.toThrow(named);
      await expect(stack.destroy({ runProgram: true })).rejects.toThrow(named);
      extra.push("new");
      await expect(stack.up()).rejects.toThrow(named);
      extra.length = 0;

      expect(changes()).toEqual([]);
      expect(await idsOf(stack)).toEqual(before.state);
      expect({ north: north.snapshot(), south: south.snapshot() }).toEqual({
        north: before.north,
        south: before.south,
      });
      // Each process asks whose key it has no more than once.
      expect(emulator.requests.count("/workspaces/get")).toBeLessThanOrEqual(3);

      emulator.requests.clear();
      assertNoChanges(await stack.preview());
      expect(emulator.requests.count()).toBe(0);

      await use(stack, north);
      assertNoChanges(await stack.up());
    });
    expect(north.snapshot().acs_users).toHaveLength(1);
  });

  it("checks a workspace that is set beside the key before it does anything in Seam", async () => {
    const program = async () => {
      new seam.UserIdentity("first", { fullName: "first" });
    };
    const account = { url: emulator.url, apiKey: south.apiKey, workspaceId: north.workspaceId };
    await withStack({ emulator: account, program }, async (stack) => {
      await expect(stack.up()).rejects.toThrow(
        new RegExp(`seam:workspaceId asks for workspace ${north.workspaceId}`),
      );
      expect(south.snapshot().user_identities).toEqual([]);
    });
    const looking = async () => {
      const { acsSystemId } = seam.getAcsSystemOutput({ name: "Salto ks site" });
      new seam.AcsUser("user", { acsSystemId, fullName: "Bob Example" });
    };
    await withStack({ emulator: account, program: looking }, async (stack) => {
      await expect(stack.preview()).rejects.toThrow(/seam:workspaceId asks for workspace/);
    });
  });
});
