import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type DefaultKeys, type Emulator, startEmulator } from "../../emulator";
import { SECRET, SIGNATURE } from "../../provider/values/secret-mark";
import { assertNoChanges, assertRequests, type TestStack, withStack } from "../../sdk/testing";
import names from "./ids.json";

type Properties = Record<string, unknown>;

interface Resource {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly inputs?: Properties;
  readonly outputs?: Properties;
}

const RELEASES = readdirSync(__dirname).filter((name) => /^\d+\.\d+\.\d+$/.test(name));

/** States that older releases have written, of one program: users' stacks are like them, for ever. */
describe.each(RELEASES)("a state of release %s", (release) => {
  let emulator: Emulator<DefaultKeys>;

  beforeAll(async () => {
    emulator = await startEmulator();
  });
  afterAll(() => emulator.close());

  it("is previewed and refreshed without changes, and destroyed", async () => {
    const before = emulator.snapshot();
    const ids = Object.fromEntries(
      Object.entries(names).map(([name, [kind, key]]) => [
        name,
        (emulator.ids as unknown as Record<string, Record<string, string>>)[kind as string]?.[key as string],
      ]),
    );
    const config = { "upgrade:ids": JSON.stringify(ids) };
    await withStack({ emulator, workDir: join(__dirname, "program"), config }, async (stack) => {
      await stack.up();
      await becomeOlder(stack, release);
      emulator.requests.clear();
      assertNoChanges(await stack.preview());
      assertNoChanges(await stack.up());
      assertNoChanges(await stack.refresh());
      assertRequests(emulator, []);
      // The older release's list of secret outputs does not know what a refresh has added.
      expect(openValues(await stack.exportStack())).not.toMatch(
        /"(code|instantKeyUrl|clientSessionToken)":"/,
      );
      await becomeOlder(stack, release);
      await stack.destroy();
    });
    expect(emulator.snapshot()).toEqual(before);
  });
});

/**
 * Gives the stack the state that the older release would have, of the same objects in Seam. What the program has come to
 * declare since then stays as it is.
 */
async function becomeOlder(stack: TestStack, release: string): Promise<void> {
  const state = (await stack.exportStack()) as { deployment: { resources: Resource[] } };
  const file = join(__dirname, release, "state.json");
  const older = JSON.parse(readFileSync(file, "utf8")) as { resources: Resource[] };
  const present = new Map(state.deployment.resources.map((resource) => [keyOf(resource), resource]));
  const idOf = new Map<string, string>();
  for (const old of older.resources) {
    const now = present.get(keyOf(old));
    if (old.id && now?.id) idOf.set(old.id, now.id);
  }
  const resources = older.resources.map((old) => {
    const now = present.get(keyOf(old));
    if (!now) throw new Error(`the program no longer makes ${old.urn}`);
    if (now.type.startsWith("pulumi:providers:")) return now;
    return {
      ...old,
      ...(now.id && { id: now.id }),
      inputs: inputsOf(old.inputs, now.inputs),
      outputs: valuesOf(old.outputs, now.outputs),
    };
  });
  const known = new Set(older.resources.map(keyOf));
  const since = state.deployment.resources.filter((resource) => !known.has(keyOf(resource)));
  const text = [...idOf].reduce((all, [old, now]) => all.replaceAll(old, now), JSON.stringify(resources));
  await stack.importStack({
    ...state,
    deployment: { ...state.deployment, resources: [...JSON.parse(text), ...since] },
  } as never);
}

/** The state's text without what it keeps encrypted. */
function openValues(state: unknown): string {
  return JSON.stringify(state, (_, value) => (value?.[SIGNATURE] === SECRET ? "secret" : value)).replaceAll(
    ':"secret"',
    ":null",
  );
}

/** Memberships have had other names. */
function keyOf({ type, urn, inputs }: Resource): string {
  return type.endsWith("AcsAccessGroupMembership")
    ? `${urn.replace(/-(in|group)-.*/, "")} ${inputs?.["acsAccessGroupId"]}`
    : urn;
}

/** The inputs as the older release wrote them; only what is encrypted is as it is now. */
function inputsOf(old: Properties | undefined, now: Properties | undefined): Properties | undefined {
  return (
    old &&
    Object.fromEntries(
      Object.entries(old).map(([name, value]) => [
        name,
        JSON.stringify(value).includes(SIGNATURE) ? now?.[name] : value,
      ]),
    )
  );
}

/** The properties that the older release kept, and its own marks, with the values that they have now. */
function valuesOf(old: Properties | undefined, now: Properties | undefined): Properties | undefined {
  return (
    old &&
    Object.fromEntries(
      Object.entries(old).map(([name, value]) => [
        name,
        name.startsWith("__") ? value : (now?.[name] ?? value),
      ]),
    )
  );
}
