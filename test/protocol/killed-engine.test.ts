import { setTimeout as sleep } from "node:timers/promises";
import { startEmulator } from "../../emulator";
import { ProviderProcess } from "./provider-process";

const PROVIDER = 'exports.handler=()=>require("pulumi-seam/provider").AcsCredential';
const CREATE = "/acs/credentials/create";

describe("a provider process whose engine was killed", () => {
  it("sends no create a second time, and ends by itself", async () => {
    const seam = await startEmulator();
    const provider = await ProviderProcess.start({ "seam:apiKey": seam.apiKey, "seam:endpoint": seam.url });
    try {
      // Refused for a while: with its engine alive, the provider would send each of them again.
      seam.faults.add({ fault: "rate-limited", retryAfterSeconds: 1, route: CREATE });
      const creates = Array.from({ length: 5 }, (_, n) =>
        provider.create({
          __provider: PROVIDER,
          accessMethod: "code",
          acsUserId: seam.ids.acsUsers["salto-ks/ada"],
          code: String(1000 + n),
        }),
      );
      const answers = Promise.allSettled(creates);
      while (seam.requests.count(CREATE) === 0) await sleep(10);
      await provider.killEngine();
      const sent = seam.requests.count(CREATE);
      await endOf(provider);
      seam.faults.clear();
      expect(seam.credentials()).toEqual([]);
      // Those that had not been sent at all may have been, once.
      expect(seam.requests.count(CREATE)).toBeLessThanOrEqual(Math.max(sent, 5));
      await answers;
    } finally {
      await provider.stop();
      await seam.close();
    }
  });

  it("ends, too, when it has only checked and compared", async () => {
    const provider = await ProviderProcess.start({ "seam:apiKey": "seam_test_key" });
    try {
      const inputs = { __provider: PROVIDER, accessMethod: "code", acsUserId: "some" };
      await provider.check({}, inputs);
      await provider.killEngine();
      await endOf(provider);
    } finally {
      await provider.stop();
    }
  });
});

/** The end of a process that has nobody to work for any more. */
function endOf(provider: ProviderProcess): Promise<void> {
  const tooLong = sleep(15_000, undefined, { ref: false });
  return Promise.race([provider.ended(), tooLong.then(() => Promise.reject(new Error("still running")))]);
}
