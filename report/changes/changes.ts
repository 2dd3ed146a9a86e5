import { epochMs } from "../../provider/values/instant";
import { UNKNOWN } from "../../provider/values/unknown";
import type { AccessChange, ChangedDoor, ChangesReport } from "./change";
import { compare, type Difference } from "./compare";
import { type Directory, type Named, NO_DIRECTORY } from "./directory";
import { withKept } from "./kept";
import { lossesOfOthers } from "./others";
import { type People, peopleOf } from "./people";
import { ELSEWHERE, placeOf } from "./places";
import type { Preview } from "./preview";
import { resourcesOf } from "./resources";
import type { Stack, Way } from "./way";
import { waysOn } from "./ways";

export interface ChangesOptions {
  /** Names and doors of what the stack does not declare; default: none, and ids stand for them. */
  readonly directory?: Directory;
  /** Default: now. What is over by then opens nothing. */
  readonly now?: Date;
}

/** What a change of a stack does, in people and doors. */
export async function changesOf(preview: Preview, options: ChangesOptions = {}): Promise<ChangesReport> {
  const { directory = NO_DIRECTORY, now = new Date() } = options;
  const resources = withKept(resourcesOf(preview));
  const people = peopleOf(resources);
  const stack: Stack = { resources, people, directory, now: now.getTime() };
  const [before, after] = await Promise.all([waysOn("before", stack), waysOn("after", stack)]);
  const differences = [...compare(before, after), ...lossesOfOthers(stack)];
  const changes = await Promise.all(
    differences.map((difference) => described(difference, people, directory)),
  );
  return {
    schemaVersion: 1,
    changes: changes.sort(inOrder),
    notSeen: notSeen(preview, [...before, ...after]),
  };
}

/** Whether somebody should look at it before it is done: access is lost, interrupted, or cannot be told. */
export function needsALook({ changes }: ChangesReport): boolean {
  return changes.some(({ change }) => change !== "gains" && change !== "changes");
}

async function described(
  { person, door, ...difference }: Difference,
  people: People,
  directory: Directory,
): Promise<AccessChange> {
  const [describedPerson, describedDoor] = await Promise.all([
    people.describe(person, directory),
    describeDoor(door, directory),
  ]);
  return { person: describedPerson, door: describedDoor, ...difference };
}

async function describeDoor(door: string, directory: Directory): Promise<ChangedDoor> {
  if (door === UNKNOWN) return { name: "doors that are not known yet" };
  if (door === ELSEWHERE) return { name: "what this preview does not tell" };
  const { kind, id } = placeOf(door) ?? { kind: "acs_entrance", id: door };
  if (kind === "guest_doors") return { name: "Vostio's guest doors" };
  const name = id === "" ? undefined : await directory.nameOf(kind, id);
  return { name: name ?? id, [ID_NAMES[kind]]: id };
}

const ID_NAMES = {
  acs_entrance: "acsEntranceId",
  device: "deviceId",
  acs_access_group: "acsAccessGroupId",
  space: "spaceId",
  acs_system: "acsSystemId",
} as const satisfies Partial<Record<Named, keyof ChangedDoor>>;

function inOrder(a: AccessChange, b: AccessChange): number {
  const keys = [a, b].map(({ person, door, change, before, after, resource }) =>
    [
      person.name,
      person.acsUserId ?? "",
      door.name,
      door.acsEntranceId ?? "",
      change,
      (after ?? before)?.method ?? "",
      String(epochMs((after ?? before)?.startsAt) ?? ""),
      resource,
    ].join("\n"),
  );
  return (keys[0] ?? "").localeCompare(keys[1] ?? "", "en");
}

function notSeen({ leftOut }: Preview, ways: readonly Way[]): string[] {
  const sames = `${leftOut} resources that stay as they are, since this preview leaves them out. Names may be missing, and somebody who loses a door here may still open it by one of them. \`pulumi preview --json --show-sames\` shows them.`;
  const places =
    "The doors of some access groups or spaces. Somebody who loses a door here may still open it through one of them. A Seam account tells them.";
  const hasPlaces = ways.some(
    ({ door }) => ![undefined, "device", "guest_doors"].includes(placeOf(door)?.kind),
  );
  return [...(leftOut > 0 ? [sames] : []), ...(hasPlaces ? [places] : [])];
}
