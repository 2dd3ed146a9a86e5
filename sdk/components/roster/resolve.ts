import { z } from "zod";
import { checkInputs } from "../../../provider/inputs/check";
import { type Problem, problem } from "../../../provider/inputs/problem";
import { email, instant, oneOf, phone } from "../../../provider/inputs/types";
import { epochMs } from "../../../provider/values/instant";
import { nearNames } from "../../../provider/values/near-names";
import { isRecord, type Properties } from "../../../provider/values/record";
import { show } from "../../../provider/values/show";
import type { AccessMethod } from "../../resources/acs-credential";
import { type Roster, RosterError, type RosterGroup } from "../roster";
import { readSource } from "./source";
import type { Path, RosterSource } from "./written";

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
}

/** An access group that a person is in. */
export interface ResolvedAccessGroup {
  /** Its name in the access system, which may change there. */
  readonly name: string;
  /** What it is called here, for ever: the roster's group that has it and, from the second on, its place there. */
  readonly handle: string;
}

/** A checked roster, and where in it something stands. */
export interface ResolvedRoster {
  readonly people: readonly ResolvedPerson[];
  /** Where names of entrances and access groups stand, such as `roster.yaml:12`: what is not there shows only later. */
  readonly places: {
    readonly doors: ReadonlyMap<string, readonly string[]>;
    readonly accessGroups: ReadonlyMap<string, readonly string[]>;
  };
}

const text = (what: string) =>
  z
    .string({
      error: ({ input }) =>
        input === undefined
          ? `is missing. Give the ${what}.`
          : `${show(input)} is not a text. Give the ${what}.`,
    })
    .trim()
    .min(1, { error: `is empty. Give the ${what}.` });
const names = (what: string) =>
  z.array(text(`name of the ${what}`), {
    error: ({ input }) => `${show(input)} is not a list. Give a list of names, even of one.`,
  });
const access = {
  method: oneOf("access method", ["code", "card", "mobile_key", "cloud_key"]).optional(),
  startsAt: instant().optional(),
  endsAt: instant().optional(),
};

const personSchema = z.object({
  key: text("person's key, such as a staff number").regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, {
    error: ({ input }) =>
      `${show(input)} cannot be a part of a resource name. Use letters, digits, dots, hyphens and underscores.`,
  }),
  name: text("person's full name"),
  email: email().optional(),
  phone: phone().optional(),
  groups: names("group").optional(),
  doors: names("entrance").optional(),
  ...access,
});

const groupSchema = z.object({
  accessGroups: names("access group").optional(),
  doors: names("entrance").optional(),
  ...access,
});

const rosterSchema = z.object({
  method: access.method,
  groups: z
    .record(z.string(), z.unknown(), {
      error: ({ input }) =>
        `${show(input)} is not a list of groups. Write each as its name with what it may open.`,
    })
    .optional(),
  people: z.array(z.unknown(), {
    error: ({ input }) =>
      input === undefined
        ? "is missing. Give the list of people, [] for nobody."
        : `${show(input)} is not a list. Give a list of people.`,
  }),
});

type Person = Partial<z.output<typeof personSchema>>;
type Group = Partial<z.output<typeof groupSchema>>;

/**
 * Checks a roster as a whole, without asking Seam, and works out what everybody gets.
 * @throws RosterError with all mistakes, each with its place
 */
export function resolveRoster(
  roster: Roster | string,
  groups?: Readonly<Record<string, RosterGroup>>,
): ResolvedRoster {
  const source = readSource(roster, groups);
  if (source.problems.length > 0) throw new RosterError(source.problems);
  return new Resolver(source).resolve();
}

class Resolver {
  readonly #source: RosterSource;
  readonly #problems: string[] = [];
  readonly #groups = new Map<string, Group>();
  readonly #places = { doors: new Map<string, string[]>(), accessGroups: new Map<string, string[]>() };

  constructor(source: RosterSource) {
    this.#source = source;
  }

  resolve(): ResolvedRoster {
    const { value } = this.#source;
    const top = this.#check(rosterSchema, value, [], "", () => []);
    for (const [name, group] of Object.entries(top.groups ?? {})) {
      const path = ["groups", name];
      this.#groups.set(name, this.#check(groupSchema, group, path, `group "${name}"`, groupProblems));
    }
    const people = (top.people ?? []).map((written, index) => {
      const path = ["people", index];
      return {
        path,
        person: this.#check(personSchema, written, path, whoIs(written), personProblems(this.#groups)),
      };
    });
    this.#findTwins(people, "key", "Keys make resource names: give each person one of their own.");
    this.#findTwins(people, "email", "Two lines for one person? Put all groups into one.");
    const resolved = people.flatMap(({ person, path }) => this.#resolvePerson(person, path, top.method));
    if (this.#problems.length > 0) throw new RosterError(this.#problems.sort(byLine));
    return { people: resolved, places: this.#places };
  }

  /** The valid properties of an object; what is wrong with the others is noted. */
  #check<Shape extends z.ZodRawShape>(
    schema: z.ZodObject<Shape>,
    written: unknown,
    path: Path,
    who: string,
    rules: (known: Partial<z.output<z.ZodObject<Shape>>>) => readonly Problem[],
  ): Partial<z.output<z.ZodObject<Shape>>> {
    if (!isRecord(written)) {
      this.#note(
        path,
        who,
        `${show(written)} is no list of properties. Use ${Object.keys(schema.shape).join(", ")}.`,
      );
      return {};
    }
    const { inputs, problems } = checkInputs(schema, written, ({ known }) => rules(known));
    for (const { path: property, text } of problems) this.#note([...path, ...partsOf(property)], who, text);
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

  #findTwins(people: readonly { path: Path; person: Person }[], property: "key" | "email", advice: string) {
    const seen = new Map<string, Path>();
    for (const { path, person } of people) {
      const value = person[property]?.toLowerCase();
      if (value === undefined) continue;
      const first = seen.get(value);
      if (first) {
        const other = this.#source.place([...first, property]);
        this.#note(
          [...path, property],
          whoIs(person),
          `${property}: ${show(person[property])} is that of ${other} too. ${advice}`,
        );
      } else seen.set(value, path);
    }
  }

