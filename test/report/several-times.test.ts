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

/** One key at one door, by itself and through a group. */
function seen(own: Window, group: Window) {
  const door = { id: "lab", name: "Lab", systemId: "office", credentialIds: new Set(["key"]), spaceIds: [] };
  const credential = { id: "key", systemId: "office", method: "code", userId: undefined, window: {} };
  const facts = {
    readAtMs: NOW,
    workspace: { workspaceId: "north" },
    systems: new Map(),
    doors: new Map([["lab", door]]),
    users: new Map(),
    identities: new Map(),
    credentials: new Map([["key", credential]]),
    groups: [],
    grants: [],
  } as unknown as Facts;
  const owners = ownersOf([], true);
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
});
