import { gzipSync } from "node:zlib";
import { type DefaultKeys, type Emulator, startEmulator } from "../../emulator/index";
import { post } from "./api";

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

it.each([
  ["no scheme", (key: string) => key],
  ["another scheme", (key: string) => `Basic ${key}`],
  ["no key behind the scheme", () => "Bearer "],
])("refuses a key with %s", async (_, authorization) => {
  const answer = await call("/workspaces/get", {}, { authorization: authorization(seam.apiKey) });
  expect([answer.status, answer.json().error.type]).toEqual([401, "unauthorized"]);
});

it.each<[string, string | Uint8Array<ArrayBuffer>, Record<string, string>]>([
  ["no JSON", "{", {}],
  ["only blanks", " ", {}],
  ["an array", "[]", {}],
  ["null", "null", {}],
  ["a text", '"salto"', {}],
  ["compressed", Uint8Array.from(gzipSync('{"search":"ada"}')), { "content-encoding": "gzip" }],
  ["of another type", "{}", { "content-type": "text/plain" }],
])("refuses a body that is %s instead of listing or doing everything", async (_, body, headers) => {
  for (const path of ["/acs/users/list", "/acs/systems/list", "/user_identities/create"]) {
    const response = await fetch(seam.url + path, {
      method: "POST",
      headers: { authorization: `Bearer ${seam.apiKey}`, "content-type": "application/json", ...headers },
      body,
    });
    expect([path, response.status]).toEqual([path, 400]);
  }
  expect((await post(seam, "/user_identities/list")).body.user_identities).toHaveLength(6);
});

it.each<[string, string, object]>([
  [
    "/acs/users/list",
    "acs_users",
    { acs_system_id: "7113de29-6130-4153-a6ea-1b7ca0fe3198", limit: 2, search: "example" },
  ],
  ["/acs/credentials/list", "acs_credentials", { is_multi_phone_sync_credential: false, limit: 2 }],
  [
    "/acs/entrances/list",
    "acs_entrances",
    { acs_system_id: "7113de29-6130-4153-a6ea-1b7ca0fe3198", limit: 1 },
  ],
  ["/access_grants/list", "access_grants", { access_grant_key: null, limit: 1 }],
])("takes the next_page_url that it gave for a filtered %s", async (path, list, query) => {
  for (const person of ["ada", "ben", "cleo"] as const) {
    const acs_user_id = seam.ids.acsUsers[`salto-ks/${person}`];
    await call("/acs/credentials/create", { access_method: "code", acs_user_id });
    await call("/access_grants/create", {
      user_identity_id: seam.ids.userIdentities[person],
      requested_access_methods: [],
    });
  }
  const whole: unknown[] = (await call(path, { ...query, limit: 500 })).json()[list];
  const pages: unknown[] = [];
  let page = (await call(path, query)).json();
  for (;;) {
    pages.push(...page[list]);
    const { next_page_url: next } = page.pagination;
    if (next === null) break;
    const answer = await fetch(next, { headers: { authorization: `Bearer ${seam.apiKey}` } });
    expect(answer.status).toBe(200);
    page = JSON.parse(await answer.text());
  }
  expect(whole.length).toBeGreaterThan(2);
  expect(pages).toEqual(whole);
});

it("refuses a page cursor with other parameters than those of the first page", async () => {
  const first = (await call("/acs/users/list", { limit: 2 })).json();
  const { next_page_cursor: page_cursor } = first.pagination;
  for (const other of [{ limit: 3 }, { limit: 2, search: "ada" }]) {
    const answer = await call("/acs/users/list", { ...other, page_cursor });
    expect([answer.status, answer.json().error.type]).toEqual([400, "mismatched_page_parameters"]);
  }
});

it("lists to a token all workspaces, and to a key or with a workspace's header only the one", async () => {
  const two = await startEmulator({
    seed: { workspaces: [{ key: "north" }, { key: "south", is_suspended: true }] },
  });
  try {
    const list = async (headers: Record<string, string>) => {
      const answer = await fetch(`${two.url}/workspaces/list`, { headers });
      const { workspaces } = (await answer.json()) as { workspaces: Record<string, unknown>[] };
      return workspaces.map((workspace) => [workspace["name"], workspace["is_suspended"]]);
    };
    const token = { authorization: `Bearer ${two.personalAccessToken}` };
    const [north, south] = [
      ["north", false],
      ["south", true],
    ];
    expect(await list(token)).toEqual([north, south]);
    expect(
      await list({ ...token, "seam-workspace": two.workspaces.get("south")?.workspaceId ?? "" }),
    ).toEqual([south]);
    expect(await list({ authorization: `Bearer ${two.apiKey}` })).toEqual([north]);
  } finally {
    await two.close();
  }
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
