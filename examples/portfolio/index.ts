import { deployPortfolio, summary } from "./deploy";

/** Twenty properties: the names that their access systems have in Seam. */
const PROPERTIES = Array.from({ length: 20 }, (_, index) => `Property ${String(index + 1).padStart(2, "0")}`);

async function main(): Promise<void> {
  const results = await deployPortfolio({
    properties: PROPERTIES,
    endpoint: process.env["SEAM_ENDPOINT"] ?? "https://connect.getseam.com",
    concurrency: 4,
    requestsPerSecond: 10,
    progressFile: "progress.json",
    resume: process.argv.includes("--resume"),
  });
  console.log(summary(results));
  process.exitCode = results.some(({ result }) => result === "failed") ? 1 : 0;
}

void main();
