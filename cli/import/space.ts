import { outputsOf } from "../../provider/lifecycle/seam-kind";
import { SPACE } from "../../provider/resources/space";
import type { SpaceMembers } from "../../provider/resources/space-members";
import type { Properties } from "../../provider/values/record";
import { type Judged, readObject, resourceOf, slug } from "./resource";

/** A space in Seam, and what is in it. */
export interface LiveSpace {
  readonly wire: Properties;
  /** `undefined` where it could not be read. */
  readonly members: SpaceMembers | undefined;
}

export function spaceResource({ wire, members }: LiveSpace, now: Date): Judged {
  const read = readObject("spaces", SPACE, wire, now);
  if (!("object" in read)) return read;
  const { space_id: id, name, space_key } = read.object;
  if (!members) return { kind: "spaces", id, reason: "its doors could not be read", isProblem: true };
  const object = { ...read.object, ...members };
  return resourceOf(
    {
      kind: "spaces",
      id,
      label: `${slug(name ?? space_key) || "some"}-space`,
      title: name ?? undefined,
      declared: {
        spaceKey: space_key,
        name,
        acsEntranceIds: members.acs_entrance_ids,
        deviceIds: members.device_ids,
      },
      outputsOf: (inputs) => outputsOf(SPACE, inputs, object),
    },
    now,
  );
}
