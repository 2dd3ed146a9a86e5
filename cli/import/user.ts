import { outputsOf } from "../../provider/lifecycle/seam-kind";
import { ACS_USER } from "../../provider/resources/acs-user";
import type { Properties } from "../../provider/values/record";
import { instantText, type Judged, readObject, resourceOf, slug, withoutEmpty } from "./resource";

/** A user of an access system. Its access groups are memberships, which are resources of their own. */
export function userResource(wire: Properties, now: Date): Judged {
  const read = readObject("users", ACS_USER, wire, now);
  if (!("object" in read)) return read;
  const { object } = read;
  const { acs_user_id: id, access_schedule: schedule, full_name } = object;
  if (object.errors.some((error) => error["error_code"] === "deleted_externally"))
    return { kind: "users", id, reason: "the access system does not have it any more", isProblem: true };
  return resourceOf(
    {
      kind: "users",
      id,
      label: `${slug(full_name) || "somebody"}-user`,
      title: full_name ?? undefined,
      declared: {
        acsSystemId: object.acs_system_id,
        fullName: full_name,
        emailAddress: object.email_address,
        phoneNumber: object.phone_number,
        userIdentityId: object.user_identity_id,
        accessSchedule: withoutEmpty({
          startsAt: instantText(schedule?.starts_at),
          endsAt: instantText(schedule?.ends_at),
        }),
        isSuspended: object.is_suspended,
      },
      outputsOf: (inputs) => outputsOf(ACS_USER, inputs, object),
    },
    now,
  );
}
