import type * as pulumi from "@pulumi/pulumi";
import { type Asked, ask, askOutput, type LookUp, type LookUpInputs, type LookUpOptions } from "./look-up";
import { searchOne, wayOf } from "./match";

/** How {@link getSpace} finds the space: by one of these. */
export interface GetSpaceArgs {
  /** Seam's id. */
  spaceId?: string;
  /** Your own key. */
  spaceKey?: string;
  /** Its name, exactly. */
  name?: string;
}

/** A space, as Seam tells it; what is null there is absent. */
export interface GetSpaceResult {
  /** Seam's id. */
  spaceId: string;
  /** Your own key. */
  spaceKey?: string;
  /** Its name. */
  name: string;
  /** The same, in words for people. */
  displayName: string;
  /** How many entrances are in it. */
  acsEntranceCount: number;
  /** How many devices are in it. */
  deviceCount: number;
  /** Key of the customer that it belongs to. */
  customerKey?: string;
  /** When Seam created it, ISO 8601. */
  createdAt: string;
  /** Workspace it is in. */
  workspaceId: string;
}

/**
 * Looks up a space by id, key or name.
 * @throws LookUpError when there is not exactly one, with what is near
 * @see https://docs.seam.co/latest/api/spaces
 */
export function getSpace(args: GetSpaceArgs, opts?: LookUpOptions): Promise<GetSpaceResult> {
  return ask(spaceLookUp, args, opts);
}

/** {@link getSpace} with outputs as arguments. */
export function getSpaceOutput(
  args: LookUpInputs<GetSpaceArgs>,
  opts?: LookUpOptions,
): pulumi.Output<GetSpaceResult> {
  return askOutput(spaceLookUp, args, opts);
}

export const spaceLookUp: LookUp<GetSpaceArgs, GetSpaceResult> = { name: "getSpace", find };

async function find(args: GetSpaceArgs, seam: Asked): Promise<GetSpaceResult> {
  const ways = [["spaceId"], ["spaceKey"], ["name"]] as const;
  const way = wayOf<GetSpaceArgs>("space", args, ways) as keyof GetSpaceArgs;
  const given = args[way] ?? "";
  if (way === "spaceId") {
    return seam.get("/spaces/get", "space", { space_id: given }, `look up space ${given}`);
  }
  const naming = {
    what: "space",
    where: "",
    idOf: (space: GetSpaceResult) => space.spaceId,
    nameOf: (space: GetSpaceResult) => space[way],
  };
  return searchOne(naming, given, (search) => seam.list("/spaces/list", "spaces", search, "look up a space"));
}
