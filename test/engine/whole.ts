import { assertNoChanges, type TestStack } from "../../sdk/testing";

/** `pulumi up --replace` of the resource with this name. */
export async function replace(stack: TestStack, name: string) {
  const { resources } = (await stack.exportStack()).deployment as { resources: { urn: string }[] };
  const urn = resources.map((resource) => resource.urn).find((each) => each.endsWith(`::${name}`)) ?? "";
  return stack.up({ replace: [urn] });
}

/** Nothing that the state has is missing in Seam, and the program is as declared. */
export async function isWhole(stack: TestStack) {
  assertNoChanges(await stack.refresh());
  assertNoChanges(await stack.preview());
}
