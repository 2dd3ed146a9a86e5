import type { Facts } from "../../report/facts/facts";
import { findingsOf } from "../../report/findings";
import { ownersOf } from "../../report/owners";
import { rowsOf } from "../../report/rows";
import type { Ways } from "../../report/ways";
import type { Window } from "../../report/window";

const NOW = Date.parse("2030-06-10T12:00:00Z");
const DAY = 86_400_000;
const TODAY_TO_FRIDAY = { endsAt: NOW + 4 * DAY };
const FROM_THURSDAY = { startsAt: NOW + 3 * DAY };
const NEXT_WEEK = { startsAt: NOW + 7 * DAY, endsAt: NOW + 60 * DAY };

/** A workspace of one key, and doors that list it. */
function known(doorIds: readonly string[]) {
  const credential = { id: "key", systemId: "office", method: "code", userId: undefined, window: {} };
  const doors = doorIds.map((id) => ({
    id,
    name: id,
    systemId: "office",
    credentialIds: new Set(["key"]),
    spaceIds: [],
  }));
  const facts = {
    readAtMs: NOW,
    workspace: { workspaceId: "north" },
    systems: new Map(),
    doors: new Map(doors.map((door) => [door.id, door])),
    users: new Map(),
    identities: new Map(),
    credentials: new Map([["key", credential]]),
    groups: [],
    grants: [],
  } as unknown as Facts;
  return { facts, owners: ownersOf([], true), credential };
}

/** One key at one door, by itself and through a group. */
function seen(own: Window, group: Window) {
  const { facts, owners, credential } = known(["lab"]);
  const way = (kind: string, window: Window) => ({ via: { kind, id: kind }, window, owner: owners.nobody });
  const ways = {
    keysOf: () => [
      { credential, user: undefined, ways: [way("credential", own), way("access_group", group)] },
    ],
    grantOf: () => undefined,
    groupsOf: () => [],
    credentialsOf: () => [],
  } as unknown as Ways;
  const vias = (filters: object) => [...rowsOf(facts, owners, filters, ways)].map(({ via }) => via.kind);
  const findings = findingsOf(facts, owners, ways, { expiringMs: 14 * DAY, isWhole: true });
  return { vias, kinds: findings.map(({ kind }) => kind), texts: findings.map(({ text }) => text) };
}

/** The findings about a key without an end that opens the first door, and the others through a group whose time is over. */
function seenAt([first, ...others]: string[]) {
  const { facts, owners, credential } = known([String(first), ...others]);
  const over = { endsAt: NOW - DAY };
  const ways = {
    keysOf: ({ id }: { id: string }) => [
      {
        credential,
        user: undefined,
        ways: [
          others.includes(id)
            ? { via: { kind: "access_group", id: "staff" }, window: over, owner: owners.nobody }
            : { via: { kind: "credential", id: "key" }, window: {}, owner: owners.nobody },
        ],
      },
    ],
    grantOf: () => undefined,
    groupsOf: () => [],
    credentialsOf: () => [],
  } as unknown as Ways;
  const findings = findingsOf(facts, owners, ways, { expiringMs: 14 * DAY, isWhole: true });
  return { texts: findings.map(({ text }) => text) };
}

describe("a key that opens a door in two ways at different times", () => {
  it("has a row for each, and does not expire where the second goes on", () => {
    const { vias, kinds, texts } = seen(TODAY_TO_FRIDAY, FROM_THURSDAY);
    expect(vias({ at: "any" })).toEqual(["credential", "access_group"]);
    expect(vias({})).toEqual(["credential"]);
    expect(vias({ expiringMs: 14 * DAY })).toEqual([]);
    expect(kinds).not.toContain("expiring");
    expect(texts.join()).not.toContain("more door");
  });

  it("expires where the second comes after a gap", () => {
    const { vias } = seen(TODAY_TO_FRIDAY, NEXT_WEEK);
    expect(vias({ expiringMs: 14 * DAY })).toEqual(["credential"]);
    expect(vias({ at: "any" })).toEqual(["credential", "access_group"]);
  });

  it("has one row where one way covers the other", () => {
    const { vias } = seen({}, FROM_THURSDAY);
    expect(vias({ at: "any" })).toEqual(["credential"]);
  });

  it("is told of no door where its time there is over", () => {
    const { texts } = seenAt(["front", "lab"]);
    expect(texts).toEqual([
      "The PIN of nobody opens front, and no stack declares it.",
      "A PIN belongs to no user and opens front.",
      "The PIN of nobody opens front, and has no end.",
    ]);
  });
});