  #resolvePerson(
    person: Person,
    path: Path,
    rosterMethod: ResolvedPerson["method"] | undefined,
  ): ResolvedPerson[] {
    const groups = (person.groups ?? []).flatMap((name) => {
      const group = this.#groups.get(name);
      return group ? [{ name, ...group }] : [];
    });
    const inherited = <P extends "method" | "startsAt" | "endsAt">(property: P): Person[P] => {
      if (person[property] !== undefined) return person[property];
      const said = groups.filter((group) => group[property] !== undefined);
      const values = new Set(said.map((group) => group[property]));
      if (values.size > 1) {
        const listed = said.map((group) => `"${group.name}" ${group[property]}`).join(", ");
        this.#note(
          [...path, "groups"],
          whoIs(person),
          `${property}: the groups differ (${listed}). Give the person a ${property} of their own.`,
        );
      }
      return said[0]?.[property] as Person[P];
    };
    const [startsAt, endsAt] = [inherited("startsAt"), inherited("endsAt")];
    const method = inherited("method") ?? rosterMethod ?? "code";
    const { key, name, email, phone } = person;
    if (key === undefined || name === undefined) return [];
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
      },
    ];
  }

  #note(path: Path, who: string, text: string): void {
    const place = this.#source.place(path);
    this.#problems.push([place, who, text].filter(Boolean).join(": "));
  }
}

function groupProblems(group: Group): Problem[] {
  const isEmpty = !group.doors?.length && !group.accessGroups?.length;
  return [
    ...windowProblems(group),
    ...(isEmpty ? [problem("doors", "the group opens nothing. Give it doors or accessGroups.")] : []),
  ];
}

function personProblems(groups: ReadonlyMap<string, Group>) {
  return (person: Person): Problem[] => {
    const unknown = (person.groups ?? []).flatMap((name, index) => {
      if (groups.has(name)) return [];
      const near = nearNames(name, groups.keys());
      const advice =
        near.length > 0
          ? `Did you mean "${near[0]}"?`
          : `There are ${[...groups.keys()].map((other) => `"${other}"`).join(", ") || "no groups"}.`;
      return [problem(`groups[${index}]`, `there is no group "${name}". ${advice}`)];
    });
    const opensNothing = !person.groups?.length && !person.doors?.length;
    return [
      ...windowProblems(person),
      ...unknown,
      ...(opensNothing
        ? [problem("groups", "the person may open nothing. Give groups or doors, or take the line out.")]
        : []),
    ];
  };
}

function windowProblems({ startsAt, endsAt }: { startsAt?: unknown; endsAt?: unknown }): Problem[] {
  const [begin, end] = [epochMs(startsAt), epochMs(endsAt)];
  return begin !== undefined && end !== undefined && end <= begin
    ? [problem("endsAt", `${endsAt} is not after startsAt (${startsAt}). Swap them or drop startsAt.`)]
    : [];
}

function whoIs(written: unknown): string {
  if (!isRecord(written)) return "";
  const [name, key] = [written["name"], written["key"]];
  return [typeof name === "string" ? name : "", typeof key === "string" ? `(${key})` : ""]
    .filter(Boolean)
    .join(" ");
}

/** `groups[1]` as `["groups", 1]`. */
function partsOf(path: string): (string | number)[] {
  return path
    .split(/[.[\]]+/)
    .filter(Boolean)
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}

function accessGroupsOf(groups: readonly (Group & { readonly name: string })[]): ResolvedAccessGroup[] {
  const handles = new Map<string, string>();
  for (const { name, accessGroups = [] } of [...groups].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    for (const [index, accessGroup] of accessGroups.entries()) {
      if (!handles.has(accessGroup)) handles.set(accessGroup, index === 0 ? name : `${name}-${index + 1}`);
    }
  }
  return [...handles].map(([name, handle]) => ({ name, handle }));
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)].sort();
}

function byLine(a: string, b: string): number {
  return Number(/:(\d+):/.exec(a)?.[1] ?? 0) - Number(/:(\d+):/.exec(b)?.[1] ?? 0);
}
