import { isLoopback, VARIABLES } from "../../provider/http/settings";

const KEYS = ["seam:apiKey", "seam:personalAccessToken"];

/**
 * A sentence for every key that the stack config holds unencrypted. A key of an emulator is none to hide.
 * @param isInClear whether the stack config has a setting, and not as a secret
 * @param endpoint `seam:endpoint` of the stack config
 */
export function keysInClear(
  isInClear: (setting: string) => boolean,
  endpoint: string | undefined = process.env[VARIABLES.endpoint],
): readonly string[] {
  if (endpoint !== undefined && URL.canParse(endpoint) && isLoopback(new URL(endpoint).hostname)) return [];
  return KEYS.filter(isInClear).map(
    (setting) =>
      `The stack config holds ${setting} in clear, for everybody who reads the file or the repository. Run \`pulumi config set --secret ${setting}\`; if others have seen it, make a new key in the Seam console first.`,
  );
}
