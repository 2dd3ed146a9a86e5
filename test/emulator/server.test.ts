import { type DefaultKeys, type Emulator, startEmulator } from "../../emulator/index";

let seam: Emulator<DefaultKeys>;
beforeEach(async () => {
  seam = await startEmulator();
});
afterEach(() => seam.close());

const call = async (path: string, body: object, headers: Record<string, string> = {}) => {
  const response = await fetch(`${seam.url}${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${seam.apiKey}`, "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: () => JSON.parse(text) };
};

it("answers a 404 without JSON and without a request id for a path that Seam does not have", async () => {
  const answer = await call("/acs/credentials/explode", {});
  expect(answer.status).toBe(404);
  expect(answer.text).toBe("404");
  expect(answer.headers.get("seam-request-id")).toBeNull();
});

it("names each wrong parameter in Seam's validation errors", async () => {
  const answer = await call("/acs/credentials/get", {});
  expect(answer.status).toBe(400);
  expect(answer.headers.get("seam-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  expect(answer.json()).toEqual({
    error: {
      type: "invalid_input",
      message: "acs_credential_id is required",
      validation_errors: { _errors: [], acs_credential_id: { _errors: ["Required"] } },
    },
    ok: false,
  });
});

it("refuses requests without a key, with an unknown key, and with a token that names no workspace", async () => {
  const types = async (headers: Record<string, string>) => {
    const answer = await call("/workspaces/get", {}, headers);
    return [answer.status, answer.json().error.type];
  };
  expect(await types({ authorization: "Bearer seam_test1Nope_nope" })).toEqual([401, "unauthorized"]);
  expect(await types({ authorization: `Bearer ${seam.personalAccessToken}` })).toEqual([
    400,
    "missing_workspace_id",
  ]);
  expect(
    await types({
      authorization: `Bearer ${seam.personalAccessToken}`,
      "seam-workspace": "00000000-0000-4000-8000-000000000000",
    }),
  ).toEqual([401, "unauthorized"]);
  const bare = await fetch(`${seam.url}/workspaces/get`);
  expect(bare.status).toBe(401);
});

it("lets a personal access token into the workspace that its header names", async () => {
  const answer = await call(
    "/workspaces/get",
    {},
    { authorization: `Bearer ${seam.personalAccessToken}`, "seam-workspace": seam.workspaceId },
  );
  expect(answer.json().workspace.workspace_id).toBe(seam.workspaceId);
});

it("shows no PIN in its records, also when a fault keeps the request from being done", async () => {
  seam.faults.add({ route: "/acs/credentials/create", call: 2, fault: "rate-limited" });
  const body = { access_method: "code", acs_user_id: seam.ids.acsUsers["salto-ks/ada"], code: "86753" };
  expect((await call("/acs/credentials/create", body)).status).toBe(200);
  expect((await call("/acs/credentials/create", body)).status).toBe(429);
  await call("/acs/credentials/list", { search: "86753" });
  expect(seam.requests.all({ path: "/acs/credentials/create" })).toHaveLength(2);
  expect(JSON.stringify([...seam.requests])).not.toContain("86753");
  expect(seam.requests.at(1)).toMatchObject({ status: 429, fault: "rate-limited", body: { code: "***" } });
  expect(seam.credentials().map((credential) => credential.code)).toEqual(["86753"]);
});
