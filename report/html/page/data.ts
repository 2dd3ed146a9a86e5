/**
 * A report as the page gets it. What repeats stands once in a list, and is pointed to by its place there: a workspace
 * has far fewer people and doors than ways through them.
 */
export interface PageData {
  /** When the workspace was read, ISO 8601, UTC. The page counts days from here, not from when it is looked at. */
  readonly readAt: string;
  readonly systems: readonly NamedData[];
  readonly doors: readonly DoorData[];
  readonly people: readonly PersonData[];
  readonly methods: readonly string[];
  /** How a door opens, such as `card by group Staff`. */
  readonly hows: readonly string[];
  readonly statuses: readonly string[];
  readonly ownerKinds: readonly string[];
  readonly resourceTypes: readonly string[];
  readonly owners: readonly OwnerData[];
  readonly instants: readonly string[];
  readonly credentials: readonly string[];
  readonly rows: readonly RowData[];
  /** The kinds that there are, in the order to show them. */
  readonly findingKinds: readonly FindingKindData[];
  /** `null`: none were looked for. */
  readonly findings: readonly FindingData[] | null;
}

/** The place of something in its list; `-1` where there is none. */
type Place = number;

export type NamedData = readonly [name: string, id: string];
export type DoorData = readonly [name: string, id: string, system: Place];
export type PersonData = readonly [name: string, detail: string, id: string];
export type OwnerData = readonly [kind: Place, text: string, type: Place];

export type RowData = readonly [
  person: Place,
  door: Place,
  method: Place,
  how: Place,
  status: Place,
  owner: Place,
  credential: Place,
  startsAt: Place,
  endsAt: Place,
];

export interface FindingKindData {
  readonly kind: string;
  readonly title: string;
  /** What it means, and what to do. */
  readonly help: string;
}

export type FindingData = readonly [
  kind: Place,
  text: string,
  person: Place,
  door: Place,
  system: Place,
  owner: Place,
  credential: Place,
  endsAt: Place,
];
