import { RunError } from "@pulumi/pulumi";
import { providerText } from "../../provider/values/provider-text";
import { chainTo, entryFrom } from "./chain";
import { copyFrom } from "./copies";

/** Where the provider process starts, too. Read at once: a program may change its working directory. */
export const PROGRAM_FOLDER = process.cwd();

/** Whether Pulumi runs the program from its folder; another process, such as a test's, has a folder of its own. */
export const IS_PROGRAM_ON_DISK = /[\\/]@pulumi[\\/]pulumi[\\/]cmd[\\/]run([\\/]index\.js)?$/.test(
  process.argv[1] ?? "",
);

/** How the provider process of this program finds this package. */
let way: Way | undefined;

interface Way {
  readonly chain: readonly string[];
  /** What another copy of this package knows, where the provider process finds that one. */
  readonly instead?: object;
}

/**
 * The `__provider` text of a resource in this program.
 * @param name what `pulumi-seam/provider` exports for it
 * @throws RunError if the provider process could not find this package
 */
export function textInProgram(name: string): string {
  way ??= IS_PROGRAM_ON_DISK ? wayFrom(PROGRAM_FOLDER) : { chain: [] };
  if (way.instead && !(name in way.instead)) {
    throw new RunError(
      `pulumi-seam ${copyFrom(PROGRAM_FOLDER)}, which is what Pulumi finds from the program's folder, has no ${name}: install ${copyFrom(__dirname)?.version} there, too.`,
    );
  }
  return providerText(name, way.chain);
}

function wayFrom(folder: string): Way {
  const [own, found] = [entryFrom(__dirname), entryFrom(folder)];
  if (found !== undefined) return found === own ? { chain: [] } : { chain: [], instead: require(found) };
  const chain = own && chainTo(own, folder);
  if (chain) return { chain };
  const version = copyFrom(__dirname)?.version ?? "*";
  throw new RunError(
    `Pulumi runs the resources of pulumi-seam from the program's folder, where it does not find it: add "pulumi-seam": "${version}" to the dependencies of the package.json in ${folder}, and install.`,
  );
}
