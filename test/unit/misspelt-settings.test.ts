import { misspeltSettings } from "../../sdk/program/misspelt-settings";

const found = (names: Partial<Parameters<typeof misspeltSettings>[0]>) =>
  misspeltSettings({ config: [], environment: [], project: "hotel", ...names });

describe("settings that nothing reads", () => {
  it("are none where all are spelt right", () => {
    expect(
      found({
        config: [
          "seam:apiKey",
          "seam:personalAccessToken",
          "seam:workspaceId",
          "seam:endpoint",
          "hotel:apikey",
        ],
        environment: [
          "SEAM_API_KEY",
          "SEAM_PERSONAL_ACCESS_TOKEN",
          "SEAM_WORKSPACE_ID",
          "SEAM_ENDPOINT",
          "PULUMI_SEAM_SINGLE_READS",
          "PATH",
        ],
      }),
    ).toEqual([]);
  });

  it.each([
    ["seam:apikey", "seam:apiKey"],
    ["Seam:apiKey", "seam:apiKey"],
    ["seam:api_key", "seam:apiKey"],
    ["seam:workspace", "seam:workspaceId"],
    ["seam:endpont", "seam:endpoint"],
  ])("are told with what was meant: %s", (key, meant) => {
    expect(found({ config: [key] })).toEqual([
      `The stack config has ${key}, which nothing reads. Did you mean ${meant}?`,
    ]);
  });

  it.each([
    ["SEAM_APIKEY", "SEAM_API_KEY"],
    ["SEAM_API_KEYS", "SEAM_API_KEY"],
    ["SEAM_WORKSPACE", "SEAM_WORKSPACE_ID"],
    ["PULUMI_SEAM_SINGLE_READ", "PULUMI_SEAM_SINGLE_READS"],
  ])("are told of the environment, too: %s", (name, meant) => {
    expect(found({ environment: [name] })).toEqual([
      `The environment has ${name}, which nothing reads. Did you mean ${meant}?`,
    ]);
  });

  it("are told with all that there is where nothing is near", () => {
    expect(found({ config: ["seam:floor"], environment: ["PULUMI_SEAM_TURBO"] })).toEqual([
      "The stack config has seam:floor, which nothing reads. There is seam:apiKey, seam:personalAccessToken, seam:workspaceId, seam:endpoint.",
      "The environment has PULUMI_SEAM_TURBO, which nothing reads. There is PULUMI_SEAM_SINGLE_READS.",
    ]);
  });

  it("may be others' where the prefix is not ours alone", () => {
    expect(found({ environment: ["SEAM_WEBHOOK_SECRET", "SEAMLESS"] })).toEqual([]);
    expect(found({ config: ["seam:floor", "seam:apikey"], project: "seam" })).toHaveLength(1);
  });
});
