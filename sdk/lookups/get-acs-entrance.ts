import type * as pulumi from "@pulumi/pulumi";
import type { SeamObjectError, SeamObjectWarning } from "../errors-and-warnings";
import {
  type Asked,
  ask,
  askOutput,
  type LookUp,
  LookUpError,
  type LookUpInputs,
  type LookUpOptions,
} from "./look-up";
import { theOne, wayOf } from "./match";

/** How {@link getAcsEntrance} finds the entrance: by its id, or by its name within an access system. */
export interface GetAcsEntranceArgs {
  /** Seam's id. */
  acsEntranceId?: string;
  /** Its name, exactly; needs `acsSystemId`. */
  displayName?: string;
  /** The access system, with `displayName`. */
  acsSystemId?: string;
}

/** Which entrances {@link getAcsEntrances} finds. */
export interface GetAcsEntrancesArgs {
  /** The access system. */
  acsSystemId: string;
  /** Their names, exactly; left out: all of the system. */
  displayNames?: string[];
}

/** An entrance, as Seam tells it; what is null there is absent. */
export interface GetAcsEntranceResult {
  /** Seam's id. */
  acsEntranceId: string;
  /** Access system it is in. */
  acsSystemId: string;
  /** Its name. */
  displayName: string;
  /** Seam's connection to the vendor account. */
  connectedAccountId: string;
  /** Spaces it belongs to. */
  spaceIds: string[];
  /** Whether a PIN opens it, where Seam knows. */
  canUnlockWithCode?: boolean;
  /** Whether a card opens it, where Seam knows. */
  canUnlockWithCard?: boolean;
  /** Whether a mobile key opens it, where Seam knows. */
  canUnlockWithMobileKey?: boolean;
  /** Whether a cloud key opens it, where Seam knows. */
  canUnlockWithCloudKey?: boolean;
  /** Whether it can belong to a reservation of access grants, where Seam knows: a guest's room can, a lobby cannot. */
  canBelongToReservation?: boolean;
  /** When Seam got to know it, ISO 8601. */
  createdAt: string;
  /** Errors that Seam reports. */
  errors: SeamObjectError[];
  /** Warnings that Seam reports. */
  warnings: SeamObjectWarning[];
}

/**
 * Looks up an entrance by its id, or by its name within an access system.
 * @throws LookUpError if there is not exactly one; the message lists similar names
 * @see https://docs.seam.co/latest/api/acs/entrances
 */
export function getAcsEntrance(
  args: GetAcsEntranceArgs,
  opts?: LookUpOptions,
): Promise<GetAcsEntranceResult> {
  return ask(acsEntranceLookUp, args, opts);
}

/** {@link getAcsEntrance} with outputs as arguments. */
export function getAcsEntranceOutput(
  args: LookUpInputs<GetAcsEntranceArgs>,
  opts?: LookUpOptions,
): pulumi.Output<GetAcsEntranceResult> {
  return askOutput(acsEntranceLookUp, args, opts);
}

/**
 * Looks up entrances of one access system: those with the given names, in that order, or all, by name.
 * @throws LookUpError if a name does not match exactly one entrance; the message lists every such name
 */
export function getAcsEntrances(
  args: GetAcsEntrancesArgs,
  opts?: LookUpOptions,
): Promise<GetAcsEntranceResult[]> {
  return ask(acsEntrancesLookUp, args, opts);
}

/** {@link getAcsEntrances} with outputs as arguments. */
export function getAcsEntrancesOutput(
  args: LookUpInputs<GetAcsEntrancesArgs>,
  opts?: LookUpOptions,
): pulumi.Output<GetAcsEntranceResult[]> {
  return askOutput(acsEntrancesLookUp, args, opts);
}

export const acsEntranceLookUp: LookUp<GetAcsEntranceArgs, GetAcsEntranceResult> = {
  name: "getAcsEntrance",
  find: findOne,
};

export const acsEntrancesLookUp: LookUp<GetAcsEntrancesArgs, GetAcsEntranceResult[]> = {
  name: "getAcsEntrances",
  listProperty: "acsEntrances",
  find: findAll,
};

async function findOne(args: GetAcsEntranceArgs, seam: Asked): Promise<GetAcsEntranceResult> {
  const { acsEntranceId, displayName = "", acsSystemId = "" } = args;
  const ways = [["acsEntranceId"], ["displayName", "acsSystemId"]] as const;
  if (wayOf<GetAcsEntranceArgs>("acs_entrance", args, ways) === "acsEntranceId") {
    const body = { acs_entrance_id: acsEntranceId };
    return seam.get("/acs/entrances/get", "acs_entrance", body, `look up acs_entrance ${acsEntranceId}`);
  }
  return theOne(naming(acsSystemId), displayName, await entrancesOf(acsSystemId, seam));
}

async function findAll(args: GetAcsEntrancesArgs, seam: Asked): Promise<GetAcsEntranceResult[]> {
  const { acsSystemId, displayNames } = args;
  const ways = [["acsSystemId"], ["acsSystemId", "displayNames"]] as const;
  wayOf<GetAcsEntrancesArgs>("acs_entrances", args, ways, ["displayNames"]);
  const entrances = await entrancesOf(acsSystemId, seam);
  if (!displayNames) {
    return [...entrances].sort((a, b) => a.displayName.localeCompare(b.displayName, "en"));
  }
  const problems: string[] = [];
  const found = displayNames.flatMap((displayName) => {
    try {
      return [theOne(naming(acsSystemId), displayName, entrances)];
    } catch (error) {
      if (!(error instanceof LookUpError)) throw error;
      problems.push(error.message);
      return [];
    }
  });
  if (problems.length > 0) throw new LookUpError(problems.join("\n"));
  return found;
}

function entrancesOf(acsSystemId: string, seam: Asked): Promise<readonly GetAcsEntranceResult[]> {
  return seam.list(
    "/acs/entrances/list",
    "acs_entrances",
    { acs_system_id: acsSystemId },
    `look up entrances of acs_system ${acsSystemId}`,
  );
}

function naming(acsSystemId: string) {
  return {
    what: "acs_entrance",
    where: ` in acs_system ${acsSystemId}`,
    idOf: (entrance: GetAcsEntranceResult) => entrance.acsEntranceId,
    nameOf: (entrance: GetAcsEntranceResult) => entrance.displayName,
  };
}
