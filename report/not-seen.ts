import type { Facts } from "./facts/facts";

export interface Unread {
  /** `undefined`: no stack was to be read. */
  readonly stacks: readonly string[] | undefined;
  readonly scope: readonly string[];
}

/** What no reading of Seam can show. */
const NEVER_SEEN = [
  "Mechanical keys.",
  "Credentials that were made at the lock system itself and are not in Seam.",
  "Timetables of the lock system, such as doors that stand open in office hours.",
  "Remote unlocks, by an app, by Seam or at the lock system.",
  "Who else knows a PIN.",
  "Who went through a door: Seam's events name no credential, so that one was never used cannot be told.",
];

/** What the report must not be read to say, a sentence each: what went wrong first, then what was left out. */
export function notSeen(facts: Facts, { stacks, scope }: Unread): string[] {
  const failed = [...facts.systems.values()].filter(({ hasErrors }) => hasErrors);
  const devices = facts.grants.reduce((sum, { deviceCount }) => sum + deviceCount, 0);
  const withKeys = new Set([...facts.credentials.values()].flatMap(({ userId }) => userId ?? []));
  const keyless = new Set(facts.groups.flatMap(({ userIds }) => userIds.filter((id) => !withKeys.has(id))));
  return [
    ...facts.failures,
    ...(stacks ?? []).map(
      (stack) => `The stack ${stack}, which could not be read: what it declares has an unknown owner.`,
    ),
    ...(stacks === undefined ? ["Any stack: none was to be read, so that all owners are unknown."] : []),
    ...failed.map(
      ({ name, id }) =>
        `Changes at ${name || id}: Seam reports an error for this access system, so what is shown may be old.`,
    ),
    ...facts.leftOut,
    ...(devices > 0
      ? [
          `Locks without an access system: ${devices} that access grants open are not doors of an access system.`,
        ]
      : []),
    ...(keyless.size > 0
      ? [
          `Keys of ${keyless.size} members of access groups: Seam shows none, but one made at the lock system would open the group's doors.`,
        ]
      : []),
    ...(scope.length > 0 ? [`Everything outside these filters: ${scope.join("; ")}.`] : []),
    ...NEVER_SEEN,
  ];
}
