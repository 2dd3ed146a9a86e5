// `npm run previews:record`: writes down what this machine's `pulumi preview --json` prints for a change of
// test/report/changes/program: with what stays, with the parts of replacements, and after a refresh.
import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { startEmulator, withStack } from "../dist/sdk/testing/index.js";

const folder = join(dirname(fileURLToPath(import.meta.url)), "../test/report/changes");
const RECORDED = {
  "with-sames": ["--show-sames"],
  replacements: ["--show-sames", "--show-replacement-steps"],
  refreshed: ["--refresh"],
};

const emulator = await startEmulator();
const { acsSystems, acsEntrances, acsAccessGroups } = emulator.ids;
const ids = {
  acsSystemId: acsSystems["salto-ks"],
  otherSystemId: acsSystems.brivo,
  front: acsEntrances["salto-ks/front-door"],
  garage: acsEntrances["salto-ks/garage"],
  office: acsEntrances["salto-ks/office"],
  staff: acsAccessGroups["salto-ks/staff"],
};
try {
  const config = { "previewed:ids": JSON.stringify(ids) };
  await withStack({ emulator, workDir: join(folder, "program"), config }, async (stack) => {
    await stack.up();
    const { workDir, envVars, pulumiHome } = stack.automation.workspace;
    await stack.automation.setConfig("isAfter", { value: "true" });
    for (const [name, flags] of Object.entries(RECORDED)) {
      const { stdout: printed } = await promisify(execFile)(
        "pulumi",
        ["preview", "--json", "--non-interactive", ...flags],
        {
          cwd: workDir,
          env: { ...process.env, ...envVars, ...(pulumiHome && { PULUMI_HOME: pulumiHome }) },
          maxBuffer: 2 ** 26,
        },
      );
      writeFileSync(
        join(folder, `${name}.json`),
        `${JSON.stringify(JSON.parse(printed), withoutPlace, 1)}\n`,
      );
    }
  });
} finally {
  await emulator.close();
}

/** Without what says on which machine it was made, and what only makes it longer. */
function withoutPlace(name: string, value: unknown): unknown {
  const left = ["sourcePosition", "stackTrace", "duration", "config", "__provider", "created", "modified"];
  if (name === "diagnostics") return [];
  return left.includes(name) ? undefined : value;
}
