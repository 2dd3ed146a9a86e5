import { join } from "node:path";
import { type LiveCredential, type Seed, startEmulator, withStack } from "pulumi-seam/testing";
import { type Deviation, expectedDeviations } from "./deviations";
import { DOCUMENTED_CASES, DOCUMENTED_IDS, DOCUMENTED_TIME, type DocumentedCase } from "./documented";

/** The examples as Seam's documents show them: with their ids, at their time. */
describe("an example replayed with the documents' ids at the documents' time", () => {
  it.each(DOCUMENTED_CASES)(
    "$example sends the documented body and gets the documented credential",
    async (documented) => {
      const { sent, state } = await replay(documented);
      expect(sent).toEqual(documented.request);
      expect(deviationsOf(state, documented.response)).toEqual(expectedDeviations(documented.example));
    },
  );
});

/** Deploys the example, and looks at what arrived in Seam and at what the stack then knows of the credential. */
async function replay({ example, kind, request }: DocumentedCase) {
  const emulator = await startEmulator({ seed: seedWith(kind), clock: DOCUMENTED_TIME });
  const time = `--require ${join(__dirname, "at-documented-time.cjs")}`;
  const options = {
    emulator,
    workDir: join(__dirname, "../../examples", example),
    config: configOf(example, request),
    env: { NODE_OPTIONS: time, DOCUMENTED_TIME, PULUMI_NODEJS_TRANSPILE_ONLY: "true" },
  };
  try {
    return await withStack(options, async (stack) => {
      const { outputs } = await stack.up();
      const [credential, ...more] = emulator.credentials();
      expect(more).toEqual([]);
      expect(outputs).toMatchObject(exportsOf(credential));
      const state: State = (await stack.exportStack()).deployment;
      const resource = state.resources.find(({ type }) => type.endsWith(":AcsCredential"));
      return { sent: credential?.create_body, state: wireNames(resource?.outputs) };
    });
  } finally {
    await emulator.close();
  }
}

/** A Seam in which the documents' ids are those of one system of this kind. */
function seedWith(kind: string): Seed {
  return {
    workspaces: [
      {
        workspace_id: DOCUMENTED_IDS.workspace,
        user_identities: [
          { key: "guest", user_identity_id: DOCUMENTED_IDS.identity, email_address: "guest@example.com" },
        ],
        acs_systems: [
          {
            key: "manager",
            external_type: "assa_abloy_credential_service",
            acs_system_id: DOCUMENTED_IDS.credentialManager,
          },
          {
            key: "property",
            kind,
            acs_system_id: DOCUMENTED_IDS.system,
            credential_managers: ["manager"],
            entrances: [{ key: "door", acs_entrance_id: DOCUMENTED_IDS.entrance }],
            users: [{ key: "guest", user_identity: "guest", acs_user_id: DOCUMENTED_IDS.user }],
          },
        ],
      },
    ],
  };
}

function configOf(example: string, request: Readonly<Record<string, unknown>>) {
  const owner =
    "user_identity_id" in request
      ? { [`${example}:userIdentityId`]: String(request["user_identity_id"]) }
      : { [`${example}:acsUserId`]: String(request["acs_user_id"]) };
  return {
    ...owner,
    [`${example}:acsSystemId`]: String(request["acs_system_id"]),
    [`${example}:acsEntranceIds`]: request["allowed_acs_entrance_ids"] as string[],
    [`${example}:credentialManagerAcsSystemId`]: String(request["credential_manager_acs_system_id"]),
    [`${example}:startsAt`]: String(request["starts_at"]),
    [`${example}:endsAt`]: String(request["ends_at"]),
    ...("code" in request && { [`${example}:code`]: { value: String(request["code"]), secret: true } }),
  };
}

/** What every example exports, as Seam has it. */
function exportsOf(credential: LiveCredential | undefined) {
  return {
    acsCredentialId: credential?.acs_credential_id,
    displayName: credential?.display_name,
    warnings: credential?.warnings.map(({ warning_code, message, created_at }) => {
      return { warningCode: warning_code, message, createdAt: created_at };
    }),
  };
}

function deviationsOf(state: Wire, documented: Wire): Record<string, Deviation["kind"]> {
  const fields = new Set([...Object.keys(state), ...Object.keys(documented)]);
  const deviations: Record<string, Deviation["kind"]> = {};
  for (const field of fields) {
    if (!(field in documented)) deviations[field] = "not in the document";
    else if (!(field in state)) deviations[field] = "only in the document";
    else if (JSON.stringify(state[field]) !== JSON.stringify(documented[field]))
      deviations[field] = "different";
  }
  return deviations;
}

type Wire = Readonly<Record<string, unknown>>;

interface State {
  resources: { type: string; outputs: Wire }[];
}

/** A resource's outputs in Seam's names, secrets in clear, without what only the provider knows (`__…`). */
function wireNames(outputs: Wire = {}): Wire {
  const own = Object.entries(outputs).filter(([name]) => !name.startsWith("__"));
  return Object.fromEntries(own.map(([name, value]) => [snakeCase(name), inClear(value)]));
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function inClear(value: unknown): unknown {
  const isSecret = typeof value === "object" && value !== null && "plaintext" in value;
  return isSecret ? JSON.parse(String(value.plaintext)) : value;
}
