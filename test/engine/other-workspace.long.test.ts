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

  it("moves a resource from one explicit provider to another of the same workspace, and to no other one", async () => {
    let owner: "north" | "token" | "south" = "north";
    const program = async () => {
      const { url: endpoint, personalAccessToken } = emulator;
      const { workspaceId } = north;
      const providers = {
        north: new seam.Provider("north", { apiKey: north.apiKey, endpoint }),
        token: new seam.Provider("token", { personalAccessToken, workspaceId, endpoint }),
        south: new seam.Provider("south", { apiKey: south.apiKey, endpoint }),
      };
      new seam.UserIdentity("guest", { fullName: "Gus Guest" }, { provider: providers[owner] });
    };
    const account = { url: emulator.url, apiKey: north.apiKey, workspaceId: north.workspaceId };
    await withStack({ emulator: account, program }, async (stack) => {
      await stack.up();
      owner = "token";
      await stack.up();
      assertNoChanges(await stack.refresh());

      owner = "south";
      await stack.up();
      await expect(stack.refresh()).rejects.toThrow(/needs a new name there/);
      owner = "north";
      await stack.up();
      assertNoChanges(await stack.refresh());
      expect([north, south].map((one) => one.snapshot().user_identities.length)).toEqual([1, 0]);
    });
  });

  it("takes nothing out of the state when the key has lost its rights", async () => {
    const program = async () => everything(north, extra);
    const account = { url: emulator.url, apiKey: north.apiKey, workspaceId: north.workspaceId };
    await withStack({ emulator: account, program }, async (stack) => {
      await stack.up();
      const before = await idsOf(stack);
      const rules = [
        emulator.faults.add({
          fault: "answer",
          status: 403,
          body: { error: { type: "forbidden", message: "no" }, ok: false },
        }),
      ];
      await expect(stack.refresh()).rejects.toThrow(/403 forbidden/);
      for (const rule of rules) emulator.faults.remove(rule);
      // A key that sees nothing in lists, and is refused what it asks for by id.
      emulator.faults.add({
        fault: "answer",
        status: 200,
        body: {
          acs_access_groups: [],
          acs_credentials: [],
          acs_users: [],
          user_identities: [],
          access_grants: [],
          ok: true,
        },
        route: ["*/list", "*/list_users"],
      });
      emulator.faults.add({
        fault: "answer",
        status: 401,
        body: { error: { type: "unauthorized", message: "no" }, ok: false },
        route: "*/get",
      });
      await expect(stack.refresh()).rejects.toThrow(/401 unauthorized/);
      emulator.faults.clear();
      expect(await idsOf(stack)).toEqual(before);
    });
  });

  it("takes nothing away when a line is taken out, and does so once the key is right again", async () => {
    let names = ["a", "b"];
    const program = async () => {
      for (const name of names) new seam.UserIdentity(name, { fullName: name });
    };
    const account = { url: emulator.url, apiKey: north.apiKey, workspaceId: north.workspaceId };
    await withStack({ emulator: account, program }, async (stack) => {
      await use(stack, north);
      await stack.up();
      names = ["a"];
      await use(stack, south);
      await expect(stack.up()).rejects.toThrow(south.workspaceId);
      expect(north.snapshot().user_identities).toHaveLength(2);
      await use(stack, north);
      await stack.up();
      expect(north.snapshot().user_identities).toHaveLength(1);
    });
  });
});
