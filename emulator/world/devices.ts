import type { Context } from "./context";
import { notFound } from "./errors";
import type { AccessGrant, Device } from "./rows";
import { shown } from "./store";

export function findDevice(context: Context, deviceId: string): Device {
  const device = context.workspace.devices.get(deviceId);
  if (!device) throw notFound("device");
  return device;
}

/** The devices that still exist, in the given order. */
export function devicesOf(context: Context, deviceIds: Iterable<string>): Device[] {
  return [...deviceIds]
    .map((deviceId) => context.workspace.devices.get(deviceId))
    .filter((device) => device !== undefined);
}

export function presentDevice(device: Device) {
  const { online } = device.properties;
  const isOffline = {
    error_code: "device_offline",
    message: "The device is offline",
    created_at: device.created_at,
    is_device_error: true,
  };
  return { ...shown(device), ...(!online && { errors: [...device.errors, isOffline] }) };
}

/** Why an access code for the grant's times cannot be on the device; undefined when it can. */
export function timeViolation(device: Device, grant: AccessGrant): string | undefined {
  const { maxDurationHours, isOngoingSupported, slotMinutes } = device.hidden.timeConstraints;
  const startMs = Date.parse(grant.starts_at);
  const endMs = grant.ends_at === null ? undefined : Date.parse(grant.ends_at);
  if (endMs === undefined && (isOngoingSupported === false || maxDurationHours !== undefined))
    return "ongoing_not_supported";
  if (endMs !== undefined && maxDurationHours !== undefined && endMs - startMs > maxDurationHours * 3_600_000)
    return "duration_exceeds_max";
  const isOffSlot = (ms: number | undefined) =>
    slotMinutes !== undefined && ms !== undefined && ms % (slotMinutes * 60_000) !== 0;
  return isOffSlot(startMs) || isOffSlot(endMs) ? "times_do_not_match_slots" : undefined;
}
