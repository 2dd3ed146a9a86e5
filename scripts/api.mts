// `npm run docs:api`: writes api/, the public types of every entry point, so that a change of them shows in review.
// `npm run docs:api -- --check`: writes nothing, and ends with an error if api/ is not current.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  CompilerState,
  Extractor,
  ExtractorConfig,
  ExtractorLogLevel,
  type ExtractorMessage,
} from "@microsoft/api-extractor";
import pc from "picocolors";

const root = join(import.meta.dirname, "..");
const isCheck = process.argv.includes("--check");
const manifest = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
const entries = Object.entries<{ readonly types?: string }>(manifest.exports).flatMap(([entry, { types }]) =>
  types === undefined ? [] : [configOf(entry === "." ? manifest.name : entry.slice("./".length), types)],
);
const [first, ...others] = entries;
if (first === undefined) throw new Error("package.json has no entry with types.");
// One program for all of them: each would take seconds of its own.
const compilerState = CompilerState.create(first, {
  additionalEntryPoints: others.map(({ mainEntryPointFilePath }) => mainEntryPointFilePath),
});
const stale = entries.filter((config) => {
  const options = { compilerState, messageCallback, localBuild: !isCheck, printApiReportDiff: isCheck };
  const { apiReportChanged, errorCount } = Extractor.invoke(config, options);
  if (errorCount > 0) process.exitCode = 1;
  return apiReportChanged;
});
for (const { reportFilePath } of stale)
  console.log(
    `${reportFilePath.slice(root.length + 1)} ${isCheck ? pc.red("is not current") : "is written"}`,
  );
if (isCheck && stale.length > 0) {
  console.error("Run `npm run docs:api`, and look at what the change does to programs that there are.");
  process.exitCode = 1;
}

/** @param types the entry's declarations, as package.json names them */
function configOf(name: string, types: string): ExtractorConfig {
  const none = { default: { logLevel: ExtractorLogLevel.None } };
  return ExtractorConfig.prepare({
    configObject: {
      projectFolder: root,
      mainEntryPointFilePath: join(root, types),
      newlineKind: "lf",
      compiler: { tsconfigFilePath: join(root, "tsconfig.json") },
      apiReport: {
        enabled: true,
        reportFileName: name,
        reportFolder: join(root, "api"),
        reportTempFolder: join(root, "node_modules/.cache/pulumi-seam-api"),
      },
      // What is written about them is the linter's and the reviewer's matter.
      messages: { extractorMessageReporting: none, tsdocMessageReporting: none },
    },
    configObjectFullPath: undefined,
    packageJsonFullPath: join(root, "package.json"),
  });
}

function messageCallback(message: ExtractorMessage): void {
  const isShown =
    message.logLevel === ExtractorLogLevel.Error || message.messageId === "console-api-report-diff";
  message.handled = !isShown;
}
