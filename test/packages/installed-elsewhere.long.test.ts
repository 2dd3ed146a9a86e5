import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  assertChanges,
  assertNoChanges,
  type DefaultKeys,
  type Emulator,
  startEmulator,
  type TestStack,
  withStack,
} from "pulumi-seam/testing";
import { type Installer, Layouts } from "./layouts";

const SHORT = /^exports\.handler=\(\)=>require\("pulumi-seam\/provider"\)\.\w+$/;

let emulator: Emulator<DefaultKeys>;
let layouts: Layouts;
/** By installer: a project whose packages bring pulumi-seam along, and nobody puts it at the top. */
const nested = new Map<Installer, string>();
/** A project in which it is at the top. */
let top: string;

beforeAll(async () => {
  emulator = await startEmulator();
  layouts = await Layouts.create();
  const acme = {
    "acme-access": await layouts.acme("acme-access"),
    "acme-doors": await layouts.acme("acme-doors"),
  };
  nested.set("npm, nested", await layouts.project("nested", "npm, nested", acme));
  nested.set("pnpm", await layouts.project("pnpm", "pnpm", acme));
  top = await layouts.project("top", "npm", { ...acme, "pulumi-seam": layouts.pulumiSeam });
});
afterAll(async () => {
  await emulator?.close();
  await layouts?.remove();
});

/** Runs a test on a stack of the project in a folder. */
function deployed<T>(workDir: string, test: (stack: TestStack) => Promise<T>, config = {}): Promise<T> {
  const acsUserId = emulator.ids.acsUsers["salto-ks/ada"];
  return withStack({ emulator, workDir, config: { "stranger:acsUserId": acsUserId, ...config } }, test);
}

/** The `__provider` texts of the state, one a resource. */
async function texts(stack: TestStack): Promise<string[]> {
  const { deployment } = await stack.exportStack();
  const resources: { inputs?: { __provider?: string }; outputs?: { __provider?: string } }[] =
    deployment.resources;
  return resources.flatMap(({ outputs }) => outputs?.__provider ?? []);
}

/** A state with everything in it, left behind by a stack in one folder, taken up in another. */
async function movesTo(
  folders: { readonly from: string; readonly to: string },
  test: (stack: TestStack) => Promise<void>,
  config = {},
): Promise<void> {
  await deployed(folders.from, async (before) => {
    await before.up();
    const state = await before.exportStack();
    await deployed(
      folders.to,
      async (after) => {
        await after.importStack(state);
        await test(after);
      },
      config,
    );
    await before.importStack({ ...state, deployment: { ...state.deployment, resources: [] } });
  });
}

const ALL = { ada: "created", ben: "created", pin: "created" } as const;

