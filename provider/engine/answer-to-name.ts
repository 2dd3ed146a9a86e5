import * as Module from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { engineAddress } from "./engine-watch";

const NAME = "pulumi-seam/provider";

/**
 * Lets the texts of older states find this copy where the program's folder has none any more. Resources that stay
 * learn another text in the first `up` there, but what that `up` deletes is deleted with the text that it has.
 * @param entry the file of `pulumi-seam/provider`
 */
export function answerToName(entry: string): void {
  if (engineAddress() === undefined || isFoundByName()) return;
  // Node 22.15 and newer have it; before, such a deletion fails, and says that the module is missing.
  Module.registerHooks?.({
    resolve(specifier, context, next) {
      try {
        return next(specifier, context);
      } catch (error) {
        if (specifier !== NAME) throw error;
        return { url: pathToFileURL(entry).href, shortCircuit: true };
      }
    },
  });
}

function isFoundByName(): boolean {
  try {
    return Module.createRequire(join(process.cwd(), "x")).resolve(NAME) !== "";
  } catch {
    return false;
  }
}
