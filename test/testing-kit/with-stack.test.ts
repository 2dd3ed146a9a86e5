import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import * as seam from "pulumi-seam";
import { type DefaultKeys, type Emulator, StackError, startEmulator, withStack } from "pulumi-seam/testing";

describe("withStack", () => {
  let emulator: Emulator<DefaultKeys>;
  let args: seam.AcsCredentialArgs;
  let stateFile: string;

  beforeEach(async () => {
    emulator = await startEmulator();
    args = {
      accessMethod: "code",
      acsUserId: emulator.ids.acsUsers["salto-ks/ada"],
      allowedAcsEntranceIds: [emulator.ids.acsEntrances["salto-ks/front-door"]],
      endsAt: "2030-06-23T12:35:01Z",
    };
  });
  afterEach(() => emulator.close());

  it("tells of each command what it did, and leaves nothing behind", async () => {
    const program = async () => {
      const pin = new seam.AcsCredential("pin", args);
      return { id: pin.acsCredentialId, until: pin.endsAt, hidden: pulumi.secret(["a"]) };
    };
    const returned = await withStack({ emulator, program }, async (stack) => {
      stateFile = stack.stateFile;
      const up = await stack.up();
      expect(isLeft(stateFile)).toBe(true);
      const [credential] = emulator.credentials();
      expect(up.operations).toEqual([
        {
          urn: "urn:pulumi:test::test::pulumi-nodejs:dynamic/seam:AcsCredential::pin",
          name: "pin",
          type: "pulumi-nodejs:dynamic/seam:AcsCredential",
          op: "create",
          diffs: [],
          failed: false,
        },
      ]);
      expect(up.outputs).toEqual({
        id: credential?.acs_credential_id,
        until: "2030-06-23T12:35:01.000Z",
        hidden: ["a"],
      });

      expect((await stack.preview()).operations.map(({ op }) => op)).toEqual(["same"]);

      args = { ...args, endsAt: "2030-07-01T00:00:00Z" };
      const preview = await stack.preview();
      expect(preview.operations).toMatchObject([{ name: "pin", op: "update", diffs: ["endsAt"] }]);
      args = { ...args, allowedAcsEntranceIds: [emulator.ids.acsEntrances["salto-ks/garage"]] };
      expect((await stack.up()).operations.map(({ op }) => op)).toEqual([
        "create-replacement",
        "replace",
        "delete-replaced",
      ]);

      const id = emulator.credentials()[0]?.acs_credential_id ?? "";
      emulator.edit.acsCredential(id, { ends_at: "2030-07-02T00:00:00.000Z" });
      expect((await stack.refresh()).operations).toMatchObject([{ name: "pin", op: "update" }]);
      return "what the test returns";
    });
    expect(returned).toBe("what the test returns");
    expect(emulator.credentials()).toEqual([]);
    expect(isLeft(stateFile)).toBe(false);
  });

  it("destroys what a failing test deployed, protected resources too, and passes its error on", async () => {
    const program = async () => void new seam.AcsCredential("pin", args, { protect: true });
    const failure = new Error("from the test");
    const running = withStack({ emulator, program }, async (stack) => {
      stateFile = stack.stateFile;
      await stack.up();
      expect(emulator.credentials()).toHaveLength(1);
      throw failure;
    });
    await expect(running).rejects.toBe(failure);
    expect(emulator.credentials()).toEqual([]);
    expect(isLeft(stateFile)).toBe(false);
  });

  it("fails when the stack cannot be destroyed after a test that passed", async () => {
    const program = async () => void new seam.AcsCredential("pin", args);
    const running = withStack({ emulator, program }, async (stack) => {
      stateFile = stack.stateFile;
      await stack.up();
      await emulator.close();
    });
    await expect(running).rejects.toThrow(/pulumi destroy failed:[\s\S]*delete AcsCredential/);
    expect(isLeft(stateFile)).toBe(false);
  });

  it("reports a command that fails with every error that Pulumi printed", async () => {
    const program = async () => {
      const first = new seam.AcsCredential("first", args);
      new seam.AcsCredential("second", { ...args, endsAt: "tomorrow" } as never, { dependsOn: first });
    };
    await withStack({ emulator, program }, async (stack) => {
      const error = await stack.up().catch((thrown: unknown) => thrown as StackError);
      expect(error).toBeInstanceOf(StackError);
      expect(error).toMatchObject({
        command: "up",
        message: expect.stringMatching(/^pulumi up failed:\n.*::second: .*endsAt/),
        operations: expect.arrayContaining([
          expect.objectContaining({ name: "first", op: "create", failed: false }),
        ]),
        diagnostics: expect.arrayContaining([expect.objectContaining({ severity: "error" })]),
      });
    });
  });

  it("gives the program its config, and Seam's key as a secret", async () => {
    const program = async () => {
      const config = new pulumi.Config("hotel");
      new seam.AcsCredential("pin", { ...args, code: config.requireSecret("pin") });
      return {
        floor: config.require("floor"),
        endpoint: new pulumi.Config("seam").require("endpoint"),
      };
    };
    const config = { "hotel:floor": "2", "hotel:pin": { value: "73105", secret: true } };
    await withStack({ emulator, program, config }, async (stack) => {
      expect((await stack.up()).outputs).toEqual({ floor: "2", endpoint: emulator.url });
      expect(emulator.credentials()).toMatchObject([{ code: "73105" }]);
      const state = readFileSync(stack.stateFile, "utf8");
      expect(state).toContain("AcsCredential");
      expect(state).not.toContain("73105");
      expect(state).not.toContain(emulator.apiKey);
      const { "seam:apiKey": key } = await stack.automation.getAllConfig();
      expect(key).toEqual({ value: emulator.apiKey, secret: true });
    });
  });

  it("says which key of the config is wrong, and shows no value", async () => {
    const config = { "hotel:a:b": { value: "73105", secret: true } };
    const running = withStack({ emulator, program: async () => {}, config }, async () => {});
    const message = await running.then(String, (error: Error) => error.message);
    expect(message).toMatch(/^Pulumi does not take the stack's config: .*hotel:a:b/);
    expect(message).not.toContain("73105");
    expect(message).not.toContain(emulator.apiKey);
  });

  it("runs the project in a folder and writes nothing into it", async () => {
    const workDir = join(__dirname, "project");
    const files = () => readdirSync(workDir).sort();
    const untouched = files();
    const acsUserId = emulator.ids.acsUsers["salto-ks/ben"];
    await withStack({ emulator, workDir, config: { "hotel:acsUserId": acsUserId } }, async (stack) => {
      const { outputs } = await stack.up();
      expect(outputs).toEqual({ folder: workDir, project: "hotel", acsUserId, floor: "ground" });
      expect(files()).toEqual(untouched);
    });
    expect(files()).toEqual(untouched);
    expect(existsSync(join(workDir, "Pulumi.test.yaml"))).toBe(false);
  });

  it.each([
    ["there is none", undefined, ""],
    ["it is too old", "echo v3.253.9", "\n  not BIN: 3.253.9 is older than 3.254.0"],
    ["it is broken", "exit 1", '\n  not BIN: "pulumi version" prints no version'],
    [
      "it is incomplete",
      "echo v3.259.0",
      "\n  not BIN: 3.259.0 lacks pulumi-language-nodejs and pulumi-resource-pulumi-nodejs",
    ],
  ])("says why no Pulumi CLI can be used, and what to do, when %s", (_case, script, reason) => {
    const bin = mkdtempSync(join(tmpdir(), "pulumi-cli-"));
    if (script !== undefined) writeFileSync(join(bin, "pulumi"), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    const test = `require("pulumi-seam/testing").withStack({ emulator: {}, program: async () => {} }, async () => {})`;
    const { stderr } = spawnSync(process.execPath, ["--eval", test], {
      encoding: "utf8",
      env: { HOME: bin, PATH: bin, TMPDIR: bin },
      timeout: 20_000,
    });
    const left = readdirSync(bin);
    rmSync(bin, { recursive: true });
    expect(stderr).toContain(
      `Error: No usable Pulumi CLI is on PATH or under ~/.pulumi/versions.${reason.replace("BIN", bin)}\n` +
        "Install 3.254.0 or newer from https://www.pulumi.com/docs/install/ and put it on PATH.\n",
    );
    expect(left).toEqual(script === undefined ? [] : ["pulumi"]);
  });
});

/** Whether the stack's temporary folder, of which the state file is a part, is still there. */
function isLeft(stateFile: string): boolean {
  return existsSync(join(stateFile, "../../../../.."));
}
