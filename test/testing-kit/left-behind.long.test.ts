import { existsSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import * as seam from "pulumi-seam";
import {
  type DefaultKeys,
  type Emulator,
  startEmulator,
  type TestStack,
  withStack,
} from "pulumi-seam/testing";

/** Whatever a test does, nothing of its stack is left on this machine, nor in a Seam that outlives the test. */
describe("withStack, after a test", () => {
  let emulator: Emulator<DefaultKeys>;
  let folder: string;

  beforeEach(async () => {
    emulator = await startEmulator();
  });
  afterEach(() => emulator.close());

  const program = async () =>
    void new seam.AcsCredential("pin", {
      accessMethod: "code",
      acsUserId: emulator.ids.acsUsers["salto-ks/ada"],
      allowedAcsEntranceIds: [emulator.ids.acsEntrances["salto-ks/front-door"]],
      endsAt: "2030-06-23T12:35:01Z",
    });

  function onStack<T>(test: (stack: TestStack) => Promise<T>, target: object = {}): Promise<T> {
    return withStack({ emulator: { ...emulator, ...target }, program }, (stack) => {
      folder = stack.automation.workspace.workDir;
      return test(stack);
    });
  }

  async function expectNothingLeft(): Promise<void> {
    expect(emulator.credentials()).toEqual([]);
    expect(existsSync(folder)).toBe(false);
    await sleep(1_000);
    expect(emulator.credentials()).toEqual([]);
    expect(existsSync(folder)).toBe(false);
  }

  it("that did not await its command: waits for it, destroys what it made, and says what to await", async () => {
    const running = onStack(async (stack) => {
      void stack.up();
      void stack.exportStack();
    });
    await expect(running).rejects.toThrow(
      "The test ended while `pulumi up` and `pulumi stack export` still ran: await what the stack's methods return.",
    );
    expect(emulator.requests.count("/acs/credentials/create")).toBe(1);
    await expectNothingLeft();
  });

  it("that failed beside its command: waits for it, destroys what it made, and passes the failure on", async () => {
    const failure = new Error("the other half");
    const running = onStack((stack) =>
      Promise.all([stack.up(), sleep(500).then(() => Promise.reject(failure))]),
    );
    await expect(running).rejects.toBe(failure);
    await expectNothingLeft();
  });

  it("that goes on in the background: lets no other command begin", async () => {
    let later: Promise<unknown> | undefined;
    const failure = new Error("the other half");
    const running = onStack((stack) => {
      later = stack.up().then(() => stack.up());
      later.catch(() => undefined);
      return Promise.reject(failure);
    });
    await expect(running).rejects.toBe(failure);
    await expect(later).rejects.toThrow("pulumi up: the test that this stack was made for has ended");
    await expectNothingLeft();
  });

  it("that deployed with the Automation API itself: destroys that, too", async () => {
    await onStack((stack) => stack.automation.up());
    await expectNothingLeft();
  });

  it("that left a fault on: destroys without it, shows the failure soon, and leaves the fault to the emulator", async () => {
    const failure = new Error("from the test");
    const started = Date.now();
    const running = onStack(async (stack) => {
      await stack.up();
      emulator.faults.add({ fault: "timeout-before-work" });
      throw failure;
    });
    await expect(running).rejects.toBe(failure);
    expect(Date.now() - started).toBeLessThan(30_000);
    expect(emulator.faults.list()).toMatchObject([{ rule: { fault: "timeout-before-work" }, calls: 0 }]);
    await expectNothingLeft();
  });

  describe("on a Seam that answers no more", () => {
    /** The 90 seconds without a sign of life, in two. */
    beforeEach(() => {
      const { setTimeout: real } = globalThis;
      const shorter = (work: () => void, ms?: number) => real(work, ms === 90_000 ? 2_000 : ms);
      jest.spyOn(globalThis, "setTimeout").mockImplementation(shorter as typeof setTimeout);
    });
    afterEach(() => jest.restoreAllMocks());

    const deployed = async (stack: TestStack) => {
      await stack.up();
      emulator.faults.add({ fault: "timeout-before-work" });
    };
    const elsewhere = { faults: undefined };

    it("gives up, and says where something may be left", async () => {
      await expect(onStack(deployed, elsewhere)).rejects.toThrow(
        `for 90 s nothing was done to any resource. What the test deployed may still be in the Seam at ${emulator.url}`,
      );
      expect(existsSync(folder)).toBe(false);
    });

    it("shows a failure of the test, and the rest as a warning", async () => {
      const warn = jest.spyOn(process, "emitWarning").mockImplementation();
      const failure = new Error("from the test");
      const failing = (stack: TestStack) => deployed(stack).then(() => Promise.reject(failure));
      await expect(onStack(failing, elsewhere)).rejects.toBe(failure);
      expect(warn).toHaveBeenCalledWith(
        expect.stringContaining("After a failed test: Error: The stack could not"),
      );
      expect(existsSync(folder)).toBe(false);
    });
  });
});
