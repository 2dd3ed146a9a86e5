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

/** The environment variable of each setting. */
export const VARIABLES: Record<SettingName, string> = {
  apiKey: "SEAM_API_KEY",
  personalAccessToken: "SEAM_PERSONAL_ACCESS_TOKEN",
  workspaceId: "SEAM_WORKSPACE_ID",
  endpoint: "SEAM_ENDPOINT",
};

/** Set to `true`, it makes a refresh read every object by its own request. */
export const SINGLE_READS = "PULUMI_SEAM_SINGLE_READS";

/** A place where a setting stands. */
export interface SettingPlace {
  readonly name: SettingName;
  /** For messages: `stack config seam:apiKey`. */
  readonly label: string;
  /** False where another place, or another kind of account, wins. */
  readonly isUsed: boolean;
}

/** Says where a setting of the config stands, for messages. */
export type SettingLabel = (name: SettingName) => string;

const OF_STACK: SettingLabel = (name) => `stack config seam:${name}`;
export const OF_EXPLICIT_PROVIDER: SettingLabel = (name) => `${name} of the explicit provider`;

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
 * @param label says where `config` reads
 * @throws SettingsError listing everything that is wrong at once
 */
export function resolveSettings(
  config: SettingReader,
  environment: Environment = process.env,
  label: SettingLabel = OF_STACK,
): SeamSettings {
  const levels = levelsOf(config, environment, label);
  const { endpoint, apiKey, personalAccessToken, workspaceId } = chosenOf(levels);
  const problems = endpoint ? endpointProblems(endpoint) : [];
  const account = apiKey ?? personalAccessToken;
  if (!account) {
    problems.push(
      `No Seam account is set. Run \`pulumi config set --secret seam:apiKey\` and enter an API key, or set ${VARIABLES.apiKey}; for a personal access token use seam:personalAccessToken with seam:workspaceId.`,
    );
  } else if (apiKey && personalAccessToken) {
    problems.push(
      `Both ${apiKey.label} and ${personalAccessToken.label} are set. Keep the one that should be used and remove the other.`,
    );
  } else if (apiKey) {
    problems.push(...apiKeyProblems(apiKey));
  } else {
    problems.push(...accessTokenProblems(account));
    if (!workspaceId) {
      problems.push(
        `${account.label} needs a workspace. Set seam:workspaceId, or ${VARIABLES.workspaceId}, to the id of the workspace to work in.`,
      );
    }
  }
  // Else the key itself would be shown wherever a workspace is named.
  if (workspaceId?.value.startsWith("seam_")) {
    problems.push(
      `${workspaceId.label} holds a key or token, and not the id of a workspace. Put the key into seam:apiKey as a secret.`,
    );
  }
  if (!account || problems.length > 0) throw new SettingsError(problems);
  return {
    endpoint: (endpoint?.value ?? DEFAULT_ENDPOINT).replace(/\/+$/, ""),
    token: account.value,
    ...(workspaceId && { [apiKey ? "expectedWorkspaceId" : "workspaceId"]: workspaceId.value }),
    source: account.label,
  };
}

/** Everywhere that a setting stands, the nearest place first; no values. */
export function settingPlaces(
  config: SettingReader,
  environment: Environment = process.env,
): readonly SettingPlace[] {
  const levels = levelsOf(config, environment, OF_STACK);
  const chosen = Object.values(chosenOf(levels));
  return NAMES.flatMap((name) =>
    levels.flatMap(({ [name]: found }) =>
      found ? [{ name, label: found.label, isUsed: chosen.includes(found) }] : [],
    ),
  );
}

type Environment = Readonly<Record<string, string | undefined>>;

/** A setting, and where it stands. */
interface Found {
  readonly value: string;
  /** For messages. */
  readonly label: string;
}

type Level = { readonly [Name in SettingName]: Found | undefined };

const NAMES = Object.keys(VARIABLES) as readonly SettingName[];

/** The places that settings can come from, the nearest first. */
function levelsOf(config: SettingReader, environment: Environment, label: SettingLabel): readonly Level[] {
  return [
    levelOf(config, label),
    levelOf(
      (name) => environment[VARIABLES[name]],
      (name) => `environment variable ${VARIABLES[name]}`,
    ),
  ];
}

function levelOf(read: SettingReader, label: SettingLabel): Level {
  const entries = NAMES.map((name) => {
    const value = read(name)?.trim();
    return [name, value ? { value, label: label(name) } : undefined] as const;
  });
  return Object.fromEntries(entries) as Level;
}

/** What is used: key and token from one level, whichever has one of them first. */
function chosenOf(levels: readonly Level[]): Level {
  const first = (name: SettingName, among = levels) => among.map(({ [name]: found }) => found).find(Boolean);
  const account = levels.find(({ apiKey, personalAccessToken }) => apiKey ?? personalAccessToken);
  // What the environment says of another account is no guard for the stack's own key.
  const guarding = account?.apiKey ? levels.slice(0, levels.indexOf(account) + 1) : levels;
  return {
    endpoint: first("endpoint"),
    apiKey: account?.apiKey,
    personalAccessToken: account?.personalAccessToken,
    workspaceId: first("workspaceId", guarding),
  };
}

/** The kinds of tokens are told apart by their prefix, as Seam's own client does. */
function apiKeyProblems({ value, label }: Found): string[] {
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

function accessTokenProblems({ value, label }: Found): string[] {
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

function endpointProblems({ value, label }: Found): string[] {
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
