import { z } from "zod";
import { checkInputs } from "../inputs/check";
import type { Checked } from "../inputs/problem";
import { equalInputs, type InputTable, isKept } from "../inputs/table";
import { id, idSet, text } from "../inputs/types";
import type { ResourceLifecycle } from "../lifecycle/lifecycle";
import type { SeamObject } from "../lifecycle/seam-kind";
import type { CreateOptions } from "../lifecycle/seam-object";
import { seamResource } from "../lifecycle/seam-resource";
import type { Properties } from "../values/record";
import { decisive, objectId, reported, shown, shownObject } from "../wire/types";
import { membersOfSpace, type SpaceMembers } from "./space-members";

/** Declared inputs of a space, in camelCase of Seam's parameters. */
export const spaceInputs = z.object({
  spaceKey: text("key").optional(),
  name: text("name"),
  acsEntranceIds: idSet("entrance").optional(),
  deviceIds: idSet("device").optional(),
  adopt: id("space to take over").optional(),
});

export type SpaceInputs = z.output<typeof spaceInputs>;

/** Seam's `space` as it is read here. */
const spaceWire = z.object({
  space_id: objectId,
  space_key: decisive,
  customer_data: shownObject,
  customer_key: shown,
  geolocation: shownObject,
  name: decisive,
  ...reported,
});

/** Seam tells what is in a space by another route only. */
type WireSpace = z.output<typeof spaceWire> & Partial<SpaceMembers>;

/** Seam's update call takes the whole set, so that a change is one request, and can be sent twice. */
const members = {
  change: "update",
  compare: "set",
  whenOmitted: [],
  filledBySeam: true,
  drift: true,
} as const;

/** What a change of each input means. Source: the parameters of /spaces/create and /spaces/update. */
const spaceTable = {
  spaceKey: { change: "replace", filledBySeam: true },
  name: { change: "update", drift: true },
  acsEntranceIds: members,
  deviceIds: members,
  adopt: { change: "update", providerOnly: true, onlyAtCreate: true },
} as const satisfies Record<keyof SpaceInputs, InputTable[string]>;

export const SPACE: SeamObject<WireSpace> = {
  name: "space",
  routes: "/spaces",
  plural: "spaces",
  schema: spaceWire,
  table: spaceTable,
  failing: { warnings: [] },
  complete: async (seam, space) => ({ ...space, ...(await membersOfSpace(seam, { id: space.space_id })) }),
  listedBy: () => ({}),
};

export const space: ResourceLifecycle = seamResource({
  name: "Space",
  kind: SPACE,
  check,
  cannotCoexist,
  lostCreate,
});

function check(news: Properties): Checked {
  return checkInputs(spaceInputs, news, () => []);
}

/** A key is unique in a workspace. */
function cannotCoexist(outputs: Properties, news: Properties): boolean {
  return isKept(spaceTable, outputs, news, "spaceKey");
}

function lostCreate(inputs: Properties): CreateOptions<WireSpace> {
  const { spaceKey } = inputs;
  return {
    search: spaceKey
      ? { path: "/spaces/get", key: "space", body: { space_key: spaceKey } }
      : { path: "/spaces/list", key: "spaces", body: {} },
    matches: (found) => (found.space_key ?? undefined) === spaceKey,
    // A unique key has said it all.
    ...(spaceKey === undefined && {
      confirms: async (seam, found) => {
        const { acs_entrance_ids, device_ids } = await membersOfSpace(seam, { id: found.space_id });
        return (
          equalInputs(members, inputs["acsEntranceIds"], acs_entrance_ids) &&
          equalInputs(members, inputs["deviceIds"], device_ids)
        );
      },
    }),
  };
}
