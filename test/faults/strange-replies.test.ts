import * as http from "node:http";
import type { AddressInfo } from "node:net";
import fc from "fast-check";
import { createClient, type SeamClient } from "../../provider/http/client";
import { SeamError } from "../../provider/http/errors";
import { PartialFailure, RefusedError } from "../../provider/lifecycle/errors";
import { Run } from "../../provider/lifecycle/run";
import { acsCredential } from "../../provider/resources/acs-credential";

const ID = "73a0a199-024f-454d-a916-9bbda8502c12";
const USER = "53f39f90-5113-4bdd-8432-acf328ce508c";
const CREDENTIAL = {
  access_method: "code",
  acs_credential_id: ID,
  acs_system_id: "7113de29-6130-4153-a6ea-1b7ca0fe3198",
  acs_user_id: USER,
  code: "80808080",
  created_at: "2030-01-01T00:00:00.000000Z",
  display_name: "Salto KS Credential",
  ends_at: "2036-01-01T00:00:00.000Z",
  errors: [],
  external_type: "salto_ks_credential",
  is_issued: false,
  is_latest_desired_state_synced_with_provider: true,
  is_managed: true,
  starts_at: "2030-01-01T00:00:00.000Z",
  visionline_metadata: { auto_join: false },
  warnings: [],
  workspace_id: "005f1e54-5360-40db-8c31-4ef6baaad1fd",
};

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly contentType: string;
}

const junk = fc.oneof(
  fc.constant(null),
  fc.constant("_absent"),
  fc.string({ maxLength: 40 }),
  fc.integer(),
  fc.boolean(),
  fc.constant({}),
  fc.constant([]),
  fc.array(
    fc.oneof(fc.string({ maxLength: 5 }), fc.integer(), fc.constant(null), fc.constant({ error_code: 7 })),
    { maxLength: 3 },
  ),
  fc.constant("x".repeat(300_000)),
  fc.constantFrom("new_enum_value", "2036-01-01", "9999-99-99T99:99:99Z", "mobile_key"),
);
/** Of these, only the first says that the credential is gone. */
const notFound = fc.constantFrom(
  "acs_credential_not_found",
  "workspace_not_found",
  "acs_system_not_found",
  "connected_account_not_found",
  "route_not_found",
);
/** A credential of which up to three fields are missing, of another type, or new. */
const strangeCredential = fc
  .array(fc.tuple(fc.constantFrom(...Object.keys(CREDENTIAL), "something_new"), junk), {
    minLength: 1,
    maxLength: 3,
  })
  .map((changes) => {
    const credential: Record<string, unknown> = { ...CREDENTIAL };
    for (const [field, value] of changes) {
      if (value === "_absent") delete credential[field];
      else credential[field] = value;
    }
    return credential;
  });
const strangeJson = fc.oneof(
  { weight: 6, arbitrary: strangeCredential.map((acs_credential) => ({ acs_credential, ok: true })) },
  {
    weight: 2,
    arbitrary: strangeCredential.map((one) => ({
      acs_credentials: [one],
      acs_credential: one,
      pagination: 7,
    })),
  },
  { weight: 1, arbitrary: fc.json().map((text) => JSON.parse(text)) },
  {
    weight: 2,
    arbitrary: fc.record({
      error: fc.record({ type: fc.oneof(junk, notFound), message: junk, validation_errors: junk }),
      ok: junk,
    }),
  },
);
const strangeText = fc.oneof(
  { weight: 8, arbitrary: strangeJson.map((json) => JSON.stringify(json)) },
  { weight: 1, arbitrary: fc.string({ maxLength: 200 }) },
  { weight: 1, arbitrary: strangeJson.map((json) => JSON.stringify(json).slice(0, -7)) },
  { weight: 1, arbitrary: fc.constant("<html><body>Bad gateway</body></html>") },
);
const answer: fc.Arbitrary<Answer> = fc.record({
  status: fc.oneof(
    { weight: 8, arbitrary: fc.constant(200) },
    { weight: 2, arbitrary: fc.constantFrom(201, 204, 302, 400, 404, 409, 418, 422) },
  ),
  body: strangeText,
  contentType: fc.constantFrom("application/json", "text/html", "application/json; charset=utf-16", ""),
});

