import type { AcsSystem, Device } from "./rows";

/** The account that a system or a device was connected with; nothing else is known of it. */
export function presentAccount(owner: AcsSystem | Device) {
  const isSystem = "acs_system_id" in owner;
  return {
    connected_account_id: owner.connected_account_id,
    account_type: isSystem ? owner.external_type : owner.device_type,
    account_type_display_name: isSystem ? owner.external_type_display_name : owner.device_type,
    display_name: isSystem ? owner.name : owner.display_name,
    created_at: owner.created_at,
    accepted_capabilities: [isSystem ? "access_control" : "lock"],
    automatically_manage_new_devices: true,
    custom_metadata: {},
    errors: [],
    warnings: [],
  };
}
