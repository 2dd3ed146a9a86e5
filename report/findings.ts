import type { AccessRow, Finding, FindingKind, Owner, Person, System } from "./document";
import { FINDING_KINDS } from "./document";
import type { CredentialFact, Facts, GrantFact, UserFact } from "./facts/facts";
import { declarationFindings } from "./findings-of-stacks";
import { methodName } from "./method-name";
import type { Owners } from "./owners";
import { peopleOf } from "./people";
import { plainText } from "./plain-text";
import { instants, rowsOf } from "./rows";
import { compareTexts } from "./sorting";
import { credentialStatus } from "./status";
import type { Ways } from "./ways";
import { overlap, phaseAt } from "./window";

export interface FindingOptions {
  /** What ends within so many milliseconds is `expiring`. */
  readonly expiringMs: number;
  /** Whether everything that stacks may declare was read: else what is not there is not called gone. */
  readonly isWhole: boolean;
  /** All rows at any time, where they were made already: there may be very many. */
  readonly rows?: readonly AccessRow[];
}

/** What a reviewer should look at; one finding for each key, membership, person or resource, however many doors. */
export function findingsOf(facts: Facts, owners: Owners, ways: Ways, options: FindingOptions): Finding[] {
  const rowsOfKey = new Map<string, AccessRow[]>();
  for (const row of options.rows ?? rowsOf(facts, owners, { at: "any" }, ways)) {
    const rows = rowsOfKey.get(row.acsCredentialId);
    if (rows) rows.push(row);
    else rowsOfKey.set(row.acsCredentialId, [row]);
  }
  const context: Context = { facts, owners, ways, options, personOf: peopleOf(facts), rowsOfKey };
  const found = [
    // A phone's key is what its parent is: one finding for both.
    ...[...facts.credentials.values()]
      .filter(({ parentId }) => parentId === undefined || !facts.credentials.has(parentId))
      .flatMap((credential) => keyFindings(context, credential)),
    ...[...facts.users.values()].flatMap((user) => userFindings(context, user)),
    ...facts.grants.flatMap((grant) => grantFindings(context, grant)),
    ...declarationFindings(facts, owners, options.isWhole),
  ];
  return found.sort(
    (a, b) =>
      FINDING_KINDS.indexOf(a.kind) - FINDING_KINDS.indexOf(b.kind) ||
      compareTexts(a.person?.name ?? "", b.person?.name ?? "") ||
      compareTexts(a.acsCredentialId ?? "", b.acsCredentialId ?? "") ||
      compareTexts(a.text, b.text),
  );
}

interface Context {
  readonly facts: Facts;
  readonly owners: Owners;
  readonly ways: Ways;
  readonly options: FindingOptions;
  readonly personOf: ReturnType<typeof peopleOf>;
  readonly rowsOfKey: ReadonlyMap<string, readonly AccessRow[]>;
}

function keyFindings(context: Context, credential: CredentialFact): Finding[] {
  const { facts, owners, ways, options, personOf, rowsOfKey } = context;
  const user = credential.userId === undefined ? undefined : facts.users.get(credential.userId);
  const all = rowsOfKey.get(credential.id) ?? [];
  const window = overlap(credential.window, user?.window);
  const status = credentialStatus(credential, user, window, facts.readAtMs);
  // Where a group's or grant's time is over, a key that goes on opens nothing by it.
  const rows = status === "over" ? all : all.filter((row) => row.status !== "over");
  const owner = owners.ofCredential(credential, ways.grantOf(credential.id));
  const person = personOf({ credential, user });
  const doors = doorsText(rows);
  const subject = `The ${methodName(credential.method)} of ${personName(person)}`;
  const finding = (kind: FindingKind, text: string): Finding => ({
    kind,
    text: `${text}.`,
    acsCredentialId: credential.id,
    person,
    ...atOneDoor(rows),
    system: systemOf(facts, credential.systemId),
    owner,
    ...instants(window),
  });
  const isUndeclared =
    owner.kind === "undeclared"
      ? [finding("undeclared", `${subject} ${doors}, and no stack declares it`)]
      : [];
  const strays = rows.filter((row) => row.via.kind !== "access_group" && row.owner.kind === "undeclared");
  const isWidened =
    owner.kind === "declared" && strays.length > 0
      ? [
          {
            ...finding(
              "undeclared",
              `${subject} is declared, but ${doorsText(strays)}, and no stack declares that`,
            ),
            owner: owners.nobody,
          },
        ]
      : [];
  if (status === "over") {
    const why = credential.isOverridden
      ? "was overridden by a later key"
      : `ended on ${dayOf(window.endsAt)}`;
    return [...isUndeclared, finding("over", `${subject} ${why} and is still there`)];
  }
  const ends = rows.length > 0 ? rows.map(({ endsAt }) => endsAt) : [instants(window).endsAt];
  const soon = new Date(facts.readAtMs + options.expiringMs).toISOString();
  const unsynced = rows.filter((row) => row.status === "not_synced");
  return [
    ...isUndeclared,
    ...isWidened,
    ...(credential.userId === undefined
      ? [finding("without_user", `A ${methodName(credential.method)} belongs to no user and ${doors}`)]
      : []),
    ...(status === "failed"
      ? [
          finding(
            "not_synced",
            `${subject} ${doors}, and Seam reports an error for it: whether it opens is not known`,
          ),
        ]
      : status === "not_synced" || unsynced.length > 0
        ? [
            finding(
              "not_synced",
              `${subject} ${doorsText(unsynced)}, but that has not reached the lock system`,
            ),
          ]
        : []),
    ...(ends.every((end) => end !== undefined && end <= soon)
      ? [
          finding(
            "expiring",
            `${subject} ${doors}, until ${dayOf(Date.parse(String([...ends].sort().at(-1))))}`,
          ),
        ]
      : []),
    ...(ends.some((end) => end === undefined)
      ? [finding("without_end", `${subject} ${doors}, and has no end`)]
      : []),
  ];
}

