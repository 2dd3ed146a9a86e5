import { Table } from "./index-table";
import type {
  AccessGrant,
  AccessMethodRow,
  AcsAccessGroup,
  AcsCredential,
  AcsEncoder,
  AcsEntrance,
  AcsSystem,
  AcsUser,
  ActionAttempt,
  Device,
  SeamEvent,
  Space,
  UserIdentity,
} from "./rows";

// Rows are what Seam's replies hold, in Seam's names; `hidden` is what Seam knows and never shows.

/** One workspace: an account of its own, which sees nothing of the others. */
export class Workspace {
  readonly id: string;
  readonly apiKey: string;
  readonly name: string;
  readonly isSandbox: boolean;
  readonly isSuspended: boolean;

  readonly systems = new Table<AcsSystem>((row) => row.acs_system_id, {});
  readonly entrances = new Table<AcsEntrance, "system">((row) => row.acs_entrance_id, {
    system: (row) => row.acs_system_id,
  });
  readonly users = new Table<AcsUser, "system" | "identity" | "group" | "contact">((row) => row.acs_user_id, {
    system: (row) => row.acs_system_id,
    identity: (row) => row.user_identity_id,
    group: (row) => row.hidden.accessGroupIds,
    contact: (row) => contactKeys(row.acs_system_id, row),
  });
  readonly identities = new Table<UserIdentity, "key" | "email" | "phone" | "mergedId" | "mergedKey">(
    (row) => row.user_identity_id,
    {
      key: (row) => row.user_identity_key ?? undefined,
      email: (row) => row.email_address?.toLowerCase() ?? undefined,
      phone: (row) => row.phone_number ?? undefined,
      mergedId: (row) => row.merged_user_identity_ids,
      mergedKey: (row) => row.merged_user_identity_keys,
    },
  );
  readonly groups = new Table<AcsAccessGroup, "system" | "entrance">((row) => row.acs_access_group_id, {
    system: (row) => row.acs_system_id,
    entrance: (row) => row.hidden.entranceIds,
  });
  readonly credentials = new Table<AcsCredential, "user" | "identity" | "system" | "entrance" | "parent">(
    (row) => row.acs_credential_id,
    {
      user: (row) => row.acs_user_id,
      identity: (row) => row.user_identity_id,
      system: (row) => row.acs_system_id,
      entrance: (row) => row.hidden.allowedEntranceIds,
      parent: (row) => row.parent_acs_credential_id,
    },
  );

  readonly spaces = new Table<Space, "key">((row) => row.space_id, { key: (row) => row.space_key });
  readonly accessGrants = new Table<AccessGrant, "key" | "identity" | "reservation" | "space">(
    (row) => row.access_grant_id,
    {
      key: (row) => row.access_grant_key,
      identity: (row) => row.user_identity_id,
      reservation: (row) => row.reservation_key,
      space: (row) => row.space_ids,
    },
  );
  readonly accessMethods = new Table<AccessMethodRow, "grant" | "credential" | "device">(
    (row) => row.access_method_id,
    {
      grant: (row) => row.hidden.grantId,
      credential: (row) => row.hidden.credentialIds,
      device: (row) => row.hidden.deviceIds,
    },
  );
  readonly encoders = new Table<AcsEncoder, "system">((row) => row.acs_encoder_id, {
    system: (row) => row.acs_system_id,
  });
  readonly devices = new Table<Device>((row) => row.device_id, {});
  readonly actionAttempts = new Table<ActionAttempt>((row) => row.action_attempt_id, {});
  readonly events: SeamEvent[] = [];

  constructor(settings: {
    id: string;
    apiKey: string;
    name: string;
    isSandbox: boolean;
    isSuspended: boolean;
  }) {
    this.id = settings.id;
    this.apiKey = settings.apiKey;
    this.name = settings.name;
    this.isSandbox = settings.isSandbox;
    this.isSuspended = settings.isSuspended;
  }
}

/** What a user of an access system is recognised by: e-mail address and phone number. */
export function contactKeys(
  systemId: string,
  person: { email_address?: string | null | undefined; phone_number?: string | null | undefined },
): string[] {
  const keys: string[] = [];
  if (person.email_address) keys.push(`${systemId} ${person.email_address.toLowerCase()}`);
  if (person.phone_number) keys.push(`${systemId} ${person.phone_number}`);
  return keys;
}

/** A row as Seam shows it. */
export function shown<T extends { hidden: object }>(row: T): Omit<T, "hidden"> {
  const { hidden: _, ...wire } = row;
  return wire;
}
