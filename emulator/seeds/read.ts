import { readFile } from "node:fs/promises";
import { type CompleteSeed, type Seed, seedSchema } from "./schema";

/** The seed, checked; every mistake of it in one error. */
export async function readSeed(seed: Seed | string): Promise<CompleteSeed> {
  const name = typeof seed === "string" ? `the seed ${seed}` : "the seed";
  const result = seedSchema.safeParse(typeof seed === "string" ? await readData(seed) : seed);
  if (result.success) return result.data;
  const mistakes = result.error.issues.map((issue) => `${issue.path.join(".") || "(top)"}: ${issue.message}`);
  throw new Error(`${capital(name)} does not fit the seed format:\n${mistakes.join("\n")}`);
}

async function readData(path: string): Promise<unknown> {
  const text = await readFile(path, "utf8");
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`The seed ${path} is not JSON: ${error instanceof Error ? error.message : error}`);
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
