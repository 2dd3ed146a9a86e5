import type { LookUpOptions } from "../../lookups/index";
import { getAcsAccessGroup, getAcsEntrances, LookUpError } from "../../lookups/index";
import { RosterError } from "../roster";
import type { ResolvedRoster } from "./resolve";

/** Ids of what a roster names. */
export interface Places {
  readonly entranceIds: ReadonlyMap<string, string>;
  readonly accessGroupIds: ReadonlyMap<string, string>;
}

/**
 * Finds the entrances and access groups that the roster names.
 * @throws RosterError with every name that is not exactly one's, and where it stands
 */
export async function findPlaces(
  acsSystemId: string,
  { places }: ResolvedRoster,
  opts: LookUpOptions,
): Promise<Places> {
  const problems: string[] = [];
  const idsOf = async (
    names: ReadonlyMap<string, readonly string[]>,
    find: (name: string) => Promise<string>,
  ): Promise<Map<string, string>> => {
    const ids = new Map<string, string>();
    await Promise.all(
      [...names].map(async ([name, where]) => {
        try {
          ids.set(name, await find(name));
        } catch (error) {
          if (!(error instanceof LookUpError)) throw error;
          problems.push(`${where.join(", ")}: ${error.message}`);
        }
      }),
    );
    return ids;
  };
  const [entranceIds, accessGroupIds] = await Promise.all([
    idsOf(places.doors, async (name) => {
      const [entrance] = await getAcsEntrances({ acsSystemId, displayNames: [name] }, opts);
      return entrance?.acsEntranceId ?? "";
    }),
    idsOf(places.accessGroups, async (name) => {
      return (await getAcsAccessGroup({ acsSystemId, name }, opts)).acsAccessGroupId;
    }),
  ]);
  if (problems.length > 0) throw new RosterError(problems);
  return { entranceIds, accessGroupIds };
}
