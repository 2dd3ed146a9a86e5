/**
 * Which Seam account requests go to: stack config first, then the environment (see the README's table).
 */

/** The account and place that requests go to. `token` is the only secret. */
export interface SeamSettings {
  readonly endpoint: string;
  readonly token: string;
  /** Sent as `seam-workspace` with a personal access token; an API key belongs to one workspace already. */
  readonly workspaceId?: string;
  /** The workspace that an API key must belong to, where one is set beside it. */
  readonly expectedWorkspaceId?: string;
  /** What says which account it is, for messages: `stack config seam:apiKey`. */
  readonly source?: string;
}

/** Reads one setting by its config name, such as `apiKey`. */
export type SettingReader = (name: SettingName) => string | undefined;
export type SettingName = "apiKey" | "personalAccessToken" | "workspaceId" | "endpoint";

export const DEFAULT_ENDPOINT = "https://connect.getseam.com";

const VARIABLES: Record<SettingName, string> = {
  apiKey: "SEAM_API_KEY",
  personalAccessToken: "SEAM_PERSONAL_ACCESS_TOKEN",
  workspaceId: "SEAM_WORKSPACE_ID",
  endpoint: "SEAM_ENDPOINT",
};

/** One place that settings can come from. */
interface SettingLevel {
  read(name: SettingName): string | undefined;
  /** For messages. */
  label(name: SettingName): string;
}

/** Settings are missing or cannot be used; the message names every one of them and shows no value. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(problems.join("\n"));
    this.problems = problems;
  }
}

/**
 * @param config reads `seam:<name>` of the stack's config, or of an explicit provider's inputs
 * @throws SettingsError listing everything that is wrong at once
 */
export function resolveSettings(
  config: SettingReader,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): SeamSettings {
  const levels: SettingLevel[] = [
    {
      read: (name: SettingName) => present(config(name)),
      label: (name: SettingName) => `stack config seam:${name}`,
    },
    {
      read: (name: SettingName) => present(environment[VARIABLES[name]]),
      label: (name: SettingName) => `environment variable ${VARIABLES[name]}`,
    },
  ];
  const problems: string[] = [];
  const find = (name: SettingName) => {
    const level = levels.find(({ read }) => read(name) !== undefined);
    return level && { value: level.read(name) as string, label: level.label(name) };
  };
  const endpoint = find("endpoint");
  problems.push(...(endpoint ? endpointProblems(endpoint.value, endpoint.label) : []));

  const level = levels.find(({ read }) => read("apiKey") ?? read("personalAccessToken"));
  // What the environment says of another account is no guard for the stack's own key.
  const guarding = levels.slice(0, level ? levels.indexOf(level) + 1 : 0);
  const expected = guarding.map(({ read }) => read("workspaceId")).find((id) => id !== undefined);
  const apiKey = level?.read("apiKey");
  const accessToken = level?.read("personalAccessToken");
  const workspace = find("workspaceId");
  if (!level) {
    problems.push(
      `No Seam account is set. Run \`pulumi config set --secret seam:apiKey\` and enter an API key, or set ${VARIABLES.apiKey}; for a personal access token use seam:personalAccessToken with seam:workspaceId.`,
    );
  } else if (apiKey && accessToken) {
    problems.push(
      `Both ${level.label("apiKey")} and ${level.label("personalAccessToken")} are set. Keep the one that should be used and remove the other.`,
    );
  } else if (apiKey) {
    problems.push(...apiKeyProblems(apiKey, level.label("apiKey")));
  } else if (accessToken) {
    problems.push(...accessTokenProblems(accessToken, level.label("personalAccessToken")));
    if (!workspace) {
      problems.push(
        `${level.label("personalAccessToken")} needs a workspace. Set seam:workspaceId, or ${VARIABLES.workspaceId}, to the id of the workspace to work in.`,
      );
    }
  }
  if (problems.length > 0) throw new SettingsError(problems);
  return {
    endpoint: (endpoint?.value ?? DEFAULT_ENDPOINT).replace(/\/+$/, ""),
    token: (apiKey ?? accessToken) as string,
    ...(accessToken && workspace ? { workspaceId: workspace.value } : {}),
    ...(apiKey && expected ? { expectedWorkspaceId: expected } : {}),
    source: (level as SettingLevel).label(apiKey ? "apiKey" : "personalAccessToken"),
  };
}

function present(value: string | undefined): string | undefined {
  const text = value?.trim();
  return text ? text : undefined;
}

/** The kinds of tokens are told apart by their prefix, as Seam's own client does. */
function apiKeyProblems(value: string, label: string): string[] {
  if (value.startsWith("seam_at")) {
    return [
      `${label} holds a personal access token. Put it into seam:personalAccessToken and set seam:workspaceId.`,
    ];
  }
  if (value.startsWith("seam_cst") || value.startsWith("seam_pk")) {
    return [
      `${label} holds a client session token or publishable key, which cannot manage credentials. Use an API key.`,
    ];
  }
  return isToken(value)
    ? []
    : [`${label} is not an API key: those begin with seam_. Copy it again from the Seam console.`];
}

function accessTokenProblems(value: string, label: string): string[] {
  return value.startsWith("seam_at") && isToken(value)
    ? []
    : [
        `${label} is not a personal access token: those begin with seam_at. An API key goes into seam:apiKey.`,
      ];
}

function isToken(value: string): boolean {
  // Anything else could not stand in an HTTP header.
  return /^seam_[\x21-\x7e]+$/.test(value);
}

function endpointProblems(value: string, label: string): string[] {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (!url || !["https:", "http:"].includes(url.protocol)) {
    return [`${label} is not a web address. Write it like ${DEFAULT_ENDPOINT}, or remove it.`];
  }
  if (url.username || url.password || url.search || url.hash) {
    return [`${label} holds more than an address. Leave out user, password, query and fragment.`];
  }
  if (url.protocol === "http:" && !isLoopback(url.hostname)) {
    return [
      `${label} is plain http, which would send the key in clear. Use https; http is for this machine only.`,
    ];
  }
  return [];
}

/** Whether a host name, as `URL` has it, is this machine. */
export function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}
