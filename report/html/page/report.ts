import type { FindingKindData, PageData } from "./data";

export interface System {
  readonly name: string;
  readonly id: string;
}

/** A person or a door: what the page has lists, links and pages of. */
export interface Subject {
  readonly side: Side;
  readonly name: string;
  /** What tells it from others of that name. */
  readonly detail: string;
  readonly id: string;
  readonly rows: Row[];
}

export type Side = "door" | "person";

export interface Owner {
  readonly kind: string;
  readonly text: string;
  /** Of its resource, such as `AcsCredential`. */
  readonly type: string | undefined;
}

/** One way in: one person at one door by one key. */
export interface Row {
  readonly person: Subject;
  readonly door: Subject;
  readonly system: System;
  readonly method: string;
  readonly how: string;
  readonly status: string;
  readonly owner: Owner;
  readonly credential: string;
  readonly startsAt: string | undefined;
  readonly endsAt: string | undefined;
}

export interface Finding {
  readonly kind: FindingKindData;
  readonly text: string;
  readonly person: Subject | undefined;
  readonly door: Subject | undefined;
  readonly system: System | undefined;
  readonly owner: Owner | undefined;
  readonly credential: string | undefined;
  readonly endsAt: string | undefined;
  /** The ways in that its key gives. */
  readonly rows: readonly Row[];
}

export interface Report {
  readonly readAtMs: number;
  readonly systems: readonly System[];
  readonly doors: readonly Subject[];
  readonly people: readonly Subject[];
  readonly methods: readonly string[];
  readonly statuses: readonly string[];
  readonly rows: readonly Row[];
  readonly findingKinds: readonly FindingKindData[];
  readonly findings: readonly Finding[] | undefined;
}

/** The report with its places looked up. */
export function reportOf(data: PageData): Report {
  const systems = data.systems.map(([name, id]): System => ({ name, id }));
  const doors = data.doors.map(
    ([name, id, system]): Subject => ({
      side: "door",
      name,
      detail: systems[system]?.name ?? "",
      id,
      rows: [],
    }),
  );
  const people = data.people.map(
    ([name, detail, id]): Subject => ({ side: "person", name, detail, id, rows: [] }),
  );
  const owners = data.owners.map(
    ([kind, text, type]): Owner => ({
      kind: at(data.ownerKinds, kind),
      text,
      type: data.resourceTypes[type],
    }),
  );
  const rowsOfKey = new Map<string, Row[]>();
  const rows = data.rows.map(
    ([person, door, method, how, status, owner, credential, startsAt, endsAt]): Row => {
      const row: Row = {
        person: at(people, person),
        door: at(doors, door),
        system: at(systems, at(data.doors, door)[2]),
        method: at(data.methods, method),
        how: at(data.hows, how),
        status: at(data.statuses, status),
        owner: at(owners, owner),
        credential: at(data.credentials, credential),
        startsAt: data.instants[startsAt],
        endsAt: data.instants[endsAt],
      };
      row.person.rows.push(row);
      row.door.rows.push(row);
      const ofKey = rowsOfKey.get(row.credential);
      if (ofKey) ofKey.push(row);
      else rowsOfKey.set(row.credential, [row]);
      return row;
    },
  );
  const findings = data.findings?.map(
    ([kind, text, person, door, system, owner, credential, endsAt]): Finding => ({
      kind: at(data.findingKinds, kind),
      text,
      person: people[person],
      door: doors[door],
      system: systems[system],
      owner: owners[owner],
      credential: data.credentials[credential],
      endsAt: data.instants[endsAt],
      rows: rowsOfKey.get(data.credentials[credential] ?? "") ?? [],
    }),
  );
  return {
    readAtMs: Date.parse(data.readAt),
    systems: [...systems].sort(byName),
    doors,
    people: [...people].sort(byName),
    methods: data.methods,
    statuses: data.statuses,
    rows,
    findingKinds: data.findingKinds,
    findings,
  };
}

const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return collator.compare(a.name, b.name);
}

function at<Thing>(list: readonly Thing[], place: number): Thing {
  const thing = list[place];
  if (thing === undefined)
    throw new Error(`This report is damaged: there is no place ${place} in a list of ${list.length}.`);
  return thing;
}
