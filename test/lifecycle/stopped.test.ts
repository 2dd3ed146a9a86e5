import { type DefaultKeys, type Emulator, startEmulator } from "../../emulator";
import { createClient, type SeamClient } from "../../provider/http/client";
import { type Patience, withPatience } from "../../provider/http/patience";
import { ComingUsers } from "../../provider/lifecycle/coming-users";
import { Run } from "../../provider/lifecycle/run";
import { acsCredential } from "../../provider/resources/acs-credential";
import { userIdentity } from "../../provider/resources/user-identity";

const soon = (): readonly [string, Patience, RegExp][] => [
  ["the run is cancelled", { cancelled: AbortSignal.timeout(300) }, /The run was cancelled/],
  ["the time of the resource's options is over", { endsAt: Date.now() + 300 }, /customTimeouts/],
];
const REASONS = soon().map(([reason]) => reason);
const within = (reason: string) =>
  soon().find(([name]) => name === reason) as ReturnType<typeof soon>[number];

describe.each(REASONS)("a wait ends when %s", (reason) => {
  let emulator: Emulator<DefaultKeys>;
  let seam: SeamClient;

  beforeEach(async () => {
    emulator = await startEmulator({ delays: { deletionMs: 3_600_000 } });
    seam = createClient({ endpoint: emulator.url, token: emulator.apiKey });
  });
  afterEach(async () => {
    await seam.close();
    await emulator.close();
  });

  it("for a user that another resource makes, and nothing is given to the identity", async () => {
    const users = new ComingUsers();
    users.announce("ada", "identity");
    const create = jest.fn();
    const [, patience, message] = within(reason);
    const waiting = withPatience(patience, () => users.whileNoneComes("identity", create));
    await expect(waiting).rejects.toThrow(message);
    expect(create).not.toHaveBeenCalled();
  });

  it("for an address that another resource gives up", async () => {
    const run = new Run();
    const [gus, ann] = await Promise.all(
      ["gus", "ann"].map((name) =>
        userIdentity.create(seam, { fullName: name, emailAddress: `${name}@example.com` }, run),
      ),
    );
    run.givesUp("emailAddress gus@example.com", String(gus?.id));
    const news = { fullName: "ann", emailAddress: "gus@example.com" };
    const [, patience] = within(reason);
    const began = Date.now();
    const update = () => userIdentity.update(seam, String(ann?.id), ann?.outputs ?? {}, news, run);
    await expect(withPatience(patience, update)).rejects.toThrow();
    expect(Date.now() - began).toBeLessThan(3_000);
  });

  it("for a deleted object to go, and the message does not say that it took a minute", async () => {
    const run = new Run();
    const inputs = { accessMethod: "card", acsUserId: emulator.ids.acsUsers["salto-ks/ada"] };
    const { id, outputs } = await acsCredential.create(seam, inputs, run);
    const [, patience, message] = within(reason);
    const remove = () => acsCredential.remove(seam, id, outputs, { run, awaitGone: true });
    const refusal = await withPatience(patience, remove).catch((error) => error);
    expect(refusal.message).toMatch(message);
    expect(refusal.message).not.toContain("60 s");
  });
});
