import { type Emulator, startEmulator } from "../../../sdk/testing";
import { post } from "../../emulator/api";

export const NOW = "2030-06-10T12:00:00.000Z";

export interface Size {
  readonly users: number;
  readonly doors: number;
  readonly groups: number;
  readonly credentials: number;
  readonly grants: number;
}

/** Numbers from 0 to 1, the same ones for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const KINDS = ["salto_ks", "brivo", "visionline"] as const;

/**
 * A workspace in which anything may be: groups, users and keys with and without a time, before, at and after now, people
 * who are suspended, keys that later ones override, cards that nobody has encoded, and grants over several systems.
 */
export async function randomWorkspace(seed: number, size: Size): Promise<Emulator> {
  const random = randomFrom(seed);
  const below = (count: number) => Math.floor(random() * count);
  const numbers = (count: number) => Array.from({ length: count }, (_, number) => number);
  const some = <T>(all: readonly T[], most: number): T[] => [
    ...new Set(numbers(below(most + 1)).flatMap(() => all[below(all.length)] ?? [])),
  ];
  const days = (least: number, span: number) =>
    new Date(Date.parse(NOW) + (least + random() * span) * 86_400_000).toISOString();
  const schedule = () => ({ starts_at: days(-40, 50), ends_at: random() < 0.5 ? null : days(11, 20) });
  const share = (count: number) => Math.ceil(count / KINDS.length);
  const keys = (what: string, count: number) => numbers(share(count)).map((number) => `${what}-${number}`);
  const people = keys("person", size.users);
  // Guests' keys have their doors on them.
  const groupsOf = (kind: string) => (kind === "visionline" ? [] : keys("group", size.groups));

  const emulator = await startEmulator({
    clock: days(-60, 0),
    seed: {
      workspaces: [
        {
          key: "random",
          user_identities: people.map((key) => ({
            key,
            full_name: key,
            email_address: `${key}@example.com`,
          })),
          acs_systems: KINDS.map((kind) => ({
            key: kind,
            kind,
            entrances: keys("door", size.doors).map((key) => ({ key })),
            access_groups: groupsOf(kind).map((key) => ({
              key,
              entrances: some(keys("door", size.doors), 4),
              ...(random() < 0.3 && { access_schedule: schedule() }),
            })),
            users: people.map((key) => ({
              key,
              ...(random() < 0.5 && { user_identity: key }),
              full_name: key,
              access_groups: some(groupsOf(kind), 2),
              ...(random() < 0.3 && { access_schedule: schedule() }),
            })),
          })),
        },
      ],
    },
  });
  const { acsUsers, acsEntrances, userIdentities } = emulator.ids;
  const doorsOf = (kind: string) => keys("door", size.doors).map((key) => acsEntrances[`${kind}/${key}`]);
  const create = async (path: string, body: object) => {
    const { status, body: reply } = await post(emulator, path, body);
    if (status !== 200) throw new Error(`${path} answered ${status}: ${JSON.stringify(reply)}`);
  };
  for (const number of numbers(size.credentials)) {
    const kind = KINDS[number % KINDS.length] as (typeof KINDS)[number];
    const isCard = kind === "visionline";
    const starts_at = random() < 0.5 ? days(-30, 60) : undefined;
    const ends_at = random() < 0.5 ? days(-20, 60) : undefined;
    const isPossible = !starts_at || !ends_at || starts_at < ends_at;
    await create("/acs/credentials/create", {
      acs_user_id: acsUsers[`${kind}/${people[below(people.length)]}`],
      access_method: isCard ? "card" : "code",
      allowed_acs_entrance_ids: some(doorsOf(kind), 3),
      ...(isPossible && { starts_at, ends_at }),
      ...(isCard && { visionline_metadata: { override: random() < 0.2 } }),
    });
  }
  for (const number of numbers(size.grants)) {
    await create("/access_grants/create", {
      user_identity_id: userIdentities[people[number % people.length] as string],
      requested_access_methods: [{ mode: "code" }],
      acs_entrance_ids: [doorsOf("salto_ks")[below(share(size.doors))], doorsOf("brivo")[0]],
      ...(random() < 0.6 && { ends_at: days(-20, 40) }),
    });
  }
  for (const id of Object.values(acsUsers).filter(() => random() < 0.1)) {
    await create("/acs/users/suspend", { acs_user_id: id });
  }
  emulator.clock.set(NOW);
  return emulator;
}
