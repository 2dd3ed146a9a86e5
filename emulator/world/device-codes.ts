import { randomInt } from "node:crypto";
import type { Context } from "./context";
import { devicesOf, timeViolation } from "./devices";
import { deviceIdsOf } from "./grant-places";
import type { AccessGrant, AccessMethodRow, Device, SeamWarning } from "./rows";
import { warning } from "./warnings";

/**
 * Puts the PIN of an access method on the devices of its grant. What a device cannot do is a warning of the grant; a
 * PIN that a device has already for somebody else becomes another one.
 */
export function programDevices(context: Context, grant: AccessGrant, method: AccessMethodRow): void {
  const { accessGrants, accessMethods } = context.workspace;
  if (method.mode !== "code") return;
  const served: Device[] = [];
  const warnings: SeamWarning[] = [];
  for (const device of devicesOf(context, deviceIdsOf(context, grant))) {
    const refusal = refusalOf(context, device, grant);
    if (refusal) warnings.push(refusal);
    else served.push(device);
  }
  const code = freeCode(context, method, served, warnings);
  const deviceIds = served.map((device) => device.device_id);
  accessMethods.change(method, {
    hidden: { ...method.hidden, deviceIds, ...(code !== undefined && { code }) },
  });
  if (warnings.length > 0) accessGrants.change(grant, { warnings: merged(grant.warnings, warnings) });
}

function refusalOf(context: Context, device: Device, grant: AccessGrant): SeamWarning | undefined {
  const { device_id, display_name: name } = device;
  if (!device.can_program_online_access_codes)
    return warning(context, "device_does_not_support_access_codes", `${name} takes no access codes`, {
      device_id,
    });
  const reason = timeViolation(device, grant);
  if (reason === undefined) return undefined;
  const message = `${name} cannot have an access code for these times`;
  return warning(context, "device_time_constraints_violated", message, { device_id, reason });
}

function freeCode(
  context: Context,
  method: AccessMethodRow,
  devices: readonly Device[],
  warnings: SeamWarning[],
): string | undefined {
  const wanted = method.hidden.code;
  const taken = (code: string | undefined) =>
    devices.find(({ device_id }) =>
      [...context.workspace.accessMethods.by("device", device_id)].some(
        (other) => other !== method && other.hidden.code === code,
      ),
    );
  const holder = taken(wanted);
  if (!holder || wanted === undefined) return wanted;
  let code = wanted;
  while (taken(code)) code = String(randomInt(1000, 10_000));
  const { device_id, display_name: name } = holder;
  const codes = { device_id, original_code: wanted, new_code: code };
  // One of Seam's own is nobody's loss.
  if (method.hidden.requestedCode === wanted)
    warnings.push(warning(context, "requested_code_unavailable", `${name} has this code already`, codes));
  return code;
}

/** One warning of a kind for a device, the newest. */
function merged(before: readonly SeamWarning[], news: readonly SeamWarning[]): SeamWarning[] {
  const isOf = (some: SeamWarning, other: SeamWarning) =>
    some.warning_code === other.warning_code && some["device_id"] === other["device_id"];
  return [...before.filter((some) => !news.some((other) => isOf(some, other))), ...news];
}
