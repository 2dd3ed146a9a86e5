import * as seam from "../../sdk";
import {
  type DefaultKeys,
  type Emulator,
  type StackResult,
  startEmulator,
  withStack,
} from "../../sdk/testing";

let emulator: Emulator<DefaultKeys>;
beforeAll(async () => {
  emulator = await startEmulator();
  process.env["PULUMI_SEAM_SINGLE_READ"] = "true";
});
afterAll(async () => {
  delete process.env["PULUMI_SEAM_SINGLE_READ"];
  await emulator.close();
});

const warnings = ({ diagnostics }: StackResult) =>
  diagnostics.filter(({ severity }) => severity === "warning").map(({ message }) => message.trim());

it("warns of a key in clear, unless it is an emulator's", async () => {
  const program = async () => void new seam.UserIdentity("ada", { fullName: "Ada" });
  const config = { "seam:apiKey": "seam_test_in_clear" };
  const said = async (settings: Record<string, string>) => {
    let found: string[] = [];
    await withStack({ emulator, program, config: settings }, async (stack) => {
      found = warnings(await stack.preview()).filter((text) => text.includes("in clear"));
    });
    return found;
  };
  expect(await said({ ...config, "seam:endpoint": "https://seam.example.com" })).toEqual([
    expect.stringMatching(
      /^The stack config holds seam:apiKey in clear, .*pulumi config set --secret seam:apiKey/,
    ),
  ]);
  expect(await said(config)).toEqual([]);
});

it("warns once in every run of settings that nothing reads, and shows no value of them", async () => {
  const program = async () => {
    await seam.getAcsSystem({ acsSystemId: emulator.ids.acsSystems["salto-ks"] });
    for (const name of ["ada", "ben"]) new seam.UserIdentity(name, { fullName: name });
  };
  const config = { "seam:apikey": "seam_test_misspelt" };
  await withStack({ emulator, program, config }, async (stack) => {
    for (let run = 0; run < 2; run++) {
      expect(warnings(await stack.preview()).sort()).toEqual([
        "The environment has PULUMI_SEAM_SINGLE_READ, which nothing reads. Did you mean PULUMI_SEAM_SINGLE_READS?",
        "The stack config has seam:apikey, which nothing reads. Did you mean seam:apiKey?",
      ]);
    }
  });
});
