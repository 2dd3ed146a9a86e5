import * as pulumi from "@pulumi/pulumi";
import { textInProgram } from "../../program/provider-text";

/** Keeps the keys of a roster's people in the state, and refuses when too many of them are gone. */
export class RosterGuard extends pulumi.CustomResource {
  constructor(
    name: string,
    args: {
      readonly people: readonly string[];
      readonly maxShrink: number;
      readonly confirmShrinkTo: number | undefined;
    },
    opts: pulumi.CustomResourceOptions,
  ) {
    super(
      "pulumi-nodejs:dynamic/seam:RosterGuard",
      name,
      { ...args, __provider: textInProgram("RosterGuard") },
      opts,
    );
  }
}
