import type { z } from "zod";
import { checkInputs } from "../../../provider/inputs/check";
import type { Problem } from "../../../provider/inputs/problem";
import { isReversed } from "../../../provider/inputs/validity";
import { isRecord, type Properties } from "../../../provider/values/record";
import { show } from "../../../provider/values/show";
import type { AccessMethod } from "../../resources/acs-credential";
import { type Roster, RosterError } from "../roster";
import { groupProblems, personProblems, type Rules } from "./rules";
import { type Group, groupSchema, type Person, personSchema, rosterSchema } from "./schema";
import { type BesideRoster, readSource } from "./source";
import { listed, type Mistake, type Path, type RosterSource } from "./written";

/** A person with everything that follows from its groups. */
export interface ResolvedPerson {
  readonly key: string;
  readonly name: string;
  readonly email?: string;
  readonly phone?: string;
  readonly accessGroups: readonly ResolvedAccessGroup[];
  readonly doors: readonly string[];
  readonly method: AccessMethod;
  readonly startsAt?: string;
  readonly endsAt?: string;
  readonly suspended?: true;
  /** The person's user, where it is there already. */
  readonly acsUserId?: string;
}

/** An access group that a person is in. */
export interface ResolvedAccessGroup {
  /** Its name in the access system, which may change there. */
  readonly name: string;
  /** Its part of resource names: the roster's group that has it and, from the second on, its place there. */
  readonly handle: string;
}

/** A checked roster, and where in it something stands. */
export interface ResolvedRoster {
  /** Everybody whose access has not ended. */
  readonly people: readonly ResolvedPerson[];
  /** Everybody whose end is past. */
  readonly over: readonly ResolvedPerson[];
  /** Where names of entrances and access groups stand, such as `roster.yaml:12`: what is not there shows only later. */
  readonly places: {
    readonly doors: ReadonlyMap<string, readonly string[]>;
    readonly accessGroups: ReadonlyMap<string, readonly string[]>;
  };
  /** How a message about somebody begins, by key: `roster.yaml:12: Ada Example (0017)`. */
  readonly lines: ReadonlyMap<string, string>;
}

/**
 * Checks a roster as a whole, without asking Seam, and works out what everybody gets.
 * @throws RosterError with all mistakes, each with its place
 */
export function resolveRoster(roster: Roster | string, beside?: BesideRoster): ResolvedRoster {
  const source = readSource(roster, beside);
  if (source.value === undefined) throw new RosterError(listed(source.mistakes));
  return new Resolver(source).resolve();
}

class Resolver {
  readonly #source: RosterSource;
  readonly #mistakes: Mistake[];
  readonly #groups = new Map<string, Group>();
  readonly #lines = new Map<string, string>();
  readonly #places = { doors: new Map<string, string[]>(), accessGroups: new Map<string, string[]>() };

  constructor(source: RosterSource) {
    this.#source = source;
    this.#mistakes = [...source.mistakes];
  }

