import * as pulumi from "@pulumi/pulumi";
import { getAcsAccessGroup, getAcsEntrances, LookUpError } from "../../lookups";
import { settingsOf } from "../../lookups/look-up";
import { refused } from "../../lookups/refused";
import { RosterError } from "../roster";
import { type Adopted, findAdopted, NOBODY } from "./adopted";
import type { ResolvedRoster } from "./resolve";

/** Ids of what a roster names. Where one of them cannot be found, every id is the sentence that says so. */
export interface Places extends Adopted {
  /** The access system, once it is known that it has everything that the roster names. */
  readonly acsSystemId: string;
  entranceId(name: string): string;
  accessGroupId(name: string): string;
}

/**
 * Finds the entrances and access groups that the roster names, and who of its people is to be taken over. Should one be
 * missing, the run ends before anything is made or deleted, with every name that is not exactly one's, and where it
 * stands.
 * @param isAdopting whether everybody is taken over who is there with their e-mail address
 */
export function findPlaces(
  acsSystemId: pulumi.Input<string>,
  roster: ResolvedRoster,
  isAdopting: boolean,
  opts: { readonly parent: pulumi.Resource },
): pulumi.Output<Places> {
  return pulumi.all([acsSystemId, settingsOf(opts)]).apply(async ([system]) => {
    try {
      return await lookUp(system, roster, isAdopting, opts);
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      await refused("roster", problem, false, opts);
      return { acsSystemId: problem, entranceId: () => problem, accessGroupId: () => problem, ...NOBODY };
    }
  });
}

async function lookUp(
  acsSystemId: string,
  roster: ResolvedRoster,
  isAdopting: boolean,
  opts: { readonly parent: pulumi.Resource },
): Promise<Places> {
  const { places } = roster;
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
  const [entrances, accessGroups, adopted] = await Promise.all([
    idsOf(places.doors, async (name) => {
      const [entrance] = await getAcsEntrances({ acsSystemId, displayNames: [name] }, opts);
      return entrance?.acsEntranceId ?? "";
    }),
    idsOf(places.accessGroups, async (name) => {
      return (await getAcsAccessGroup({ acsSystemId, name }, opts)).acsAccessGroupId;
    }),
    findAdopted(acsSystemId, roster, isAdopting, problems, opts),
  ]);
  if (problems.length > 0) throw new RosterError(problems);
  return {
    acsSystemId,
    entranceId: (name) => entrances.get(name) ?? "",
    accessGroupId: (name) => accessGroups.get(name) ?? "",
    ...adopted,
  };
}
