import { readFile } from "node:fs/promises";
import { parse as parseYaml } from "yaml";
import { type CompleteSeed, type Seed, seedSchema } from "./schema";

/** The seed, checked; every mistake of it in one error. */
export async function readSeed(seed: Seed | string): Promise<CompleteSeed> {
  const name = typeof seed === "string" ? `The seed ${seed}` : "The seed";
  const result = seedSchema.safeParse(typeof seed === "string" ? await readData(seed) : seed);
  if (result.success) return result.data;
  const mistakes = result.error.issues.map((issue) => `${issue.path.join(".") || "(top)"}: ${issue.message}`);
  throw new Error(`${name} does not fit the seed format:\n${mistakes.join("\n")}`);
}

async function readData(path: string): Promise<unknown> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    throw new Error(`The seed ${path} cannot be read: ${error instanceof Error ? error.message : error}`);
  });
  const isYaml = /\.ya?ml$/.test(path);
  try {
    return isYaml ? parseYaml(text) : JSON.parse(text);
  } catch (error) {
    const kind = isYaml ? "YAML" : "JSON";
    throw new Error(`The seed ${path} is not ${kind}: ${error instanceof Error ? error.message : error}`);
  }
}
