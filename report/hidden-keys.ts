import type { Facts } from "./facts/facts";
import type { Owners } from "./owners";
import { type KeyHolder, peopleOf } from "./people";
import { compareTexts } from "./sorting";
import { phaseAt } from "./window";

const MOST_NAMES = 10;

/**
 * Doors list no keys of people who are suspended or whose time has not come. Groups, grants and stacks tell their doors,
 * and nothing tells those that somebody gave to a key by hand.
 */
export function hiddenKeys(facts: Facts, owners: Owners, isWanted: (holder: KeyHolder) => boolean): string[] {
  const { credentials, users, grants, readAtMs } = facts;
  const ofGrants = new Set(grants.flatMap(({ credentialIds }) => credentialIds));
  const personOf = peopleOf(facts);
  const hidden = [...credentials.values()].flatMap((credential) => {
    const user = users.get(credential.userId ?? "");
    const isOut = user?.isSuspended || (user && phaseAt(user.window, readAtMs) === "before");
    const isTold = ofGrants.has(credential.id) || owners.declaredDoors(credential.id).length > 0;
    const isOver = phaseAt(credential.window, readAtMs) === "after";
    return isOut && !isTold && !isOver && isWanted({ credential, user }) ? { credential, user } : [];
  });
  if (hidden.length === 0) return [];
  const names = [...new Set(hidden.map(personOf).map(({ name, acsUserId }) => name || acsUserId))].sort(
    compareTexts,
  );
  const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : "";
  const keys = hidden.length === 1 ? "1 key" : `${hidden.length} keys`;
  return [
    `Doors of ${keys} that no stack declares for them, of people who are suspended or whose time has not come (${names.slice(0, MOST_NAMES).join(", ")}${more}): Seam shows those doors only once the people can come in.`,
  ];
}
