import type { AccessDocument, AccessRow, Finding, FindingKind, Owner, Person } from "../document";
import { FINDING_KINDS } from "../document";
import { personName } from "../findings";
import { methodName } from "../method-name";
import { plainText } from "../plain-text";
import { howText, ownerText, statusText } from "../render/words";
import { FINDING_WORDS } from "./finding-words";
import type { FindingData, PageData, PersonData, RowData } from "./page/data";

/** What the page shows of a report; every text on one line, without marks that turn the direction of writing. */
export function pageData({
  generatedAt,
  rows,
  findings,
}: AccessDocument & { readonly findings?: readonly Finding[] }): PageData {
  const systems = places<AccessRow["system"]>(({ acsSystemId }) => acsSystemId);
  const doors = places<Pick<AccessRow, "door" | "system">>(({ door }) => door.acsEntranceId);
  const people = places<PersonOfKey>(personKey);
  const methods = places<string>((method) => method);
  const hows = places<string>((how) => how);
  const statuses = places<string>((status) => status);
  const ownerKinds = places<string>((kind) => kind);
  const resourceTypes = places<string>((type) => type);
  const owners = places<Owner>(({ kind, stack, urn }) => [kind, stack, urn].join("\n"));
  const instants = places<string>((instant) => instant);
  const credentials = places<string>((id) => id);
  const kinds = FINDING_KINDS.filter((kind) => findings?.some((finding) => finding.kind === kind));

  const rowData = rows.map(
    (row): RowData => [
      people.placeOf(row),
      doors.placeOf(row),
      methods.placeOf(methodName(row.method)),
      hows.placeOf(howText(row)),
      statuses.placeOf(statusText(row.status)),
      owners.placeOf(row.owner),
      credentials.placeOf(row.acsCredentialId),
      instants.placeOf(row.startsAt),
      instants.placeOf(row.endsAt),
    ],
  );
  for (const { system } of rows) systems.placeOf(system);
  const findingData = findings?.map(
    ({ kind, text, person, door, system, owner, acsCredentialId = "", endsAt }): FindingData => [
      kinds.indexOf(kind),
      plainText(text),
      people.placeOf(person && { person, acsCredentialId }),
      doors.placeOf(door && system && { door, system }),
      systems.placeOf(system),
      owners.placeOf(owner),
      acsCredentialId ? credentials.placeOf(acsCredentialId) : -1,
      instants.placeOf(endsAt),
    ],
  );
  return {
    readAt: generatedAt,
    systems: systems.all().map(({ name, acsSystemId }) => [plainText(name) || acsSystemId, acsSystemId]),
    doors: doors
      .all()
      .map(({ door, system }) => [
        plainText(door.name) || door.acsEntranceId,
        door.acsEntranceId,
        systems.placeOf(system),
      ]),
    people: peopleData(people.all(), rows),
    methods: methods.all().map(plainText),
    hows: hows.all().map(plainText),
    statuses: statuses.all(),
    owners: owners
      .all()
      .map((owner) => [
        ownerKinds.placeOf(owner.kind),
        plainText(ownerText(owner)),
        resourceTypes.placeOf(resourceType(owner)),
      ]),
    ownerKinds: ownerKinds.all(),
    resourceTypes: resourceTypes.all(),
    instants: instants.all(),
    credentials: credentials.all(),
    rows: rowData,
    findingKinds: kinds.map((kind: FindingKind) => ({ kind, ...FINDING_WORDS[kind] })),
    findings: findingData ?? null,
  };
}

type PersonOfKey = Pick<AccessRow, "person" | "acsCredentialId">;

/** One person over all systems, as far as Seam knows; of keys without a user each stands for itself. */
function personKey({ person: { userIdentityId, acsUserId }, acsCredentialId }: PersonOfKey): string {
  return userIdentityId || acsUserId || acsCredentialId;
}

/** A person may have another name in each system: all are shown, so that each is found. */
function peopleData(people: readonly PersonOfKey[], rows: readonly AccessRow[]): PersonData[] {
  const names = new Map<string, Set<string>>();
  for (const row of [...people, ...rows]) {
    const key = personKey(row);
    const known = names.get(key) ?? new Set();
    for (const text of namesOf(row.person)) known.add(text);
    names.set(key, known);
  }
  return people.map((one) => {
    const key = personKey(one);
    const [name = "", ...others] = names.get(key) ?? [];
    return [name || "nobody", others.join(" · "), key];
  });
}

function namesOf(person: Person): string[] {
  if (!person.acsUserId && !person.userIdentityId) return ["No user"];
  return [plainText(personName(person)), plainText(person.emailAddress ?? "")].filter(Boolean);
}

/** `AcsCredential`, of the type token `pulumi-nodejs:dynamic/seam:AcsCredential`. */
function resourceType({ urn }: Owner): string | undefined {
  return urn?.split("::").at(-2)?.split(":").at(-1);
}

interface Places<Thing> {
  readonly placeOf: (thing: Thing | undefined) => number;
  readonly all: () => readonly Thing[];
}

/** A list without doubles, and the place of each in it. */
function places<Thing>(keyOf: (thing: Thing) => string): Places<Thing> {
  const all: Thing[] = [];
  const known = new Map<string, number>();
  return {
    all: () => all,
    placeOf: (thing) => {
      if (thing === undefined) return -1;
      const key = keyOf(thing);
      const place = known.get(key) ?? all.push(thing) - 1;
      known.set(key, place);
      return place;
    },
  };
}
