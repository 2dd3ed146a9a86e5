// `npm run state:record`: writes down the state that this release makes of test/upgrade/program, once for each release.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { startEmulator, withStack } from "../dist/sdk/testing/index.js";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const folder = join(root, "test/upgrade");
const file = join(folder, version, "state.json");
if (existsSync(file)) {
  console.error(
    `${file} is there already. It is what users of ${version} have, and stays: give package.json the new version first.`,
  );
  process.exit(1);
}

const emulator = await startEmulator();
const names = JSON.parse(readFileSync(join(folder, "ids.json"), "utf8")) as Record<string, [string, string]>;
const all = emulator.ids as unknown as Record<string, Record<string, string>>;
const ids = Object.fromEntries(Object.entries(names).map(([name, [kind, key]]) => [name, all[kind]?.[key]]));
try {
  const config = { "upgrade:ids": JSON.stringify(ids) };
  await withStack({ emulator, workDir: join(folder, "program"), config }, async (stack) => {
    await stack.up();
    const { deployment } = (await stack.exportStack()) as { deployment: { resources: Resource[] } };
    mkdirSync(dirname(file), { recursive: true });
    const resources = deployment.resources.map(withoutPlace);
    writeFileSync(file, `${JSON.stringify({ resources }, null, 1)}\n`);
  });
} finally {
  await emulator.close();
}

interface Resource {
  sourcePosition?: unknown;
  stackTrace?: unknown;
  type: string;
  inputs?: unknown;
  outputs?: unknown;
}

/** Without what says on which machine it was made. */
function withoutPlace({ sourcePosition: _, stackTrace: __, ...resource }: Resource): Resource {
  if (!resource.type.startsWith("pulumi:providers:")) return resource;
  const { inputs: ___, outputs: ____, ...provider } = resource;
  return provider;
}
