import * as pulumi from "@pulumi/pulumi";
import { textInProgram } from "../../program/provider-text";
import type { ResolvedRoster } from "./resolve";

/**
 * Keeps the keys of a roster's people in the state, and refuses when too many of them are gone. Whose end has come is
 * not gone: therefore it keeps the ends of access, too.
 */
export class RosterGuard extends pulumi.CustomResource {
  constructor(
    name: string,
    { people, over }: Pick<ResolvedRoster, "people" | "over">,
    limits: { readonly maxShrink: number; readonly confirmShrinkTo: number | undefined },
    opts: pulumi.CustomResourceOptions,
  ) {
    const ends = [...people, ...over].flatMap(({ key, endsAt }) => (endsAt ? [[key, endsAt]] : []));
    const inputs = {
      people: people.map(({ key }) => key).sort(),
      ...limits,
      ...(ends.length > 0 && { ends: Object.fromEntries(ends) }),
      __provider: textInProgram("RosterGuard"),
    };
    super("pulumi-nodejs:dynamic/seam:RosterGuard", name, inputs, opts);
  }
}
