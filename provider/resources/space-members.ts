import { z } from "zod";
import type { SeamClient } from "../http/client";
import { UnreadableReplyError } from "../http/errors";
import { type Asked, batchedReads } from "../lifecycle/batched-reads";

/** Doors and devices of a space, as fields of Seam's `space` would be if Seam told them there. */
export interface SpaceMembers {
  readonly acs_entrance_ids: readonly string[];
  readonly device_ids: readonly string[];
}

const PATH = "/spaces/get_related";
const MOST_SPACES = 20;

const spaceIds = z.array(z.string()).optional();

/** An answer about several spaces is flat; every door and device in it tells the spaces that it is in. */
const batchWire = z.object({
  spaces: z.array(z.object({ space_id: z.string() })),
  acs_entrances: z.array(z.object({ acs_entrance_id: z.string(), space_ids: spaceIds })),
  devices: z.array(z.object({ device_id: z.string(), space_ids: spaceIds })),
});

type Batch = z.output<typeof batchWire>;

/**
 * Reads which doors and devices are in a space; of several spaces that are asked about at the same time by one request.
 * @see https://docs.seam.co/latest/api/spaces/get_related
 */
export const membersOfSpace = batchedReads<Asked, SpaceMembers>({ name: "space", most: MOST_SPACES, read });

async function read(seam: SeamClient, spaces: readonly Asked[]): Promise<ReadonlyMap<string, SpaceMembers>> {
  const ids = spaces.map(({ id }) => id);
  const action = `read what is in space ${ids.join(", ")}`;
  const body = { space_ids: ids, include: ["spaces", "acs_entrances", "devices"] };
  const { json, requestId } = await seam.call({ path: PATH, body, effect: "read", action });
  const batch = z.safeParse(batchWire, json["batch"]).data;
  const isAlone = ids.length === 1;
  const shown = ids.filter((id) => batch?.spaces.some(({ space_id }) => space_id === id));
  if (batch && shown.length > 0 && (isAlone || tellsSpaces(batch))) {
    return new Map(shown.map((id) => [id, membersIn(batch, id)]));
  }
  if (!isAlone) return new Map();
  throw new UnreadableReplyError({
    action,
    path: PATH,
    requestId,
    reason: "answered with something that does not tell the space's doors and devices",
    advice: "Run the command again; if it keeps failing, give Seam's support the request id.",
  });
}

function tellsSpaces({ acs_entrances, devices }: Batch): boolean {
  return [...acs_entrances, ...devices].every(({ space_ids }) => space_ids !== undefined);
}

function membersIn({ acs_entrances, devices }: Batch, id: string): SpaceMembers {
  const isIn = ({ space_ids }: { readonly space_ids?: readonly string[] | undefined }) =>
    space_ids?.includes(id) ?? true;
  return {
    acs_entrance_ids: acs_entrances
      .filter(isIn)
      .map(({ acs_entrance_id }) => acs_entrance_id)
      .sort(),
    device_ids: devices
      .filter(isIn)
      .map(({ device_id }) => device_id)
      .sort(),
  };
}
