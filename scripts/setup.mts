// `npm run setup`: prints the folder of a usable Pulumi CLI on stdout, after it has got one if need be.
import { ensurePulumi } from "./setup/ensure-pulumi.mts";

try {
  const { bin, version, how } = await ensurePulumi((line) => console.error(line));
  console.error(`Pulumi CLI ${version}: ${how}.`);
  if (how !== "found on PATH")
    console.error(`To type "pulumi" yourself: export PATH="$PWD/node_modules/.bin:${bin}:$PATH"`);
  console.log(bin);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