describe.each(["npm, nested", "pnpm"] as const)(
  "where %s puts pulumi-seam below other packages",
  (installer) => {
    const folder = () => nested.get(installer) as string;

    it("a program is deployed, stays, is refreshed, changed and taken away", async () => {
      await deployed(folder(), async (stack) => {
        assertChanges(await stack.up(), ALL);
        assertNoChanges(await stack.preview());
        assertNoChanges(await stack.refresh());
        await stack.automation.setConfig("stranger:name", { value: "Ada Lovelace" });
        assertChanges(await stack.up(), { ada: "updated" });
        await stack.destroy();
      });
      expect(emulator.credentials()).toEqual([]);
    });

    it("its state serves on another machine, without the program", async () => {
      const to = await layouts.elsewhere(folder());
      await writeFile(join(to, "index.mjs"), 'throw new Error("The program was run.");');
      await movesTo({ from: folder(), to }, async (stack) => {
        for (const text of await texts(stack)) expect(text).not.toContain(layouts.root);
        assertNoChanges(await stack.refresh());
        await stack.destroy();
      });
      expect(emulator.credentials()).toEqual([]);
    });

    it("its state serves where pulumi-seam is at the top, without changes", async () => {
      await movesTo({ from: folder(), to: top }, async (stack) => {
        assertNoChanges(await stack.preview());
        assertNoChanges(await stack.refresh());
        await stack.destroy();
      });
      expect(emulator.credentials()).toEqual([]);
    });

    it("a state from where pulumi-seam is at the top learns the way by an up that sends nothing", async () => {
      await movesTo({ from: top, to: folder() }, async (stack) => {
        for (const text of await texts(stack)) expect(text).toMatch(SHORT);
        const before = emulator.requests.all().length;
        assertChanges(await stack.up(), { ada: "updated", ben: "updated", pin: "updated" });
        expect(emulator.requests.all().length).toBe(before);
        for (const text of await texts(stack)) expect(text).not.toMatch(SHORT);
        assertNoChanges(await stack.preview());
        assertNoChanges(await stack.refresh());
        await stack.destroy();
      });
      expect(emulator.credentials()).toEqual([]);
    });

    it("what goes in the very up that comes from where it is at the top is taken away", async () => {
      await movesTo(
        { from: top, to: folder() },
        async (stack) => {
          assertChanges(await stack.up(), { ada: "updated", ben: "deleted", pin: "updated" });
          await stack.destroy();
        },
        { "stranger:ben": "false" },
      );
    });
  },
);

describe("two versions of pulumi-seam in one program", () => {
  it.each([
    ["npm", /are run by \d+\.\d+\.\d+, which Pulumi finds from the program's folder/],
    ["pnpm", /Each runs the resources that are made with it/],
  ] as const)("work, and a warning tells both and which one runs what: %s", async (installer, tells) => {
    const folder = await layouts.project(`two-${installer}`, installer, {
      "acme-access": await layouts.acme("acme-access"),
      "acme-doors": await layouts.acme("acme-doors", await layouts.withVersion(`9.9.${installer.length}`)),
    });
    await deployed(folder, async (stack) => {
      const result = await stack.up();
      assertChanges(result, ALL);
      const warnings = result.diagnostics.filter(({ message }) => message.includes("several versions"));
      expect(warnings).toHaveLength(1);
      expect(warnings[0]?.message).toContain(`9.9.${installer.length} in `);
      expect(warnings[0]?.message).toMatch(tells);
      assertNoChanges(await stack.preview());
      await stack.destroy();
    });
  });
});

it("where the version at the top does not have a resource yet, one sentence says which to install", async () => {
  const folder = await layouts.project("older", "npm", {
    "acme-access": await layouts.acme("acme-access"),
    "acme-doors": await layouts.acme("acme-doors"),
    "pulumi-seam": await layouts.withVersion("0.0.9", "UserIdentity"),
  });
  await deployed(folder, async (stack) => {
    const error = String(await stack.preview().catch((reason: Error) => reason));
    expect(error).toMatch(
      /pulumi-seam 0\.0\.9 in .*older\/node_modules\/pulumi-seam, .* has no UserIdentity: install \d+\.\d+\.\d+ there, too\./,
    );
    expect(error).not.toMatch(/\n\s+at |unhandled/);
  });
});

it("where no dependency leads to pulumi-seam, one sentence says which package to add where", async () => {
  const folder = await layouts.project("no-way", "npm", {});
  const acme = join(nested.get("npm, nested") as string, "node_modules/acme-access/index.js");
  await writeFile(
    join(folder, "index.mjs"),
    `import { person } from ${JSON.stringify(acme)};\nperson("ada", "Ada Example");\n`,
  );
  await deployed(folder, async (stack) => {
    const error = String(await stack.preview().catch((reason: Error) => reason));
    expect(error).toMatch(
      /: add "pulumi-seam": "\d+\.\d+\.\d+" to the dependencies of the package\.json in .*no-way, and install\./,
    );
    expect(error).not.toMatch(/\n\s+at |unhandled/);
  });
});
