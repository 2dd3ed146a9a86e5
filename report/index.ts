/**
 * Who can open what, as a library: reads a workspace of Seam's, and never changes it.
 *
 * @packageDocumentation
 */

import { createClient } from "../provider/http/client";
import { resolveSettings, type SettingName } from "../provider/http/settings";
import { type Access, type AccessOptions, readAccess as readAccessBy } from "./read-access";

export * from "./changes";
export type {
  AccessDocument,
  AccessRow,
  AccessStatus,
  Door,
  Finding,
  FindingKind,
  Owner,
  Person,
  ReviewDocument,
  System,
  Via,
  WorkspaceInfo,
  WrittenDocument,
} from "./document";
export { FINDING_KINDS, SCHEMA_VERSION } from "./document";
export type {
  CredentialFact,
  DoorFact,
  Facts,
  GrantFact,
  GroupFact,
  IdentityFact,
  SystemFact,
  UserFact,
} from "./facts/facts";
export type { Filters } from "./filters";
export { renderHtml } from "./html/render-html";
export { type Holding, type Offboarding, offboarding } from "./offboard";
export { type Declaration, type Owners, type StackContent, type StackResource, stackContent } from "./owners";
export type { Access, AccessOptions } from "./read-access";
export type { Progress } from "./reading/reader";
export { renderCsv } from "./render/csv";
export { renderJson } from "./render/json";
export { type MarkdownOptions, renderMarkdown } from "./render/markdown";
export { renderTable } from "./render/table";
export type { Key, Way, Ways } from "./ways";
export type { Window } from "./window";

/** The Seam account to read; what is not given comes from the environment, such as `SEAM_API_KEY`. */
export type Account = { readonly [Name in SettingName]?: string };

/**
 * Reads from Seam who can open what. It sends reads only, and keeps no PIN, card number, link or token.
 *
 * @example
 * import { readAccess, stackContent } from "pulumi-seam/report";
 *
 * const access = await readAccess({
 *   stacks: [stackContent("prod", JSON.parse(exported))],
 *   filters: { door: "Server room" },
 * });
 * for await (const { person, endsAt, owner } of access.rows()) console.log(person.name, endsAt, owner.kind);
 *
 * @throws Error when a filter names a door, system or person that is not there, or no account is set
 */
export async function readAccess(
  options: AccessOptions & { readonly account?: Account } = {},
): Promise<Access> {
  const { account = {}, ...rest } = options;
  const seam = createClient(resolveSettings((name) => account[name]));
  try {
    return await readAccessBy(seam, rest);
  } finally {
    await seam.close();
  }
}
