import { outputsOf } from "../../provider/lifecycle/seam-kind";
import { USER_IDENTITY } from "../../provider/resources/user-identity";
import type { Properties } from "../../provider/values/record";
import { type Judged, readObject, resourceOf, slug } from "./resource";

/**
 * A person. In which access systems Seam made users of them is not declared: it counts at the create alone, and the
 * users are resources of their own.
 */
export function identityResource(wire: Properties, now: Date): Judged {
  const read = readObject("identities", USER_IDENTITY, wire, now);
  if (!("object" in read)) return read;
  const { object } = read;
  const { user_identity_id: id, user_identity_key, full_name, email_address, phone_number } = object;
  const title = full_name ?? email_address ?? user_identity_key ?? undefined;
  return resourceOf(
    {
      kind: "identities",
      id,
      label: `${slug(title) || "somebody"}-identity`,
      title,
      declared: {
        userIdentityKey: user_identity_key,
        fullName: full_name,
        emailAddress: email_address,
        phoneNumber: phone_number,
      },
      outputsOf: (inputs) => outputsOf(USER_IDENTITY, inputs, object),
    },
    now,
  );
}
