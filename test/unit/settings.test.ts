import {
  DEFAULT_ENDPOINT,
  resolveSettings,
  type SettingName,
  SettingsError,
} from "../../provider/http/settings";

const KEY = "seam_test1Unit_aaaaaaaaaaaaaaaaaaaaaaaa";
const OTHER_KEY = "seam_test2Unit_bbbbbbbbbbbbbbbbbbbbbbbb";
const TOKEN = "seam_at1Unit_cccccccccccccccccccccccc";
const WORKSPACE = "005f1e54-5360-40db-8c31-4ef6baaad1fd";

function resolve(config: Partial<Record<SettingName, string>>, environment: Record<string, string> = {}) {
  return resolveSettings((name) => config[name], environment);
}

function problemsOf(config: Partial<Record<SettingName, string>>, environment: Record<string, string> = {}) {
  try {
    resolve(config, environment);
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
  return [];
}

describe("settings", () => {
  it("take an API key from the stack config", () => {
    expect(resolve({ apiKey: KEY })).toEqual({
      endpoint: DEFAULT_ENDPOINT,
      token: KEY,
      source: "stack config seam:apiKey",
    });
  });

  it("take no key for the id of a workspace, and do not show it", () => {
    for (const problems of [
      problemsOf({ apiKey: KEY, workspaceId: OTHER_KEY }),
      problemsOf({}, { SEAM_API_KEY: KEY, SEAM_WORKSPACE_ID: OTHER_KEY }),
    ]) {
      expect(problems).toEqual([expect.stringMatching(/workspaceId|SEAM_WORKSPACE_ID/)]);
      expect(problems.join()).not.toContain(OTHER_KEY);
    }
  });

  it("take what the stack config leaves out from the environment", () => {
    const environment = { SEAM_API_KEY: KEY, SEAM_ENDPOINT: "http://127.0.0.1:4000/" };
    expect(resolve({}, environment)).toEqual({
      endpoint: "http://127.0.0.1:4000",
      token: KEY,
      source: "environment variable SEAM_API_KEY",
    });
  });

  it("let the stack config win over the environment, also for another kind of token", () => {
    expect(resolve({ apiKey: KEY }, { SEAM_API_KEY: OTHER_KEY }).token).toBe(KEY);
    expect(resolve({ apiKey: KEY }, { SEAM_PERSONAL_ACCESS_TOKEN: TOKEN }).token).toBe(KEY);
  });

  it("name the workspace for a personal access token, and for that only", () => {
    expect(resolve({ personalAccessToken: TOKEN, workspaceId: WORKSPACE })).toEqual({
      endpoint: DEFAULT_ENDPOINT,
      token: TOKEN,
      workspaceId: WORKSPACE,
      source: "stack config seam:personalAccessToken",
    });
    expect(resolve({ apiKey: KEY, workspaceId: WORKSPACE })).not.toHaveProperty("workspaceId");
  });

  it("take a workspace beside an API key for the one that it must belong to, if it is set where the key is or nearer", () => {
    const expected = { expectedWorkspaceId: WORKSPACE };
    expect(resolve({ apiKey: KEY, workspaceId: WORKSPACE })).toMatchObject(expected);
    expect(resolve({ workspaceId: WORKSPACE }, { SEAM_API_KEY: KEY })).toMatchObject(expected);
    expect(resolve({}, { SEAM_API_KEY: KEY, SEAM_WORKSPACE_ID: WORKSPACE })).toMatchObject(expected);
    expect(resolve({ apiKey: KEY }, { SEAM_WORKSPACE_ID: WORKSPACE })).not.toHaveProperty(
      "expectedWorkspaceId",
    );
  });

  it.each([
    ["nothing is set", {}, {}, "pulumi config set --secret seam:apiKey"],
    ["only blanks are set", { apiKey: "  " }, {}, "pulumi config set --secret seam:apiKey"],
    [
      "both are set in the config",
      { apiKey: KEY, personalAccessToken: TOKEN },
      {},
      "seam:apiKey and stack config seam:personalAccessToken",
    ],
    [
      "both are set in the environment",
      {},
      { SEAM_API_KEY: KEY, SEAM_PERSONAL_ACCESS_TOKEN: TOKEN },
      "SEAM_API_KEY and",
    ],
    ["a token has no workspace", { personalAccessToken: TOKEN }, {}, "seam:workspaceId"],
    ["a token stands in the key's place", { apiKey: TOKEN }, {}, "seam:apiKey holds a personal access token"],
    [
      "a key stands in the token's place",
      { personalAccessToken: KEY, workspaceId: WORKSPACE },
      {},
      "seam:personalAccessToken is not",
    ],
    ["the key is a publishable key", { apiKey: "seam_pk_dddd" }, {}, "publishable key"],
    ["the key is something else", { apiKey: "hunter2" }, {}, "seam:apiKey is not an API key"],
    ["the key holds a line break", { apiKey: `${KEY}\nx: y` }, {}, "seam:apiKey is not an API key"],
    [
      "the endpoint is no address",
      { apiKey: KEY, endpoint: "localhost:4000" },
      {},
      "seam:endpoint is not a web address",
    ],
    [
      "the endpoint is plain http elsewhere",
      { apiKey: KEY, endpoint: "http://seam.example.com" },
      {},
      "in clear",
    ],
    [
      "the endpoint holds a password",
      { apiKey: KEY, endpoint: "https://a:b@seam.example.com" },
      {},
      "Leave out user",
    ],
  ])("say what is wrong when %s", (_, config, environment, text) => {
    expect(problemsOf(config, environment as Record<string, string>)).toEqual([
      expect.stringContaining(text),
    ]);
  });

  it.each([
    "http://localhost:1",
    "http://127.0.0.1:1",
    "http://127.9.9.9",
    "http://[::1]:1",
    "https://seam.example.com",
  ])("accept the endpoint %s", (endpoint) => {
    expect(problemsOf({ apiKey: KEY, endpoint })).toEqual([]);
  });

  it("report everything at once and never show a value", () => {
    const secret = "seam_cst_eeeeeeeeeeeeeeee";
    const problems = problemsOf({ apiKey: secret, endpoint: `http://${secret}.example.com` });
    expect(problems).toHaveLength(2);
    expect(problems.join()).not.toContain(secret);
  });
});
