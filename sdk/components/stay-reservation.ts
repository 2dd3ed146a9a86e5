import * as pulumi from "@pulumi/pulumi";
import { type GetAcsEntranceResult, getAcsSystemOutput } from "../lookups/index";
import {
  type Asked,
  askOutput,
  type LookUp,
  type LookUpInputs,
  type LookUpOptions,
} from "../lookups/look-up";

/** What is known of a door that a stay opens. */
export type StayDoor = Pick<GetAcsEntranceResult, "acsSystemId" | "canBelongToReservation">;

/**
 * Whether Seam has to be told the reservation: it refuses one where no door can belong to it, and where one can, it needs
 * it. The doors say so; where none does and some say nothing, the kind of their access system does.
 */
export function belongsToReservation(
  doors: readonly StayDoor[],
  opts: LookUpOptions,
): pulumi.Output<boolean> {
  if (doors.some(({ canBelongToReservation }) => canBelongToReservation)) return pulumi.output(true);
  const silent = doors.filter(({ canBelongToReservation }) => canBelongToReservation === undefined);
  const systems = [...new Set(silent.map(({ acsSystemId }) => acsSystemId))];
  return pulumi
    .all(systems.map((acsSystemId) => getAcsSystemOutput({ acsSystemId }, opts)))
    .apply((found) => found.some(({ externalType = "" }) => RESERVATION_SYSTEMS.has(externalType)));
}

/** Doors of spaces as they are now; none of a space that is not there yet: the grant's create says whether it is. */
export function doorsOfSpaces(
  { spaceIds = [], spaceKeys = [] }: LookUpInputs<Spaces>,
  opts: LookUpOptions,
): pulumi.Output<readonly GetAcsEntranceResult[]> {
  return askOutput(DOORS_OF_SPACES, { spaceIds, spaceKeys }, opts);
}

/**
 * Systems on which a new guest's key takes the place of the one before. Sources: Seam's guides to access grants and to
 * reservation access grants, of which the latter leaves Salto Space out.
 */
const RESERVATION_SYSTEMS: ReadonlySet<string> = new Set([
  "visionline_system",
  "assa_abloy_vostio",
  "dormakaba_ambiance_site",
  "dormakaba_community_site",
  "salto_space_system",
]);

/** Spaces by id and by key. */
interface Spaces {
  readonly spaceIds?: readonly string[];
  readonly spaceKeys?: readonly string[];
}

const DOORS_OF_SPACES: LookUp<Spaces, readonly GetAcsEntranceResult[]> = {
  name: "getAcsEntrancesOfSpaces",
  listProperty: "acsEntrances",
  async find({ spaceIds = [], spaceKeys = [] }, seam) {
    const doors = await Promise.all([
      ...spaceIds.map((id) => doorsOf({ space_ids: [id] }, seam)),
      ...spaceKeys.map((key) => doorsOf({ space_keys: [key] }, seam)),
    ]);
    return doors.flat();
  },
};

/** Asked of one space at a time, so that stays in the same space ask once. */
async function doorsOf(
  space: { space_ids: string[] } | { space_keys: string[] },
  seam: Asked,
): Promise<readonly GetAcsEntranceResult[]> {
  try {
    const { acsEntrances = [] } = await seam.get<{ acsEntrances?: GetAcsEntranceResult[] }>(
      "/spaces/get_related",
      "batch",
      { ...space, include: ["acs_entrances"] },
      `look what doors space ${Object.values(space).flat()} has`,
    );
    return acsEntrances;
  } catch (error) {
    if ((error as { type?: unknown }).type === "space_not_found") return [];
    throw error;
  }
}
