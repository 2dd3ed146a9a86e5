import { type Problem, problem } from "../../../provider/inputs/problem";
import { isReversed } from "../../../provider/inputs/validity";
import { nearNames } from "../../../provider/values/near-names";
import type { Properties } from "../../../provider/values/record";
import { show } from "../../../provider/values/show";
import type { Group, Person } from "./schema";

/** What several properties of a group or a person must fulfil together. */
export type Rules<T> = (known: T, written: Properties, nameOf: (property: string) => string) => Problem[];

export const groupProblems: Rules<Group> = (group, written, nameOf) => {
  const opensNothing = ["doors", "accessGroups"].every((property) => isNone(property, group, written));
  return [
    ...windowProblems(group, written, nameOf),
    ...(opensNothing ? [problem("doors", "the group opens nothing. Give it doors or accessGroups.")] : []),
  ];
};

export function personProblems(groups: ReadonlyMap<string, Group>): Rules<Person> {
  return (person, written, nameOf) => {
    const opensNothing = ["groups", "doors"].every((property) => isNone(property, person, written));
    return [
      ...windowProblems(person, written, nameOf),
      ...(person.groups ?? []).flatMap((name, index) => unknownGroup(name, index, groups)),
      ...(opensNothing
        ? [problem("groups", "the person may open nothing. Give groups or doors, or take the line out.")]
        : []),
    ];
  };
}

/** True where nothing is listed; of a list that is wrong it is told already. */
function isNone(property: string, known: Properties, written: Properties): boolean {
  const list = known[property] ?? written[property] ?? [];
  return Array.isArray(list) && list.length === 0;
}

function unknownGroup(name: string, index: number, groups: ReadonlyMap<string, Group>): Problem[] {
  if (groups.has(name)) return [];
  const near = nearNames(name, groups.keys());
  const parts = name.split(/[,\n]/).map((part) => part.trim());
  const advice = parts.every((part) => groups.has(part))
    ? "These are several: write a list of them, and in a CSV file semicolons between them."
    : near.length > 0
      ? `Did you mean "${near[0]}"?`
      : `There are ${[...groups.keys()].map((other) => `"${other}"`).join(", ") || "no groups"}.`;
  return [problem(`groups[${index}]`, `there is no group ${show(name)}. ${advice}`)];
}

function windowProblems(
  { startsAt, endsAt }: Pick<Person, "startsAt" | "endsAt">,
  written: Properties,
  nameOf: (property: string) => string,
): Problem[] {
  if (!isReversed(startsAt, endsAt)) return [];
  const text = `${written["endsAt"]} is not after ${nameOf("startsAt")} (${written["startsAt"]}). Swap them or drop ${nameOf("startsAt")}.`;
  return [problem("endsAt", text)];
}
