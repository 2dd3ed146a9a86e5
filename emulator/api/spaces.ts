import { z } from "zod";
import { findDevice } from "../world/devices";
import { findEntrance } from "../world/doors";
import {
  addSpace,
  changeSpace,
  deleteSpace,
  findSpace,
  presentSpace,
  refuseTakenSpaceKey,
} from "../world/spaces";
import { id, ids, page, text } from "./input";
import { paginate } from "./pagination";
import { route } from "./route";
import { contains } from "./search";

const time = () =>
  z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/)
    .nullish();

const someIds = () => ids().min(1);

const members = { acs_entrance_ids: ids().optional(), device_ids: ids().optional() };

const customerData = z
  .object({
    address: z.string().nullish(),
    default_checkin_time: time(),
    default_checkout_time: time(),
    time_zone: z.string().nullish(),
  })
  .optional();

const address = { space_id: id().optional(), space_key: z.string().optional() };

export const spaceRoutes = [
  route(
    "/spaces/create",
    z.object({
      name: z.string(),
      space_key: z.string().optional(),
      customer_key: text().optional(),
      customer_data: customerData,
      connected_account_ids: ids().optional(),
      ...members,
    }),
    (context, { acs_entrance_ids = [], device_ids = [], connected_account_ids: _, ...input }) => {
      refuseTakenSpaceKey(context, input.space_key);
      for (const entranceId of acs_entrance_ids) findEntrance(context, entranceId);
      for (const deviceId of device_ids) findDevice(context, deviceId);
      const space = addSpace(context, input, { entranceIds: acs_entrance_ids, deviceIds: device_ids });
      return { space: presentSpace(space) };
    },
  ),

  route("/spaces/get", z.object(address), (context, input) => ({
    space: presentSpace(findSpace(context, input)),
  })),

  route(
    "/spaces/list",
    z.object({
      connected_account_id: id().optional(),
      customer_key: z.string().optional(),
      parent_space_id: id().optional(),
      parent_space_key: z.string().optional(),
      space_key: z.string().optional(),
      search: text().optional(),
      ...page(),
    }),
    (context, input) => {
      const { spaces } = context.workspace;
      const { rows, pagination } = paginate(
        context,
        "/spaces/list",
        input,
        spaces,
        spaces.all(),
        (space) =>
          (!input.space_key || space.space_key === input.space_key) &&
          (!input.customer_key || space.customer_key === input.customer_key) &&
          (!input.parent_space_id || space.parent_space_id === input.parent_space_id) &&
          (!input.parent_space_key || space.parent_space_key === input.parent_space_key) &&
          (!input.search || contains([space.name, space.space_key, space.space_id], input.search)),
      );
      return { spaces: rows.map(presentSpace), pagination };
    },
  ),

  route(
    "/spaces/update",
    z.object({
      ...address,
      name: z.string().optional(),
      parent_space_id: id().optional(),
      parent_space_key: z.string().optional(),
      customer_data: customerData,
      ...members,
    }),
    (context, { acs_entrance_ids, device_ids, space_id, space_key, ...input }) => {
      // With the id, the key is a new key; without, it says which space.
      const space = findSpace(context, space_id ? { space_id } : { space_key });
      if (space_id && space_key !== undefined && space_key !== space.space_key)
        refuseTakenSpaceKey(context, space_key);
      for (const entranceId of acs_entrance_ids ?? []) findEntrance(context, entranceId);
      for (const deviceId of device_ids ?? []) findDevice(context, deviceId);
      const changes = {
        ...(input.name !== undefined && { name: input.name }),
        ...(input.customer_data && { customer_data: { ...space.customer_data, ...input.customer_data } }),
        ...(input.parent_space_id !== undefined && { parent_space_id: input.parent_space_id }),
        ...(input.parent_space_key !== undefined && { parent_space_key: input.parent_space_key }),
        ...(space_id && space_key !== undefined && { space_key }),
      };
      changeSpace(context, space, changes, { entranceIds: acs_entrance_ids, deviceIds: device_ids });
      return { space: presentSpace(space) };
    },
  ),

  route(
    "/spaces/add_acs_entrances",
    z.object({ space_id: id(), acs_entrance_ids: someIds() }),
    (context, input) => {
      const space = findSpace(context, { space_id: input.space_id });
      for (const entranceId of input.acs_entrance_ids) findEntrance(context, entranceId);
      changeSpace(
        context,
        space,
        {},
        { entranceIds: [...space.hidden.entranceIds, ...input.acs_entrance_ids] },
      );
      return undefined;
    },
  ),

  route(
    "/spaces/remove_acs_entrances",
    z.object({ space_id: id(), acs_entrance_ids: ids() }),
    (context, input) => {
      const space = findSpace(context, { space_id: input.space_id });
      const left = space.hidden.entranceIds.filter(
        (entranceId) => !input.acs_entrance_ids.includes(entranceId),
      );
      changeSpace(context, space, {}, { entranceIds: left });
      return undefined;
    },
  ),

  route("/spaces/add_devices", z.object({ space_id: id(), device_ids: someIds() }), (context, input) => {
    const space = findSpace(context, { space_id: input.space_id });
    for (const deviceId of input.device_ids) findDevice(context, deviceId);
    changeSpace(context, space, {}, { deviceIds: [...space.hidden.deviceIds, ...input.device_ids] });
    return undefined;
  }),

  route("/spaces/remove_devices", z.object({ space_id: id(), device_ids: ids() }), (context, input) => {
    const space = findSpace(context, { space_id: input.space_id });
    const left = space.hidden.deviceIds.filter((deviceId) => !input.device_ids.includes(deviceId));
    changeSpace(context, space, {}, { deviceIds: left });
    return undefined;
  }),

  route("/spaces/delete", z.object({ space_id: id() }), (context, input) => {
    deleteSpace(context, findSpace(context, input));
    return undefined;
  }),
];