  resolve(): ResolvedRoster {
    const { value } = this.#source;
    const top = this.#check(rosterSchema, value, [], "", () => []);
    const timeZone = top.timeZone ?? (this.#has("timeZone") ? SOME_ZONE : undefined);
    const [ofGroup, ofPerson] = [groupSchema(timeZone), personSchema(timeZone)];
    for (const [name, group] of Object.entries(top.groups ?? {})) {
      const path = ["groups", name];
      this.#groups.set(name, this.#check(ofGroup, group, path, `group "${name}"`, groupProblems));
    }
    const rules = personProblems(this.#groups);
    const people = (top.people ?? []).map((written, index) => {
      const path = ["people", index];
      return { path, person: this.#check(ofPerson, written, path, whoIs(written), rules) };
    });
    this.#findTwins(people, "key", "Keys make resource names: give each person one of their own.");
    this.#findTwins(people, "email", "Two lines for one person? Put all groups into one.");
    this.#findTwins(people, "acsUserId", "One user is one person's: correct the id of the other.");
    const resolved = people.flatMap(({ person, path }) => this.#resolvePerson(person, path, top.method));
    if (this.#mistakes.length > 0) throw new RosterError(listed(this.#mistakes));
    const now = Date.now();
    const isOver = ({ endsAt }: ResolvedPerson) => endsAt !== undefined && Date.parse(endsAt) <= now;
    const [staying, over] = [resolved.filter((person) => !isOver(person)), resolved.filter(isOver)];
    this.#forgetPlacesOf(over, staying);
    return { people: staying, over, places: this.#places, lines: this.#lines };
  }

  /** What only people name whose access has ended need not be there any more. */
  #forgetPlacesOf(over: readonly ResolvedPerson[], staying: readonly ResolvedPerson[]): void {
    const doors = (people: readonly ResolvedPerson[]) => people.flatMap((person) => person.doors);
    const groups = (people: readonly ResolvedPerson[]) =>
      people.flatMap(({ accessGroups }) => accessGroups.map(({ name }) => name));
    for (const [places, namesOf] of [
      [this.#places.doors, doors],
      [this.#places.accessGroups, groups],
    ] as const) {
      const needed = new Set(namesOf(staying));
      for (const name of namesOf(over)) if (!needed.has(name)) places.delete(name);
    }
  }

  #has(property: keyof Roster): boolean {
    const { value } = this.#source;
    return isRecord(value) && (value[property] ?? undefined) !== undefined;
  }

  /** The valid properties of an object; what is wrong with the others is noted. */
  #check<Shape extends z.ZodRawShape>(
    schema: z.ZodObject<Shape>,
    written: unknown,
    path: Path,
    who: string,
    rules: Rules<Partial<z.output<z.ZodObject<Shape>>>>,
  ): Partial<z.output<z.ZodObject<Shape>>> {
    if (!isRecord(written)) {
      this.#note(
        path,
        who,
        `${show(written)} is no list of properties. Use ${Object.keys(schema.shape).join(", ")}.`,
      );
      return {};
    }
    const nameOf = (property: string) => this.#nameOf(property, path);
    const { inputs, problems } = checkInputs(schema, written, ({ known }) => rules(known, written, nameOf));
    for (const problem of problems) {
      const parts = partsOf(problem.path);
      this.#note([...path, ...parts], who, named(problem, nameOf));
    }
    const wrong = new Set(problems.map(({ path: property }) => partsOf(property)[0]));
    const valid = Object.entries(inputs as Properties).filter(([property]) => !wrong.has(property));
    for (const [property, names] of valid) {
      if (property !== "doors" && property !== "accessGroups") continue;
      for (const [index, name] of (names as string[]).entries()) {
        const places = this.#places[property].get(name) ?? [];
        this.#places[property].set(name, [...places, this.#source.place([...path, property, index])]);
      }
    }
    return Object.fromEntries(valid) as Partial<z.output<z.ZodObject<Shape>>>;
  }

  #findTwins(
    people: readonly { path: Path; person: Person }[],
    property: "key" | "email" | "acsUserId",
    advice: string,
  ) {
    const seen = new Map<string, Path>();
    for (const { path, person } of people) {
      const value = person[property]?.toLowerCase();
      if (value === undefined) continue;
      const first = seen.get(value);
      if (first) {
        const other = this.#source.place([...first, property]);
        const text = `${this.#nameOf(property, path)}: ${show(person[property])} is that of ${other} too. ${advice}`;
        this.#note([...path, property], whoIs(person), text);
      } else seen.set(value, path);
    }
  }

  #resolvePerson(person: Person, path: Path, rosterMethod: AccessMethod | undefined): ResolvedPerson[] {
    const groups = (person.groups ?? []).flatMap((name) => {
      const group = this.#groups.get(name);
      return group ? [{ name, ...group }] : [];
    });
    const inherited = <P extends "method" | "startsAt" | "endsAt">(property: P): Person[P] => {
      if (person[property] !== undefined) return person[property];
      const said = groups.filter((group) => group[property] !== undefined);
      const values = new Set(said.map((group) => group[property]));
      if (values.size > 1) {
        const differing = said.map((group) => `"${group.name}" ${group[property]}`).join(", ");
        const name = this.#nameOf(property, path);
        const text = `${name}: the groups differ (${differing}). Give the person a ${name} of their own.`;
        this.#note([...path, "groups"], whoIs(person), text);
      }
      return said[0]?.[property] as Person[P];
    };
    const [startsAt, endsAt] = [inherited("startsAt"), inherited("endsAt")];
    // They stand in two places: where both stand in one, it is told there.
    if (isReversed(startsAt, endsAt)) {
      const text = `the groups' times included, access ends (${endsAt}) before it begins (${startsAt}). Give the person both times.`;
      this.#note(path, whoIs(person), text);
    }
    const method = inherited("method") ?? rosterMethod ?? "code";
    const { key, name, email, phone, acsUserId } = person;
    if (key === undefined || name === undefined) return [];
    this.#lines.set(key, `${this.#source.place(path)}: ${whoIs(person)}`);
    return [
      {
        key,
        name,
        ...(email && { email }),
        ...(phone && { phone }),
        accessGroups: accessGroupsOf(groups),
        doors: unique([...(person.doors ?? []), ...groups.flatMap((group) => group.doors ?? [])]),
        method,
        ...(startsAt && { startsAt }),
        ...(endsAt && { endsAt }),
        ...(person.suspended && { suspended: true }),
        ...(acsUserId && { acsUserId }),
      },
    ];
  }

  #note(path: Path, who: string, text: string): void {
    this.#mistakes.push({
      place: this.#source.place(path),
      text: [who, text].filter(Boolean).join(": "),
    });
  }

  /** What the roster calls a property. A file has names of its own for those of people only. */
  #nameOf(property: string, [part]: Path): string {
    return part === "people" ? this.#source.nameOf(property) : property;
  }
}

