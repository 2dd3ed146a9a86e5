import type { SeamClient } from "../http/client";
import { isNotFound } from "../http/errors";
import { isRecord, type Properties } from "../values/record";
import type { Reported } from "../wire/types";

/**
 * Declared inputs with the person's present id, where Seam has merged the declared identity into another one: a program
 * that still names the former id means the same person. Seam is asked only where an object shows another id.
 */
export async function withPresentIdentity(
  seam: SeamClient,
  inputs: Properties,
  object: Reported,
): Promise<Properties> {
  const { userIdentityId: declared } = inputs;
  const { user_identity_id: live } = object as { readonly user_identity_id?: unknown };
  if (typeof declared !== "string" || typeof live !== "string" || declared === live) return inputs;
  return (await presentId(seam, declared)) === live ? { ...inputs, userIdentityId: live } : inputs;
}

/** What is live, with the person named as the program names them. */
export function asWritten(inputs: Properties, present: Properties, live: Properties): Properties {
  const isSame = live["userIdentityId"] === present["userIdentityId"];
  return present === inputs || !isSame ? live : { ...live, userIdentityId: inputs["userIdentityId"] };
}

async function presentId(seam: SeamClient, userIdentityId: string): Promise<unknown> {
  const body = { user_identity_id: userIdentityId };
  const action = `look who user_identity ${userIdentityId} is now`;
  try {
    const { json } = await seam.call({ path: "/user_identities/get", body, effect: "read", action });
    return isRecord(json["user_identity"]) ? json["user_identity"]["user_identity_id"] : undefined;
  } catch (error) {
    if (isNotFound(error, "user_identity")) return undefined;
    throw error;
  }
}
