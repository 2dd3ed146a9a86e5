import { readFile } from "node:fs/promises";
import { parse as parseYaml } from "yaml";
import { told } from "../world/mistakes";
import { mistakesOf } from "./check";
import { type CompleteSeed, seedSchema } from "./schema";
import type { Seed } from "./seed";

/** The seed, checked; every mistake of its form in one error, and when there is none, every one of its meaning. */
export async function readSeed(seed: Seed | string): Promise<CompleteSeed> {
  const name = typeof seed === "string" ? `The seed ${seed}` : "The seed";
  const result = seedSchema.safeParse(typeof seed === "string" ? await readData(seed) : seed);
  const mistakes = result.success ? [...mistakesOf(result.data)] : result.error.issues;
  if (result.success && mistakes.length === 0) return result.data;
  throw new Error(
    `${name} has ${mistakes.length === 1 ? "1 mistake" : `${mistakes.length} mistakes`}:\n${told(mistakes).join("\n")}`,
  );
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
