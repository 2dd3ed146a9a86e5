import { isNotFound } from "../../provider/http/errors";
import { type Properties, textsIn } from "../../provider/values/record";
import { listIn, relatedBatch } from "../reading/grants";
import { collect } from "../reading/objects";
import type { Reader } from "../reading/reader";
import { phaseAt, type Window } from "../window";
import type { CredentialFact, GrantFact, UserFact } from "./facts";
import { credentialFact, text, windowOf } from "./from-wire";
import type { Scope } from "./scope";

/** The grants of a list that can open something now or later, and those that are over but declared. */
export async function liveGrants(reader: Reader, query: Properties, scope: Scope): Promise<Properties[]> {
  const wires = await collect(reader, "grants", (wire) => wire, query);
  return wires.filter(
    (wire) =>
      phaseAt(windowOf(wire), scope.nowMs) !== "after" || scope.isDeclared(String(wire["access_grant_id"])),
  );
}

/** What each of the grants made: one request a grant, since an answer about several does not say whose is what. */
export async function readGrants(reader: Reader, query: Properties, scope: Scope): Promise<GrantFact[]> {
  const wires = await liveGrants(reader, query, scope);
  let read = 0;
  return Promise.all(
    wires.map(async (wire) => {
      const related = await relatedToMethods(reader, textsIn(wire["access_method_ids"]), partOf(wire));
      reader.progress({ what: "access grants", read: ++read, of: wires.length });
      return grantFact(wire, related);
    }),
  );
}

/** What is known of a door when its grants are asked about. */
interface KnownAtDoor {
  readonly doorId: string;
  readonly credentials: ReadonlyMap<string, CredentialFact>;
  readonly users: ReadonlyMap<string, UserFact>;
}

interface GrantsTogether {
  readonly grants: GrantFact[];
  /** Credentials that one of the grants made, but nobody can tell which one. */
  readonly ofSomeGrant: readonly string[];
}

/** What the grants of one door made, by one request. */
export function relatedToGrants(reader: Reader, wires: readonly Properties[]): Promise<RelatedToMethods> {
  return relatedToMethods(
    reader,
    wires.flatMap((wire) => textsIn(wire["access_method_ids"])),
    "the credentials of the door's access grants",
  );
}

/**
 * The grants of one door with what they made. Whose is what follows from the person and, for a person with several
 * grants, from the times; where these are the same, each is asked about as long as there are requests left.
 */
export async function attributed(
  reader: Reader,
  wires: readonly Properties[],
  credentialIds: readonly string[],
  { doorId, credentials, users }: KnownAtDoor,
  left: () => number,
): Promise<GrantsTogether> {
  const personOf = (wire: Properties) => text(wire["user_identity_id"]);
  const ownerOf = ({ identityId, userId }: CredentialFact) =>
    identityId ?? users.get(userId ?? "")?.identityId;
  const candidatesOf = (id: string): readonly Properties[] => {
    const credential = credentials.get(id);
    if (!credential) return [];
    const ofPerson = wires.filter((wire) => personOf(wire) === ownerOf(credential));
    const sameTimes = ofPerson.filter((wire) => isSameWindow(windowOf(wire), credential.window));
    return ofPerson.length > 1 && sameTimes.length > 0 ? sameTimes : ofPerson;
  };
  const candidates = new Map(credentialIds.map((id) => [id, candidatesOf(id)]));
  const unclear = wires.filter((wire) =>
    [...candidates.values()].some((those) => those.length > 1 && those.includes(wire)),
  );
  const asked = unclear.length <= left() ? unclear : [];
  const ownOf = new Map(
    await Promise.all(
      asked.map(async (wire) => {
        const own = await relatedToMethods(reader, textsIn(wire["access_method_ids"]), partOf(wire));
        return [wire, own.credentialIds] as const;
      }),
    ),
  );
  const madeBy = (wire: Properties) =>
    ownOf.get(wire) ??
    credentialIds.filter((id) => {
      const [only, ...others] = candidates.get(id) ?? [];
      return only === wire && others.length === 0;
    });
  const grants = wires.map((wire) =>
    grantFact(wire, { credentialIds: madeBy(wire), doorIds: [doorId], deviceIds: [] }),
  );
  const told = new Set(grants.flatMap((grant) => grant.credentialIds));
  return { grants, ofSomeGrant: credentialIds.filter((id) => credentials.has(id) && !told.has(id)) };
}

function isSameWindow(a: Window, b: Window): boolean {
  return a.startsAt === b.startsAt && a.endsAt === b.endsAt;
}

function partOf(wire: Properties): string {
  return `the credentials of access_grant ${wire["access_grant_id"]}`;
}

interface RelatedToMethods {
  readonly credentialIds: readonly string[];
  readonly credentials: readonly CredentialFact[];
  readonly doorIds: readonly string[];
  readonly deviceIds: readonly string[];
}

function grantFact(
  wire: Properties,
  { credentialIds, doorIds, deviceIds }: Omit<RelatedToMethods, "credentials">,
): GrantFact {
  return {
    id: String(wire["access_grant_id"]),
    name: text(wire["name"]) ?? text(wire["display_name"]),
    identityId: text(wire["user_identity_id"]),
    window: windowOf(wire),
    credentialIds,
    doorIds,
    deviceCount: deviceIds.length,
  };
}

const NOTHING: RelatedToMethods = { credentialIds: [], credentials: [], doorIds: [], deviceIds: [] };

/**
 * What access methods are at the doors.
 * @see https://docs.seam.co/latest/api/access_methods/get_related
 */
async function relatedToMethods(
  reader: Reader,
  methodIds: readonly string[],
  part: string,
): Promise<RelatedToMethods> {
  if (methodIds.length === 0) return NOTHING;
  const request = {
    path: "/access_methods/get_related",
    body: { access_method_ids: methodIds, include: ["acs_credentials", "acs_entrances", "devices"] },
    action: `list ${part}`,
  };
  try {
    return await reader.large(async () => {
      const batch = await relatedBatch(reader, request.path, request.body, request.action);
      const credentials = listIn(batch, "acs_credentials").map(credentialFact);
      return {
        credentialIds: credentials.map(({ id }) => reader.id(id)),
        credentials,
        doorIds: listIn(batch, "acs_entrances").map((one) => reader.id(one["acs_entrance_id"])),
        deviceIds: listIn(batch, "devices").map((one) => reader.id(one["device_id"])),
      };
    });
  } catch (error) {
    if (!isNotFound(error, "access_method")) {
      // Whose keys these are is then known as little as if the grants had not been read.
      reader.report(part, error, { kind: "grants" });
      return NOTHING;
    }
    // One was taken away since the grant was listed: the others are there.
    const middle = Math.ceil(methodIds.length / 2);
    if (middle === methodIds.length) return NOTHING;
    const halves = [methodIds.slice(0, middle), methodIds.slice(middle)];
    const [first, second] = await Promise.all(halves.map((ids) => relatedToMethods(reader, ids, part)));
    return joined(first ?? NOTHING, second ?? NOTHING);
  }
}

function joined(a: RelatedToMethods, b: RelatedToMethods): RelatedToMethods {
  const union = (x: readonly string[], y: readonly string[]) => [...new Set([...x, ...y])];
  return {
    credentialIds: union(a.credentialIds, b.credentialIds),
    credentials: [...a.credentials, ...b.credentials],
    doorIds: union(a.doorIds, b.doorIds),
    deviceIds: union(a.deviceIds, b.deviceIds),
  };
}
