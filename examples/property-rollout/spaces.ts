import { readFileSync } from "node:fs";
import type * as pulumi from "@pulumi/pulumi";
import * as seam from "pulumi-seam";

/** The property's places by key, each with the doors that are in it. */
type Property = Record<string, { name: string; doors: string[] }>;

/** Declares the spaces of the property that a file describes, by key. */
export function declareSpaces(file: string, acsSystemId: pulumi.Input<string>): Record<string, seam.Space> {
  const property: Property = JSON.parse(readFileSync(file, "utf8"));
  return Object.fromEntries(
    Object.entries(property).map(([spaceKey, { name, doors }]) => [
      spaceKey,
      new seam.Space(spaceKey, {
        spaceKey,
        name,
        acsEntranceIds: seam
          .getAcsEntrancesOutput({ acsSystemId, displayNames: doors })
          .apply((found) => found.map(({ acsEntranceId }) => acsEntranceId)),
      }),
    ]),
  );
}
