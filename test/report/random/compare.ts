import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { createClient } from "../../../provider/http/client";
import type { AccessRow } from "../../../report/document";
import type { StackContent } from "../../../report/owners";
import { type Access, readAccess } from "../../../report/read-access";
import { NOW, randomFrom, randomWorkspace, type Size } from "./workspace";

/** A time with open ends, as Seam writes them. */
interface Timed {
  readonly startsAt?: string | undefined;
  readonly endsAt?: string | undefined;
}

/** What Seam's own client tells. */
export interface OfficialView {
  readonly credentials: readonly (Timed & {
    readonly id: string;
    readonly userId?: string | undefined;
    readonly isOverridden: boolean;
    /** What the credential opens, as Seam says. */
    readonly doorIds: readonly string[];
  })[];
  readonly users: readonly (Timed & { readonly id: string; readonly isSuspended: boolean })[];
  readonly groups: readonly (Timed & {
    readonly id: string;
    readonly userIds: readonly string[];
    readonly doorIds: readonly string[];
  })[];
  readonly grants: readonly { readonly id: string; readonly credentialIds: readonly string[] }[];
}

/** Reads a random workspace in two ways that have no code in common, and expects the same of both. */
export async function compareRandomWorkspace(seed: number, size: Size): Promise<void> {
  const emulator = await randomWorkspace(seed, size);
  const seam = createClient({ endpoint: emulator.url, token: emulator.apiKey });
  try {
    const official = await viewOf(emulator);
    const declared = declaredAtRandom(official, seed);
    const access = await readAccess(seam, { stacks: [declared], filters: { at: "any" } });
    const atNow = await readAccess(seam, { stacks: [declared] });
    expect(access.isComplete).toBe(true);
    compareDoors(access, atNow, official);
    compareOwners(access, official, new Set(declared.resources.map(({ id }) => id)));
  } finally {
    await seam.close();
    await emulator.close();
  }
}

/** The official client is an ES module, which jest does not load: it runs in a process of its own. */
async function viewOf({ url, apiKey }: { url: string; apiKey: string }): Promise<OfficialView> {
  const script = join(__dirname, "official-view.mts");
  const options = { maxBuffer: 256 * 1024 * 1024 };
  const { stdout } = await promisify(execFile)(process.execPath, [script, url, apiKey], options);
  return JSON.parse(stdout);
}

/** What can open now: what Seam lists for the credential, where its own, its user's and its group's times allow it. */
function openNow({ credentials, users, groups }: OfficialView): Set<string> {
  const now = Date.parse(NOW);
  const isNow = ({ startsAt, endsAt }: Timed) =>
    (startsAt === undefined || Date.parse(startsAt) <= now) &&
    (endsAt === undefined || now < Date.parse(endsAt));
  const userOf = new Map(users.map((user) => [user.id, user]));
  return new Set(
    credentials.flatMap((credential) => {
      const user = userOf.get(credential.userId ?? "");
      if (!isNow(credential) || credential.isOverridden || (user && (user.isSuspended || !isNow(user))))
        return [];
      return credential.doorIds
        .filter((door) => {
          const ofGroups = groups.filter(
            ({ userIds, doorIds }) => userIds.includes(credential.userId ?? "") && doorIds.includes(door),
          );
          return ofGroups.length === 0 || ofGroups.some(isNow);
        })
        .map((door) => `${credential.id} ${door}`);
    }),
  );
}

function compareDoors(access: Access, atNow: Access, official: OfficialView): void {
  const pairOf = ({ acsCredentialId, door }: AccessRow) => `${acsCredentialId} ${door.acsEntranceId}`;
  const all = new Set(access.document().rows.map(pairOf));
  const listed = official.credentials.flatMap(({ id, doorIds }) => doorIds.map((door) => `${id} ${door}`));
  expect(listed.filter((pair) => !all.has(pair))).toEqual([]);
  const opening = atNow
    .document()
    .rows.filter(({ status }) => status === "active" || status === "not_issued")
    .map(pairOf);
  expect(new Set(opening)).toEqual(openNow(official));
  expect(opening).toHaveLength(new Set(opening).size);
  const suspended = new Set(official.users.filter(({ isSuspended }) => isSuspended).map(({ id }) => id));
  const ofSuspended = access.document().rows.filter(({ person }) => suspended.has(person.acsUserId));
  expect(ofSuspended.length).toBeGreaterThan(0);
  expect(ofSuspended.filter(({ status }) => status !== "suspended" && status !== "over")).toEqual([]);
}

/** Half of everything that can be declared. */
function declaredAtRandom({ credentials, groups, grants }: OfficialView, seed: number): StackContent {
  const random = randomFrom(seed + 1);
  const made = new Set(grants.flatMap(({ credentialIds }) => credentialIds));
  const resource = (type: string, id: string) => ({
    urn: `urn:pulumi:some::doors::pulumi-nodejs:dynamic/seam:${type}::${id}`,
    type: `pulumi-nodejs:dynamic/seam:${type}`,
    id,
  });
  const all = [
    ...credentials.filter(({ id }) => !made.has(id)).map(({ id }) => resource("AcsCredential", id)),
    ...grants.map(({ id }) => resource("AccessGrant", id)),
    ...groups.flatMap(({ id, userIds }) =>
      userIds.map((user) => resource("AcsAccessGroupMembership", `${id}/${user}`)),
    ),
  ];
  return { name: "some", resources: all.filter(() => random() < 0.5) };
}

function compareOwners(
  access: Access,
  { credentials, grants }: OfficialView,
  declared: ReadonlySet<string | undefined>,
) {
  const grantOf = new Map(grants.flatMap(({ id, credentialIds }) => credentialIds.map((made) => [made, id])));
  const userOf = new Map(credentials.map(({ id, userId }) => [id, userId]));
  const wrong = access.document().rows.filter(({ acsCredentialId, via, owner }) => {
    const isKeyDeclared = declared.has(acsCredentialId) || declared.has(grantOf.get(acsCredentialId));
    const isMembershipDeclared =
      via.kind !== "access_group" || declared.has(`${via.id}/${userOf.get(acsCredentialId)}`);
    return owner.kind !== (isKeyDeclared && isMembershipDeclared ? "declared" : "undeclared");
  });
  expect(wrong).toEqual([]);
}
