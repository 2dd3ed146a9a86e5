import * as pulumi from "@pulumi/pulumi";
import { ROSTER, type RosterRun } from "../../../provider/values/roster-card";
import { textInProgram } from "../../program/provider-text";
import type { ResolvedRoster } from "./resolve";

/**
 * Keeps the keys of a roster's people in the state, and refuses when too many of them are gone. Whose end has come is
 * not gone: therefore it keeps the ends of access, too, and what everybody was given.
 *
 * It also refuses when people stand outside until somebody encodes their cards. Only the comparison of a credential
 * can tell, so in a preview the guard comes last, and names everybody. Else it comes first, as something that is
 * refused is to be refused before anything is done; then each credential is refused on its own.
 */
export class RosterGuard extends pulumi.CustomResource {
  constructor(
    name: string,
    { people, over }: Pick<ResolvedRoster, "people" | "over">,
    limits: {
      readonly maxShrink: number;
      readonly confirmShrinkTo: number | undefined;
      readonly confirmNewCards?: number | undefined;
    },
    opts: pulumi.CustomResourceOptions,
    /** What it comes after. */
    after?: Promise<void>,
  ) {
    const ends = [...people, ...over].flatMap(({ key, endsAt }) => (endsAt ? [[key, endsAt]] : []));
    const keys = people.map(({ key }) => key).sort();
    const inputs = {
      people: after === undefined ? keys : after.then(() => keys),
      ...limits,
      ...(ends.length > 0 && { ends: Object.fromEntries(ends) }),
      methods: Object.fromEntries(people.map(({ key, method }) => [key, method])),
      [ROSTER]: { roster: name, isPreview: pulumi.runtime.isDryRun() } satisfies RosterRun,
      __provider: textInProgram("RosterGuard"),
    };
    super("pulumi-nodejs:dynamic/seam:RosterGuard", name, inputs, opts);
  }
}
