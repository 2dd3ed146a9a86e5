import * as fs from "node:fs";
import * as path from "node:path";
import {
  type DefaultKeys,
  type Emulator,
  type FaultRule,
  startEmulator,
  type TestStack,
  withStack,
} from "../../sdk/testing";

/** Found nowhere by accident; whatever holds one of them has leaked. */
const PIN = "8264091735";
const NEXT_PIN = "6019283745";
const GRANT_PIN = "739150284";
/** In what the emulator gives for a mobile key: the link, and the app's token. */
const MOBILE_KEYS = ["/instant-keys/", "seam_cst1"];

/** Where installing the package puts the plugin. */
const PLUGIN = path.join(__dirname, "../../node_modules/.bin/pulumi-resource-seam");

let emulator: Emulator<DefaultKeys>;

/** Answers that repeat what they were sent, or what they hold, in every way. */
function faults(...pins: string[]): FaultRule[] {
  const echo = `The code ${pins.join(" or ")} is taken`;
  return [
    {
      fault: "answer",
      status: 400,
      body: {
        error: { type: "invalid_input", message: echo, validation_errors: { code: { _errors: [echo] } } },
        ok: false,
      },
    },
    { fault: "answer", status: 409, body: { error: { type: "conflict", message: echo }, ok: false } },
    { fault: "answer", status: 404, body: `<html>${echo}</html>` },
    { fault: "answer", status: 200, body: `{"acs_credential":{"code":"${pins[0]}"` },
    {
      fault: "answer",
      status: 200,
      body: { acs_credential: { acs_credential_id: 7, code: pins.at(-1) }, ok: true },
    },
    { fault: "truncated-json" },
    { fault: "reset-after-work" },
    { fault: "answer", status: 302, headers: { location: `http://127.0.0.1:9/?code=${pins[0]}` } },
  ];
}

/** Everything that a command has printed or thrown. */
async function written(run: (onOutput: (text: string) => void) => Promise<unknown>): Promise<string> {
  let text = "";
  const onOutput = (chunk: string) => {
    text += chunk;
  };
  await run(onOutput).catch((error: Error) => {
    text += `${error.message}\n${error.stack}\n${JSON.stringify(error)}`;
  });
  return text;
}

/** Every file below the stack's temporary folder: state, history, backups, Pulumi's home. */
function filesOf(stack: TestStack): string {
  const root = path.join(stack.stateFile, "../../../../..");
  return fs
    .readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes(`${path.sep}program${path.sep}`))
    .map((entry) => fs.readFileSync(path.join(entry.parentPath, entry.name), "latin1"))
    .join("\n");
}

/** The suite, for programs that come to the provider by one of its two doors. */
export function keepsSecrets(door: "classes" | "plugin"): void {
  beforeAll(async () => {
    emulator = await startEmulator();
    // As installing the package does; a build leaves it a plain file.
    fs.chmodSync(PLUGIN, 0o755);
  });
  afterAll(() => emulator?.close());

  describe(`no PIN and no key is ever written in clear, by the ${door}`, () => {
    it("by any command, with or without faults, to output, errors, state or other files", async () => {
      const people = ["ada", "ben", "cleo", "dan", "eve", "finn"] as const;
      const acsUserIds = faults().map(
        (_, n) => emulator.ids.acsUsers[`salto-ks/${people[n % people.length] as "ada"}`],
      );

      const config = {
        door,
        acsUserIds: JSON.stringify(acsUserIds),
        code: { value: PIN, secret: true },
        grantCode: { value: GRANT_PIN, secret: true },
        userIdentityId: emulator.ids.userIdentities.ada,
        acsEntranceId: emulator.ids.acsEntrances["salto-ks/front-door"],
      };
      const env = {
        PULUMI_SKIP_CHECKPOINTS: "false",
        PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS: "false",
        PATH: [path.dirname(PLUGIN), process.env["PATH"]].join(path.delimiter),
      };
      await withStack({ emulator, workDir: path.join(__dirname, "secrets"), config, env }, async (stack) => {
        type Print = (text: string) => void;
        // Without --debug: that prints what the Pulumi SDK sends to the engine, secrets included.
        const commands = {
          preview: (onOutput: Print) => stack.preview({ onOutput, onError: onOutput, diff: true }),
          up: (onOutput: Print) =>
            stack.up({ onOutput, onError: onOutput, diff: true, continueOnError: true }),
          refresh: (onOutput: Print) => stack.refresh({ onOutput, onError: onOutput }),
          destroy: (onOutput: Print) => stack.destroy({ onOutput, onError: onOutput, continueOnError: true }),
        };
        const play = (route: string | readonly string[], ...pins: string[]) => {
          emulator.faults.clear();
          faults(...pins).forEach((fault, n) => {
            emulator.faults.add({ ...fault, route, call: n + 1 });
          });
        };
        const setCode = (value: string) => stack.automation.setConfig("code", { value, secret: true });
        let output = "";
        play("/acs/credentials/create", PIN);
        output += await written(commands.up);
        emulator.faults.clear();
        output += await written(commands.preview);
        output += await written(commands.up);
        expect(emulator.accessGrants()).toHaveLength(1);
        await setCode(NEXT_PIN);
        play(["/acs/credentials/update", "/acs/credentials/get"], PIN, NEXT_PIN);
        output += await written(commands.up);
        emulator.faults.clear();
        output += await written(commands.up);
        // From here on Seam knows the new PIN only.
        play(["/acs/credentials/get", "/acs/credentials/list"], NEXT_PIN);
        output += await written(commands.refresh);
        play("/acs/credentials/delete", NEXT_PIN);
        output += await written(commands.destroy);
        emulator.faults.clear();
        await setCode(`no digits ${PIN}`);
        output += await written(commands.preview);
        const files = filesOf(stack);
        output += await written(commands.destroy);

        // The test looks in the right places: what is no secret is there.
        expect(output).toContain("is taken");
        expect(output).toContain("2036-01-01T00:00:00.000Z");
        expect(files).toContain("2036-01-01T00:00:00.000Z");
        expect(files.length).toBeGreaterThan(10_000);
        for (const [where, text] of [
          ["output", output],
          ["files", files],
        ] as const) {
          for (const secret of [PIN, NEXT_PIN, GRANT_PIN, ...MOBILE_KEYS, emulator.apiKey]) {
            const at = text.indexOf(secret);
            expect(at < 0 ? "" : `${where}: ${text.slice(Math.max(0, at - 200), at + 50)}`).toBe("");
          }
        }
      });
    }, 300_000);

    it("keeps PINs out of the emulator's record of requests", () => {
      expect(emulator.requests.count("/acs/credentials/create")).toBeGreaterThan(0);
      expect(JSON.stringify(emulator.requests.all())).not.toMatch(
        new RegExp(`${PIN}|${NEXT_PIN}|${emulator.apiKey}`),
      );
    });
  });
}
