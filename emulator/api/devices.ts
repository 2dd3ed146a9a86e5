import { z } from "zod";
import { findDevice, presentDevice } from "../world/devices";
import { invalidInput, notFound } from "../world/errors";
import type { Device } from "../world/rows";
import { id, ids, instant, page } from "./input";
import { paginate } from "./pagination";
import { route } from "./route";
import { contains } from "./search";

const capabilities = z.array(z.string()).optional();

const filter = z.object({
  connect_webview_id: id().optional(),
  connected_account_id: id().optional(),
  connected_account_ids: ids().optional(),
  created_before: instant().optional(),
  custom_metadata_has: z.record(z.string(), z.union([z.string(), z.boolean()])).optional(),
  customer_key: z.string().optional(),
  device_ids: ids().optional(),
  device_type: z.string().optional(),
  device_types: z.array(z.string()).optional(),
  exclude_if: capabilities,
  include_if: capabilities,
  manufacturer: z.string().optional(),
  search: z.string().optional(),
  space_id: id().optional(),
  unstable_location_id: id().nullish(),
  user_identifier_key: z.string().optional(),
  ...page(),
});

type Filter = z.output<typeof filter>;

export const deviceRoutes = [
  route(
    "/devices/get",
    z.object({ device_id: id().optional(), name: z.string().optional() }),
    (context, { device_id, name }) => {
      if (device_id !== undefined) return { device: presentDevice(findDevice(context, device_id)) };
      if (name === undefined) throw invalidInput("device_id or name is required");
      const device = [...context.workspace.devices.all()].find((row) => row.properties.name === name);
      if (!device) throw notFound("device");
      return { device: presentDevice(device) };
    },
  ),

  route("/devices/list", filter, (context, input) => {
    const { devices } = context.workspace;
    const { rows, pagination } = paginate(context, "/devices/list", input, devices, devices.all(), (device) =>
      isAskedFor(device, input),
    );
    return { devices: rows.map(presentDevice), pagination };
  }),
];

function isAskedFor(device: Device, input: Filter): boolean {
  const { device_types: types, connected_account_ids: accounts, custom_metadata_has: metadata } = input;
  const can = (capability: string) =>
    Object.entries(device).some(([name, value]) => name === capability && value);
  return (
    // The emulator's devices have no connect webview, customer, location or user identifier.
    !input.connect_webview_id &&
    !input.customer_key &&
    !input.unstable_location_id &&
    !input.user_identifier_key &&
    (!input.connected_account_id || device.connected_account_id === input.connected_account_id) &&
    (!accounts || accounts.includes(device.connected_account_id)) &&
    (!input.created_before || Date.parse(device.created_at) < Date.parse(input.created_before)) &&
    (!metadata ||
      Object.entries(metadata).every(([name, value]) => device.custom_metadata[name] === value)) &&
    (!input.device_ids || input.device_ids.includes(device.device_id)) &&
    (!input.device_type || device.device_type === input.device_type) &&
    (!types || types.includes(device.device_type)) &&
    !input.exclude_if?.some(can) &&
    (!input.include_if || input.include_if.every(can)) &&
    (!input.manufacturer || device.device_type.startsWith(input.manufacturer)) &&
    (!input.search || contains([device.display_name, device.device_id], input.search)) &&
    (!input.space_id || device.space_ids.includes(input.space_id))
  );
}