/** A grant that made no credential has no rows: it opens locks without an access system, or nothing yet. */
function grantFindings({ facts, owners, personOf }: Context, grant: GrantFact): Finding[] {
  const { identityId, credentialIds, window, deviceCount } = grant;
  const owner = owners.ofObject(grant.id);
  const isLive = phaseAt(window, facts.readAtMs) !== "after";
  if (owner.kind !== "undeclared" || credentialIds.length > 0 || !isLive) return [];
  const person = personOf({ credential: { userId: undefined, identityId }, user: undefined });
  const opens =
    deviceCount > 0
      ? `opens ${count(deviceCount, "lock")} without an access system`
      : "has made no key so far";
  return [
    {
      kind: "undeclared",
      text: `The access grant ${grant.name || grant.id} of ${personName(person)} ${opens}, and no stack declares it.`,
      person,
      owner,
      ...instants(window),
    },
  ];
}

/** What is about a person and not about one of the keys: memberships that no stack declares, and being suspended. */
function userFindings({ facts, owners, ways, personOf }: Context, user: UserFact): Finding[] {
  const keys = ways.credentialsOf(user.id);
  const person = personOf({ credential: { userId: user.id, identityId: user.identityId }, user });
  const base = { person, system: systemOf(facts, user.systemId) };
  const groups = ways.groupsOf(user.id);
  const isDeclared = ({ kind }: Owner) => kind === "declared";
  const byHand = keys.some((key) => isDeclared(owners.ofCredential(key, ways.grantOf(key.id))))
    ? groups.filter(
        (group) => owners.ofMembership(group, user).kind === "undeclared" && group.doorIds.length > 0,
      )
    : [];
  const lasting = keys.filter(
    (key) => credentialStatus(key, user, overlap(key.window, user.window), facts.readAtMs) === "suspended",
  );
  return [
    ...byHand.map(
      (group): Finding => ({
        kind: "undeclared",
        text: `${personName(person)} is in the access group ${group.name || group.id}, which opens ${count(group.doorIds.length, "door")}, and no stack declares that.`,
        ...base,
        owner: { kind: "undeclared" },
      }),
    ),
    ...(lasting.length > 0
      ? [
          {
            kind: "suspended_with_access" as const,
            text: `${personName(person)} is suspended and keeps ${count(lasting.length, "key")}${groups.length > 0 ? ` and ${count(groups.length, "access group")}` : ""}: all of them open again when the suspension ends.`,
            ...base,
          },
        ]
      : []),
  ];
}

/** Who it is, also where Seam has no name. */
export function personName({ name, emailAddress, acsUserId, userIdentityId }: Person): string {
  const texts = [name, emailAddress, acsUserId, userIdentityId];
  return texts.find((text) => text !== undefined && plainText(text) !== "") ?? "nobody";
}

function systemOf(facts: Facts, id: string): System {
  return { name: facts.systems.get(id)?.name ?? "", acsSystemId: id };
}

function doorsText(rows: readonly AccessRow[]): string {
  // A key may open one door at several times.
  const [first, ...others] = new Map(rows.map((row) => [row.door.acsEntranceId, row])).values();
  if (!first) return "opens no door that Seam tells of";
  const more = others.length > 0 ? ` and ${count(others.length, "more door")}` : "";
  return `opens ${first.door.name || first.door.acsEntranceId}${more}`;
}

function atOneDoor(rows: readonly AccessRow[]): Pick<Finding, "door"> {
  const [first] = rows;
  const isOne = first && rows.every(({ door }) => door.acsEntranceId === first.door.acsEntranceId);
  return isOne ? { door: first.door } : {};
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}

/** A day is what people want to read; the moment stands beside it. */
function dayOf(ms: number | undefined): string {
  return ms === undefined
    ? "an unknown day"
    : `${new Date(ms).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