/** Answers every request with what was registered for the credential it asks about. */
class StrangeSeam {
  readonly #answers = new Map<string, Answer>();
  readonly #server = http.createServer((request, response) => {
    let text = "";
    request.on("data", (chunk) => {
      text += chunk;
    });
    request.on("end", () => {
      const key = /"(?:code|acs_credential_id)":"(run-\d+|\d+)"/.exec(text)?.[1];
      const { status, body, contentType } = this.#answers.get(key ?? "") ?? {
        status: 500,
        body: "",
        contentType: "",
      };
      response.writeHead(status, contentType ? { "content-type": contentType } : {});
      // Asked for one credential, Seam answers with that one.
      const own = key?.startsWith("run-") ? body.replace(ID, key) : body.replace("80808080", key ?? "");
      response.end(status === 204 ? undefined : own);
    });
  });

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }
  register(run: number, given: Answer): void {
    for (const key of [`run-${run}`, String(run)]) this.#answers.set(key, given);
  }
  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

const RUNS_AN_OPERATION = 500;
const CLIENTS = 25;
const strange = new StrangeSeam();
let clients: SeamClient[] = [];

beforeAll(async () => {
  const endpoint = await strange.start();
  const token = "seam_test1Odd_aaaaaaaaaaaaaaaaaaaaaaaa";
  clients = Array.from({ length: CLIENTS }, () =>
    createClient({ endpoint, token }, { maxTries: 1, tryTimeoutMs: 5_000 }),
  );
});
afterAll(async () => {
  await Promise.all(clients.map((client) => client.close()));
  await strange.stop();
});

const declared = {
  accessMethod: "code",
  code: "80808080",
  acsUserId: USER,
  endsAt: "2036-01-01T00:00:00.000Z",
};

const state = {
  ...declared,
  acsCredentialId: ID,
  errors: [],
  warnings: [],
  __declared: "acsUserId code endsAt",
};

type Operation = (client: SeamClient, run: number) => Promise<unknown>;
const OPERATIONS: Record<string, Operation> = {
  create: (client, run) => acsCredential.create(client, { ...declared, code: String(run) }, new Run()),
  read: (client, run) => acsCredential.read(client, `run-${run}`, state, new Run()),
  update: (client, run) =>
    acsCredential.update(
      client,
      `run-${run}`,
      { ...state, endsAt: "2035-01-01T00:00:00.000Z" },
      declared,
      new Run(),
    ),
  delete: (client, run) =>
    acsCredential.remove(client, `run-${run}`, state, { run: new Run(), awaitGone: false }),
};

describe("strange replies", () => {
  it.each(Object.entries(OPERATIONS))(
    "to %s are tolerated or named, and never take a credential out of the state",
    async (name, operation) => {
      const answers = fc.sample(answer, { numRuns: RUNS_AN_OPERATION, seed: 2036 });
      const first = 10_000_000 * (1 + Object.keys(OPERATIONS).indexOf(name));
      const failures: string[] = [];
      let tolerated = 0;
      await Promise.all(
        answers.map(async (given, index) => {
          const run = first + index;
          strange.register(run, given);
          const shown = `${given.status} ${given.contentType} ${given.body.slice(0, 300)}`;
          try {
            const result = await operation(clients[index % CLIENTS] as SeamClient, run);
            tolerated++;
            if (name === "read" && result === undefined && !saysGone(given))
              failures.push(`taken for gone: ${shown}`);
            JSON.stringify(result);
          } catch (error) {
            const isExpected =
              error instanceof SeamError || error instanceof PartialFailure || error instanceof RefusedError;
            if (!isExpected) failures.push(`${error instanceof Error ? error.stack : error}: ${shown}`);
            else if (error.message.length > 5_000)
              failures.push(`a message of ${error.message.length} characters: ${shown}`);
            else if (!/[.)\]]$/.test(error.message))
              failures.push(`no whole sentence: ${error.message.slice(-100)}`);
          }
        }),
      );
      expect(failures).toEqual([]);
      expect(tolerated).toBeGreaterThan(RUNS_AN_OPERATION / 20);
    },
  );

  it("of 40 MB are cut off and named", async () => {
    strange.register(99, {
      status: 200,
      body: `{"acs_credential":"${"x".repeat(40_000_000)}"}`,
      contentType: "application/json",
    });
    await expect(acsCredential.read(clients[0] as SeamClient, "run-99", state, new Run())).rejects.toThrow(
      /more than 33554432 bytes/,
    );
  });
});

/** What Seam itself uses to say that a credential is not there any more. */
function saysGone({ status, body }: Answer): boolean {
  try {
    const json = JSON.parse(body);
    return (
      (status === 404 && json.error?.type === "acs_credential_not_found") ||
      json.acs_credential?.warnings?.some?.(
        (warning: { warning_code?: unknown }) => warning?.warning_code === "being_deleted",
      )
    );
  } catch {
    return false;
  }
}
