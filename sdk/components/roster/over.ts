import * as pulumi from "@pulumi/pulumi";
import type { ResolvedPerson } from "./resolve";

/** Says who is in the roster without access, since nothing of theirs is left to show it. */
export async function tellWhoIsOver(
  over: readonly ResolvedPerson[],
  component: pulumi.Resource,
): Promise<void> {
  if (over.length === 0) return;
  const listed = over.map(({ key, endsAt }) => `${key} (${endsAt})`).join(", ");
  await pulumi.log.info(
    `The end of access is past for ${listed}. They have none any more: take their lines out, or give them a later end.`,
    component,
  );
}
