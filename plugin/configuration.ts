import {
  OF_EXPLICIT_PROVIDER,
  resolveSettings,
  type SeamSettings,
  type SettingReader,
  SettingsError,
  VARIABLES,
} from "../provider/http/settings";
import type { Properties } from "../provider/values/record";
import { hasUnknown } from "../provider/values/unknown";
import { isDefaultProvider } from "../provider/values/urn";
import { misspeltSettings } from "../sdk/program/misspelt-settings";

/** Settings that open an account: secrets in the state, however the program has written them. */
export const SECRET_SETTINGS: ReadonlySet<string> = new Set(["apiKey", "personalAccessToken"]);

/** What the engine says of every provider, and no setting of ours. */
const ENGINE_NAMES: ReadonlySet<string> = new Set(["version", "pluginDownloadURL"]);

/**
 * Inputs of a provider with the endpoint of the stack config, which holds for all accounts of a stack: the engine itself
 * hands the stack config to the default provider alone.
 */
export function withStackEndpoint(inputs: Properties): Properties {
  // The engine tells a provider's process those keys that begin with the package's name, without it.
  const config = JSON.parse(process.env["PULUMI_CONFIG"] || "{}") as Properties;
  return { ...inputs, endpoint: inputs["endpoint"] ?? config["endpoint"] };
}

/** Everything that is wrong with the inputs of a provider. Where some are not known yet, the rest may still be right. */
export function settingsFailures(inputs: Properties, urn = ""): readonly string[] {
  const settings = Object.entries(ownSettings(inputs));
  const notTexts = settings
    .filter(([, value]) => typeof value !== "string")
    .map(([name]) => `seam:${name} is not a text. Write it in quotation marks.`);
  if (notTexts.length > 0 || hasUnknown(inputs)) return notTexts;
  try {
    settingsOf(inputs, urn);
    return [];
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
}

/** Sentences about settings that somebody meant for this provider, and that nothing reads. */
export function settingsNotices(inputs: Properties): readonly string[] {
  return misspeltSettings({
    config: Object.keys(ownSettings(inputs)).map((name) => `seam:${name}`),
    environment: Object.keys(process.env),
    project: process.env["PULUMI_PROJECT"] ?? "",
  });
}

/**
 * @param urn of the provider; older engines do not tell it
 * @throws SettingsError
 */
export function settingsOf(inputs: Properties, urn = ""): SeamSettings {
  const isStacks = urn === "" || isDefaultProvider(urn);
  return resolveSettings(reader(inputs), undefined, isStacks ? undefined : OF_EXPLICIT_PROVIDER);
}

/** The settings in which two configurations differ, known ones and others. */
export function changedSettings(before: Properties, after: Properties): readonly string[] {
  return Object.keys(VARIABLES).filter((name) => before[name] !== after[name] || hasUnknown(after[name]));
}

function ownSettings(inputs: Properties): Properties {
  const own = Object.entries(inputs).filter(
    ([name, value]) =>
      !ENGINE_NAMES.has(name) && !name.startsWith("__") && value !== null && value !== undefined,
  );
  return Object.fromEntries(own);
}

function reader(inputs: Properties): SettingReader {
  return (name) => (typeof inputs[name] === "string" ? inputs[name] : undefined);
}