/** Of a wrong zone it is told already; what times would be in it is not known, only whether they are times. */
const SOME_ZONE = "UTC";

/** A problem with its property as the roster calls it. */
function named({ path, text }: Problem, nameOf: (property: string) => string): string {
  const property = String(partsOf(path)[0] ?? "");
  return text.startsWith(property) ? nameOf(property) + text.slice(property.length) : text;
}

function whoIs(written: unknown): string {
  if (!isRecord(written)) return "";
  const [name, key] = [written["name"], written["key"]];
  return [typeof name === "string" ? name : "", typeof key === "string" ? `(${key})` : ""]
    .filter(Boolean)
    .join(" ");
}

/** `groups[1]` as `["groups", 1]`; a property may be called `17`. */
function partsOf(path: string): (string | number)[] {
  const parts = path.match(/\[\d+\]|[^.[\]]+/g) ?? [];
  return parts.map((part) => (part.startsWith("[") ? Number(part.slice(1, -1)) : part));
}

function accessGroupsOf(groups: readonly (Group & { readonly name: string })[]): ResolvedAccessGroup[] {
  const handles = new Map<string, string>();
  for (const { name, accessGroups = [] } of [...groups].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    for (const [index, accessGroup] of accessGroups.entries()) {
      const place = index === 0 ? "" : `+${index + 1}`;
      if (!handles.has(accessGroup)) handles.set(accessGroup, partOfName(name) + place);
    }
  }
  return [...handles].map(([name, handle]) => ({ name, handle }));
}

/** A text as a part of a resource name, from which it can be told again: `C++` is `C%2B%2B`. */
function partOfName(text: string): string {
  return text.replace(/[^\p{L}\p{N}._-]/gu, encodeURIComponent);
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)].sort();
}
