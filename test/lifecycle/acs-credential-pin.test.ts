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
