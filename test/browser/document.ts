import type { AccessRow, AccessStatus, Finding, ReviewDocument } from "../../report/document";

const READ_AT = Date.parse("2030-03-11T09:00:00Z");
const DAY = 86_400_000;

/** Names as Seam may hold them, whoever wrote them. */
export const HOSTILE = {
  script: `</script><script>document.title = "hostile"</script>`,
  image: `"><img src=x onerror="document.title='hostile'">`,
  comment: "<!--<script>",
  template: "{{7*7}} `7*7`",
  separators: "line\u2028para\u2029end",
  direction: "ada\u202Elave",
};

const FIRST =
  "Ada Ben Cléo Dirk Edda Farid Grete Hugo Ines Jonas Kira Lars Mona Nils Olga Pavel Quinn Rosa Sven Tara".split(
    " ",
  );
const LAST = "Andersen Bauer Costa Dubois Ekström Fischer Garcia Haas Ivanova Jensen Keller Lindqvist".split(
  " ",
);
const DOORS =
  "Front door,Back door,Server room,Lab,Store,Roof,Garage,Archive,Canteen,Workshop,Meeting room,Gym".split(
    ",",
  );

export interface Size {
  readonly people: number;
  readonly doors: number;
  /** How many doors one person has a key to. */
  readonly doorsOfOne: number;
}

/** A review of the given size, the same each time. */
export function reviewOf({ people, doors, doorsOfOne }: Size, names: readonly string[] = []): ReviewDocument {
  const systems = ["Head office", "Warehouse"].map((name, at) => ({ name, acsSystemId: id("sys", at) }));
  const allDoors = Array.from({ length: doors }, (_, at) => ({
    name:
      at < DOORS.length
        ? (DOORS[at] ?? "")
        : `${DOORS[at % DOORS.length]} ${Math.floor(at / DOORS.length) + 1}`,
    acsEntranceId: id("door", at),
  }));
  const allPeople = Array.from({ length: people }, (_, at) => {
    const name =
      names[at] ?? `${FIRST[at % FIRST.length]} ${LAST[Math.floor(at / FIRST.length + at) % LAST.length]}`;
    return {
      name,
      emailAddress: `person${at}@example.com`,
      acsUserId: id("user", at),
      userIdentityId: id("identity", at),
    };
  });
  const rows = allPeople.flatMap((person, at) =>
    Array.from({ length: doorsOfOne }, (_, nth) => rowOf(person, at, (at + nth * 7) % doors, nth)),
  );

  function rowOf(person: AccessRow["person"], at: number, doorAt: number, nth: number): AccessRow {
    const door = allDoors[doorAt] ?? { name: "", acsEntranceId: "" };
    const system = systems[doorAt % 2] ?? { name: "", acsSystemId: "" };
    const key = at * 3 + (nth % 3);
    const end = key % 5 === 0 ? undefined : READ_AT + ((key % 120) - 10) * DAY;
    const start = READ_AT + (key % 11 === 1 ? 6 : -40) * DAY;
    const status: AccessStatus =
      end !== undefined && end < READ_AT
        ? "over"
        : start > READ_AT
          ? "upcoming"
          : (ODD[key % 37] ?? "active");
    const owner =
      key % 13 === 0
        ? ({ kind: "undeclared" } as const)
        : key % 41 === 7
          ? ({ kind: "unknown" } as const)
          : ({
              kind: "declared",
              stack: key % 2 ? "prod" : "staff",
              urn: `urn:pulumi:prod::doors::pulumi-nodejs:dynamic/seam:AcsCredential::key-${key}`,
            } as const);
    return {
      person,
      door,
      system,
      startsAt: new Date(start).toISOString(),
      ...(end !== undefined && { endsAt: new Date(end).toISOString() }),
      method: ["code", "card", "mobile_key"][key % 3] ?? "code",
      via:
        nth % 4 === 1
          ? { kind: "access_group", id: id("group", nth), name: "Staff" }
          : { kind: "credential", id: id("key", key) },
      acsCredentialId: id("key", key),
      status,
      owner,
    };
  }
  return {
    schemaVersion: 1,
    generatedAt: new Date(READ_AT).toISOString(),
    complete: true,
    workspace: { workspaceId: id("workspace", 1), name: "Example Properties", isSandbox: true },
    stacks: ["prod", "staff"],
    rows,
    notSeen: [
      "Mechanical keys.",
      "Credentials that were made at the lock system itself and are not in Seam.",
      "Timetables of the lock system, such as doors that stand open in office hours.",
    ],
    toolVersion: "0.2.0",
    scope: [],
    requests: 212,
    durationMs: 4_321,
    findings: findingsOf(rows),
  };
}

const ODD: Readonly<Record<number, AccessStatus>> = {
  3: "suspended",
  11: "not_issued",
  17: "not_synced",
  29: "failed",
};

function findingsOf(rows: readonly AccessRow[]): Finding[] {
  const keys = new Map(rows.map((row) => [row.acsCredentialId, row]));
  const finding = (kind: Finding["kind"], row: AccessRow, text: string): Finding => ({
    kind,
    text: `The ${row.method} of ${row.person.name} opens ${row.door.name}${text}.`,
    acsCredentialId: row.acsCredentialId,
    person: row.person,
    system: row.system,
    owner: row.owner,
    ...(row.endsAt !== undefined && { endsAt: row.endsAt }),
  });
  const all = [...keys.values()];
  return [
    ...all
      .filter(({ owner }) => owner.kind === "undeclared")
      .map((row) => finding("undeclared", row, ", and no stack declares it")),
    ...all
      .filter(({ status }) => status === "over")
      .map((row) => finding("over", row, ", has ended and is still there")),
    {
      kind: "declared_but_gone",
      text: "The stack prod declares card-9, but it no longer exists in Seam.",
      owner: {
        kind: "declared",
        stack: "prod",
        urn: "urn:pulumi:prod::doors::pulumi-nodejs:dynamic/seam:AcsCredential::card-9",
      },
    },
    ...all
      .filter(({ endsAt }) => endsAt === undefined)
      .map((row) => finding("without_end", row, ", and has no end")),
  ];
}

/** Looks like one of Seam's ids. */
function id(kind: string, at: number): string {
  const hex = [...`${kind}${at}`].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 0xffffffff, 7);
  const text = `${hex.toString(16).padStart(8, "0")}${at.toString(16).padStart(12, "0")}`;
  return `${text.slice(0, 8)}-5a4c-4e1b-9d2f-${text.slice(8)}`;
}
