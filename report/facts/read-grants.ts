import { isNotFound } from "../../provider/http/errors";
import { isRecord, type Properties, textsIn } from "../../provider/values/record";
import { collect } from "../reading/objects";
import type { Reader } from "../reading/reader";
import { phaseAt } from "../window";
import type { CredentialFact, GrantFact, UserFact } from "./facts";
import { text, windowOf } from "./from-wire";
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

/**
 * What the grants of one door made, by one request. Whose is what follows from the person; a person with several grants
 * at the door costs a request for each of them.
 */
export async function readGrantsTogether(
  reader: Reader,
  wires: readonly Properties[],
  doorId: string,
  known: {
    readonly credentials: ReadonlyMap<string, CredentialFact>;
    readonly users: ReadonlyMap<string, UserFact>;
  },
): Promise<GrantFact[]> {
  const personOf = (wire: Properties) => text(wire["user_identity_id"]);
  const isAlone = (wire: Properties) =>
    wires.filter((other) => personOf(other) === personOf(wire)).length === 1;
  const together = wires.filter((wire) => personOf(wire) !== undefined && isAlone(wire));
  const single = wires.filter((wire) => !together.includes(wire));
  const related = await relatedToMethods(
    reader,
    together.flatMap((wire) => textsIn(wire["access_method_ids"])),
    "the credentials of the door's access grants",
  );
  const ownerOf = (id: string) => {
    const credential = known.credentials.get(id);
    return credential?.identityId ?? known.users.get(credential?.userId ?? "")?.identityId;
  };
  const atDoor = (wire: Properties, credentialIds: readonly string[]): GrantFact =>
    grantFact(wire, { credentialIds, doorIds: [doorId], deviceCount: 0 });
  return [
    ...together.map((wire) =>
      atDoor(
        wire,
        related.credentialIds.filter((id) => ownerOf(id) === personOf(wire)),
      ),
    ),
    ...(await Promise.all(
      single.map(async (wire) => {
        const own = await relatedToMethods(reader, textsIn(wire["access_method_ids"]), partOf(wire));
        return atDoor(wire, own.credentialIds);
      }),
    )),
  ];
}

function partOf(wire: Properties): string {
  return `the credentials of access_grant ${wire["access_grant_id"]}`;
}

interface RelatedToMethods {
  readonly credentialIds: readonly string[];
  readonly doorIds: readonly string[];
  readonly deviceCount: number;
}

function grantFact(wire: Properties, related: RelatedToMethods): GrantFact {
  return {
    id: String(wire["access_grant_id"]),
    name: text(wire["name"]) ?? text(wire["display_name"]),
    identityId: text(wire["user_identity_id"]),
    window: windowOf(wire),
    ...related,
  };
}

const NOTHING: RelatedToMethods = { credentialIds: [], doorIds: [], deviceCount: 0 };

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
    effect: "read",
    action: `list ${part}`,
  } as const;
  try {
    return await reader.large(async () => {
      const { batch } = (await reader.call(request)).json;
      const related = isRecord(batch) ? batch : {};
      return {
        credentialIds: idsIn(reader, related["acs_credentials"], "acs_credential_id"),
        doorIds: idsIn(reader, related["acs_entrances"], "acs_entrance_id"),
        deviceCount: idsIn(reader, related["devices"], "device_id").length,
      };
    });
  } catch (error) {
    // Taken away since the grant was listed.
    if (!isNotFound(error, "access_method")) reader.report(part, error);
    return NOTHING;
  }
}

function idsIn(reader: Reader, objects: unknown, key: string): string[] {
  return Array.isArray(objects) ? objects.filter(isRecord).map((object) => reader.id(object[key])) : [];
}
