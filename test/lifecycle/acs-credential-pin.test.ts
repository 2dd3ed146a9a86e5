import { startEmulator } from "../../emulator";
import { createClient } from "../../provider/http/client";
import { Run } from "../../provider/lifecycle/run";
import { acsCredential } from "../../provider/resources/acs-credential";

const PEOPLE = ["ann", "bob", "cay"];

it("waits for PINs that never come once in a run, not with everybody, and says so", async () => {
  const emulator = await startEmulator({
    seed: {
      workspaces: [
        {
          key: "main",
          acs_systems: [
            {
              key: "site",
              kind: "salto_ks",
              rules: { generatesCode: false },
              users: PEOPLE.map((key) => ({ key, full_name: `${key} Example` })),
            },
          ],
        },
      ],
    },
  });
  const seam = createClient({ endpoint: emulator.url, token: emulator.apiKey });
  const notices: string[] = [];
  const run = new Run((text) => notices.push(text));
  const secondsOf = async (...people: string[]) => {
    const begin = Date.now();
    const create = (key: string) =>
      acsCredential.create(
        seam,
        { accessMethod: "code", acsUserId: emulator.ids.acsUsers[`site/${key}`] as string },
        run,
      );
    await Promise.all(people.map(create));
    return (Date.now() - begin) / 1000;
  };
  try {
    expect(await secondsOf("ann", "bob")).toBeGreaterThan(10);
    expect(notices).toHaveLength(2);
    expect(notices[0]).toMatch(/has no PIN: .*declare `code`/);
    expect(await secondsOf("cay")).toBeLessThan(5);
  } finally {
    await seam.close();
    await emulator.close();
  }
}, 60_000);

it("looks once more for a PIN that does not come, then shows no change until a refresh finds one", async () => {
  const emulator = await startEmulator({ delays: { codeMs: 3_600_000 }, clock: new Date().toISOString() });
  const seam = createClient({ endpoint: emulator.url, token: emulator.apiKey });
  const inputs = { accessMethod: "code", acsUserId: emulator.ids.acsUsers["salto-ks/ada"] };
  const run = new Run();
  // Waited for in vain before, so that this test need not wait.
  for (let times = 0; times < 2; times++) run.inVain(`PINs of ${emulator.ids.acsSystems["salto-ks"]}`);
  try {
    const { id, outputs } = await acsCredential.create(seam, inputs, run);
    expect(acsCredential.diff(outputs, inputs).changed).toBe(true);
    const updated = await acsCredential.update(seam, id, outputs, inputs, run);
    expect(acsCredential.diff(updated, inputs).changed).toBe(false);
    const refreshed = await acsCredential.read(seam, id, updated, run);
    expect(acsCredential.diff(refreshed?.outputs ?? {}, inputs).changed).toBe(false);
    emulator.clock.advance(3_600_000);
    const found = await acsCredential.read(seam, id, refreshed?.outputs ?? {}, run);
    expect(found?.outputs["code"]).toMatch(/^\d+$/);
    expect(acsCredential.diff(found?.outputs ?? {}, inputs).changed).toBe(false);
  } finally {
    await seam.close();
    await emulator.close();
  }
});
