import { nearNames } from "../../../provider/values/near-names";
import type { RosterPerson } from "../roster";

/** Names of columns besides the property's own. */
const SYNONYMS = {
  key: [],
  name: ["full name"],
  email: ["mail", "email address"],
  phone: ["tel", "telephone", "phone number"],
  groups: ["group"],
  doors: ["door"],
  method: ["access method"],
  startsAt: ["valid from"],
  endsAt: ["valid until"],
  suspended: [],
  acsUserId: [],
} as const satisfies Record<keyof RosterPerson, readonly string[]>;

type Property = keyof typeof SYNONYMS;

const PROPERTIES = Object.keys(SYNONYMS) as Property[];
const BY_NAME = new Map(
  PROPERTIES.flatMap((property) =>
    [property, ...SYNONYMS[property]].map((name): [string, Property] => [plain(name), property]),
  ),
);

/** A column of a CSV file. */
export interface Column {
  /** Its name in the file; empty where it has none. */
  readonly name: string;
  /** What is in it, or what is taken to be in it where the name is wrong. */
  readonly property?: Property;
}

/** A header as it is understood. */
export interface Header {
  readonly columns: readonly Column[];
  /** False where every line would be wrong for the same reason. */
  readonly isUsable: boolean;
  readonly mistakes: readonly string[];
}

export function readHeader(names: readonly string[]): Header {
  const columns = names.map((name): Column => {
    const property = BY_NAME.get(plain(name)) ?? guess(name);
    return { name, ...(property && { property }) };
  });
  if (knownColumns(names) === 0) {
    const what = names.length === 0 ? "the file is empty." : "there is no column of a roster.";
    const advice = `The first line has to name the columns: ${PROPERTIES.join(", ")}.`;
    return { columns, isUsable: false, mistakes: [`${what} ${advice}`] };
  }
  const fatal = [...twins(columns), ...missing(columns)];
  return { columns, isUsable: fatal.length === 0, mistakes: [...unknown(columns), ...fatal] };
}

/** How many of the names are those of columns. */
export function knownColumns(names: readonly string[]): number {
  return names.filter((name) => BY_NAME.has(plain(name))).length;
}

function unknown(columns: readonly Column[]): string[] {
  return columns
    .filter(({ name }) => name !== "" && !BY_NAME.has(plain(name)))
    .map(({ name, property }) => {
      const advice = property
        ? `Did you mean ${property}?`
        : `Remove it, or use one of ${PROPERTIES.join(", ")}.`;
      return `${name}: there is no such column. ${advice}`;
    });
}

function twins(columns: readonly Column[]): string[] {
  return PROPERTIES.flatMap((property) => {
    const names = columns.filter((column) => column.property === property).map(({ name }) => `"${name}"`);
    return names.length > 1
      ? [`the columns ${names.join(" and ")} are both ${property}. Keep one of them.`]
      : [];
  });
}

function missing(columns: readonly Column[]): string[] {
  const lacks = (wanted: Property) => !columns.some(({ property }) => property === wanted);
  return [
    ...(lacks("key") ? ["there is no column key, such as the staff number."] : []),
    ...(lacks("name") ? ["there is no column name."] : []),
    ...(lacks("groups") && lacks("doors") ? ["there is neither a column groups nor a column doors."] : []),
  ];
}

/** What a mistyped name was to be. */
function guess(name: string): Property | undefined {
  return name === "" ? undefined : BY_NAME.get(nearNames(plain(name), BY_NAME.keys())[0] ?? "");
}

/** A name without what people write in this way or that: case, blanks, hyphens, underscores, dots. */
function plain(name: string): string {
  return name.toLowerCase().replace(/[\s._-]/g, "");
}
