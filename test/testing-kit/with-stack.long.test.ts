import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import * as seam from "pulumi-seam";
import { type DefaultKeys, type Emulator, startEmulator, withStack } from "pulumi-seam/testing";

describe("withStack", () => {
  let emulator: Emulator<DefaultKeys>;
  let args: seam.AcsCredentialArgs;

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

  it("gives the program every value of its config as it is, a text that looks like a number too", async () => {
    const texts = ["2", "007", "1e3", "true", "null", "", "a.b[0]", "Zoë: #1"];
    const objects = { rooms: [{ number: 101, isSuite: true, keys: ["101"] }], "a.b": { floor: "2" } };
    const pins = ["0042", "73105"];
    const program = async () => {
      const config = new pulumi.Config("hotel");
      return {
        texts: config.requireObject("texts"),
        objects: config.requireObject("objects"),
        pins: config.requireSecretObject("pins"),
        floor: config.requireNumber("floor"),
        isOpen: config.requireBoolean("isOpen"),
        empty: config.require("empty"),
        none: config.requireObject("none"),
      };
    };
    const config = {
      "hotel:texts": texts,
      "hotel:objects": { value: objects },
      "hotel:pins": { value: pins, secret: true },
      "hotel:floor": 2,
      "hotel:isOpen": true,
      "hotel:empty": "",
      "hotel:none": [],
    };
    await withStack({ emulator, program, config }, async (stack) => {
      const { outputs } = await stack.up();
      expect(outputs).toEqual({ texts, objects, pins, floor: 2, isOpen: true, empty: "", none: [] });
      expect(readFileSync(stack.stateFile, "utf8")).not.toContain("73105");
    });
  });

  it("runs two stacks at the same time, each with its own program and Seam", async () => {
    const other = await startEmulator();
    const deploy = (target: Emulator<DefaultKeys>, name: string) =>
      withStack(
        { emulator: target, program: async () => void new seam.AcsCredential(name, args) },
        async (stack) => {
          const { operations } = await stack.up();
          return { names: operations.map((operation) => operation.name), there: target.credentials().length };
        },
      );
    const both = await Promise.all([deploy(emulator, "one"), deploy(other, "two")]);
    await other.close();
    expect(both).toEqual([
      { names: ["one"], there: 1 },
      { names: ["two"], there: 1 },
    ]);
  });
});

/** Whether the stack's temporary folder, of which the state file is a part, is still there. */
function _isLeft(stateFile: string): boolean {
  return existsSync(join(stateFile, "../../../../.."));
}
