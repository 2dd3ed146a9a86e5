import { isNotFound } from "../../provider/http/errors";
import { isRecord } from "../../provider/values/record";
import type { Reader } from "../reading/reader";
import type { CredentialFact } from "./facts";
import { credentialFact } from "./from-wire";
import type { DeclaredKey } from "./scope";

interface DeclaredKeys {
  readonly credentials: readonly CredentialFact[];
  readonly leftOut: readonly string[];
}

const MOST_NAMES = 10;

/**
 * Keys that are declared for a door and that its own list leaves out, such as those of people who are suspended: by one
 * request each, as many as there are left. What is not asked about is told.
 */
export async function readDeclaredKeys(
  reader: Reader,
  keys: readonly DeclaredKey[],
  left: number,
): Promise<DeclaredKeys> {
  const asked = keys.slice(0, Math.max(0, left));
  const credentials = (await Promise.all(asked.map((key) => readKey(reader, key)))).flatMap(
    (key) => key ?? [],
  );
  const names = keys.slice(asked.length).map(({ name }) => name);
  if (names.length === 0) return { credentials, leftOut: [] };
  const told = names.slice(0, MOST_NAMES).join(", ");
  const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : "";
  const what = names.length === 1 ? "1 resource" : `${names.length} resources`;
  return {
    credentials,
    leftOut: [
      `The keys of ${what} that are declared for the door and that Seam's list for it leaves out, as it does with people who are suspended or whose time has not come: ${told}${more}. --thorough reads them.`,
    ],
  };
}

/** @returns nothing of one that is gone, or could not be read: that is reported */
async function readKey(reader: Reader, { id }: DeclaredKey): Promise<CredentialFact | undefined> {
  const part = `acs_credential ${id}`;
  const request = { path: "/acs/credentials/get", body: { acs_credential_id: id }, effect: "read" } as const;
  try {
    const { acs_credential } = (await reader.call({ ...request, action: `read ${part}` })).json;
    return isRecord(acs_credential) ? credentialFact(acs_credential) : undefined;
  } catch (error) {
    if (!isNotFound(error, "acs_credential")) reader.report(part, error);
    return undefined;
  }
}
