import { BenchEmulator } from "./emulator.mts";
import { fill } from "./fill.mts";

const DOORS_A_CREDENTIAL = 3;
const TEAMS = 10;
const DOORS_A_TEAM = 5;
const CREDENTIALS_A_USER = 5;
const PAGE = 500;

/** How much there is in a workspace. */
export interface WorkspaceSize {
  readonly credentials: number;
  readonly doors: number;
}

/**
 * A workspace that was made by hand: an office with a lobby that opens to everybody, teams with doors of their own, and
 * credentials that open three doors more. It answers at once until it is told otherwise.
 */
export async function startOffice(size: WorkspaceSize): Promise<BenchEmulator> {
  const emulator = await BenchEmulator.start({ latencyMs: 0 }, seedFor(size));
  const { doors } = emulator;
  await fill(emulator, size.credentials, (number) => ({
    allowed_acs_entrance_ids: Array.from(
      { length: DOORS_A_CREDENTIAL },
      (_, at) => doors[1 + ((number * DOORS_A_CREDENTIAL + at) % (doors.length - 1))],
    ),
  }));
  return emulator;
}

/** Pages of all kinds, a request for each door, two for each access group, and ten. */
export function mostRequests({ credentials, doors }: WorkspaceSize): number {
  const pages = [credentials / CREDENTIALS_A_USER, credentials, doors].map((count) =>
    Math.ceil(count / PAGE),
  );
  const ofOtherKinds = 5;
  return ofOtherKinds + pages.reduce((sum, count) => sum + count) + doors + 2 * (TEAMS + 1) + 10;
}

function seedFor({ credentials, doors }: WorkspaceSize): object {
  const users = credentials / CREDENTIALS_A_USER;
  const door = (number: number) => `door-${number % doors}`;
  const numbers = (count: number) => Array.from({ length: count }, (_, number) => number);
  return {
    workspaces: [
      {
        key: "main",
        acs_systems: [
          {
            key: "office",
            kind: "brivo",
            entrances: [{ key: "lobby" }, ...numbers(doors - 1).map((number) => ({ key: door(number) }))],
            access_groups: [
              { key: "everybody", entrances: ["lobby"] },
              ...numbers(TEAMS).map((team) => ({
                key: `team-${team}`,
                entrances: numbers(DOORS_A_TEAM).map((number) => door(team * DOORS_A_TEAM + number)),
              })),
            ],
            users: numbers(users).map((number) => ({
              key: `user-${number}`,
              full_name: `Example User ${number}`,
              email_address: `user-${number}@example.com`,
              access_groups: ["everybody", `team-${number % TEAMS}`],
            })),
          },
        ],
      },
    ],
  };
}
