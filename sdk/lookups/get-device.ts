import type * as pulumi from "@pulumi/pulumi";
import type { SeamObjectError, SeamObjectWarning } from "../errors-and-warnings";
import { type Asked, ask, askOutput, type LookUp, type LookUpInputs, type LookUpOptions } from "./look-up";
import { searchOne, wayOf } from "./match";

/** How {@link getDevice} finds the device: by one of these. */
export interface GetDeviceArgs {
  /** Seam's id. */
  deviceId?: string;
  /** Its name, exactly. */
  displayName?: string;
}

/** A device, as Seam tells it; what is null there is absent. */
export interface GetDeviceResult {
  /** Seam's id. */
  deviceId: string;
  /** Its name. */
  displayName: string;
  /** Vendor's kind of device, such as `schlage_lock`. */
  deviceType: string;
  /** Whether PINs can be set on it while it is online. */
  canProgramOnlineAccessCodes?: boolean;
  /** Spaces that it is in. */
  spaceIds: string[];
  /** Whether Seam manages it. */
  isManaged: boolean;
  /** Seam's connection to the vendor account. */
  connectedAccountId: string;
  /** When Seam got to know it, ISO 8601. */
  createdAt: string;
  /** Workspace it is in. */
  workspaceId: string;
  /** Errors that Seam reports. */
  errors: SeamObjectError[];
  /** Warnings that Seam reports. */
  warnings: SeamObjectWarning[];
}

/**
 * Looks up a device, such as a lock that belongs to no access system, by id or name.
 * @throws LookUpError if there is not exactly one; the message lists similar names
 * @see https://docs.seam.co/latest/api/devices
 */
export function getDevice(args: GetDeviceArgs, opts?: LookUpOptions): Promise<GetDeviceResult> {
  return ask(deviceLookUp, args, opts);
}

/** {@link getDevice} with outputs as arguments. */
export function getDeviceOutput(
  args: LookUpInputs<GetDeviceArgs>,
  opts?: LookUpOptions,
): pulumi.Output<GetDeviceResult> {
  return askOutput(deviceLookUp, args, opts);
}

export const deviceLookUp: LookUp<GetDeviceArgs, GetDeviceResult> = { name: "getDevice", find };

async function find(args: GetDeviceArgs, seam: Asked): Promise<GetDeviceResult> {
  const { deviceId, displayName = "" } = args;
  if (wayOf<GetDeviceArgs>("device", args, [["deviceId"], ["displayName"]]) === "deviceId") {
    return seam.get("/devices/get", "device", { device_id: deviceId }, `look up device ${deviceId}`);
  }
  const naming = {
    what: "device",
    where: "",
    idOf: (device: GetDeviceResult) => device.deviceId,
    nameOf: (device: GetDeviceResult) => device.displayName,
  };
  return searchOne(naming, displayName, (search) =>
    seam.list("/devices/list", "devices", search, "look up a device"),
  );
}
