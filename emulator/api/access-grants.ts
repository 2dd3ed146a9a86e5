import { z } from "zod";
import { addAccessMethods } from "../world/access-methods";
import type { Context } from "../world/context";
import { findDevice } from "../world/devices";
import { findEntrance } from "../world/doors";
import { invalidInput } from "../world/errors";
import { deviceIdsOf, entranceIdsOf } from "../world/grant-places";
import {
  addGrant,
  changeGrantTimes,
  deleteGrant,
  findGrant,
  presentGrant,
  refuseTakenGrantKey,
} from "../world/grants";
import { addIdentity, findIdentity, identityIdOf, refuseTakenProfile } from "../world/identities";
import { checkReservation } from "../world/reservations";
import type { AccessGrant } from "../world/rows";
import { findSpace } from "../world/spaces";
import { email, id, ids, instant, page, text } from "./input";
import { paginate } from "./pagination";
import { route } from "./route";

const requestedAccessMethods = z.array(
  z.object({
    mode: z.enum(["code", "card", "mobile_key", "cloud_key"]),
    code: z
      .string()
      .regex(/^\d{4,9}$/)
      .optional(),
    instant_key_max_use_count: z.number().int().min(1).optional(),
  }),
);

const address = { access_grant_id: id().optional(), access_grant_key: text().optional() };

export const accessGrantRoutes = [
  route(
    "/access_grants/create",
    z.object({
      user_identity_id: id().optional(),
      user_identity: z
        .object({
          full_name: text().nullish(),
          email_address: email().nullish(),
          phone_number: z.string().nullish(),
          user_identity_key: text().nullish(),
        })
        .optional(),
      requested_access_methods: requestedAccessMethods,
      acs_entrance_ids: ids().default([]),
      device_ids: ids().default([]),
      space_ids: ids().default([]),
      space_keys: z.array(text()).default([]),
      starts_at: instant().optional(),
      ends_at: instant().nullish(),
      name: z.string().nullish(),
      access_grant_key: text().optional(),
      reservation_key: z.string().optional(),
      customization_profile_id: id().optional(),
      location: z
        .object({
          name: z.string().optional(),
          acs_entrance_ids: ids().default([]),
          device_ids: ids().default([]),
        })
        .optional(),
      location_ids: ids().optional(),
    }),
    (context, input) => {
      refuseTakenGrantKey(context, input.access_grant_key);
      if (!input.user_identity_id === !input.user_identity)
        throw invalidInput("Either user_identity_id or user_identity is required");
      const spaces = [
        ...input.space_ids.map((spaceId) => findSpace(context, { space_id: spaceId })),
        ...input.space_keys.map((spaceKey) => findSpace(context, { space_key: spaceKey })),
      ];
      const { location } = input;
      const wanted = {
        entranceIds: [...new Set([...input.acs_entrance_ids, ...(location?.acs_entrance_ids ?? [])])],
        deviceIds: [...new Set([...input.device_ids, ...(location?.device_ids ?? [])])],
        startsAt: input.starts_at ?? context.clock.now(),
        endsAt: input.ends_at ?? null,
        reservationKey: input.reservation_key,
      };
      for (const entranceId of wanted.entranceIds) findEntrance(context, entranceId);
      for (const deviceId of wanted.deviceIds) findDevice(context, deviceId);
      checkTimes(context, wanted.startsAt, wanted.endsAt);
      const doors = [...wanted.entranceIds, ...spaces.flatMap((space) => space.hidden.entranceIds)];
      checkReservation(context, { ...wanted, entranceIds: [...new Set(doors)] });
      if (input.user_identity) refuseTakenProfile(context, input.user_identity);
      const identity = input.user_identity
        ? addIdentity(context, input.user_identity)
        : findIdentity(context, { user_identity_id: input.user_identity_id });
      const given = {
        ...wanted,
        name: input.name ?? null,
        key: input.access_grant_key,
        customizationProfileId: input.customization_profile_id,
        spaceIds: [...new Set(spaces.map((space) => space.space_id))],
        locationIds: input.location_ids ?? [],
      };
      const grant = addGrant(context, identity, given, input.requested_access_methods);
      return { access_grant: presentGrant(context, grant) };
    },
  ),

  route("/access_grants/get", z.object(address), (context, input) => ({
    access_grant: presentGrant(context, findGrant(context, input)),
  })),

  route(
    "/access_grants/list",
    z.object({
      access_grant_ids: ids().optional(),
      access_grant_key: z.string().nullish(),
      reservation_key: z.string().optional(),
      user_identity_id: id().optional(),
      acs_system_id: id().optional(),
      acs_entrance_id: id().optional(),
      device_id: id().optional(),
      space_id: id().optional(),
      location_id: id().optional(),
      access_code_id: id().optional(),
      customer_key: z.string().optional(),
      ...page(),
    }),
    (context, input) => {
      const { accessGrants } = context.workspace;
      const candidates = input.user_identity_id
        ? accessGrants.by("identity", identityIdOf(context, input.user_identity_id))
        : accessGrants.all();
      const { rows, pagination } = paginate(
        context,
        "/access_grants/list",
        input,
        accessGrants,
        candidates,
        (grant) => grant.hidden.isManaged && isAskedFor(context, grant, input),
      );
      return { access_grants: rows.map((grant) => presentGrant(context, grant)), pagination };
    },
  ),

  route(
    "/access_grants/update",
    z.object({
      ...address,
      name: z.string().nullish(),
      starts_at: instant().optional(),
      ends_at: instant().nullish(),
    }),
    (context, { name, starts_at, ends_at, ...by }) => {
      const grant = findGrant(context, by);
      if (starts_at !== undefined || ends_at !== undefined) {
        const startsAt = starts_at ?? grant.starts_at;
        const endsAt = ends_at === undefined ? grant.ends_at : ends_at;
        checkTimes(context, startsAt, endsAt);
        changeGrantTimes(context, grant, startsAt, endsAt);
      }
      if (name !== undefined)
        context.workspace.accessGrants.change(grant, { name, display_name: name ?? "Access Grant" });
      return undefined;
    },
  ),

  route(
    "/access_grants/request_access_methods",
    z.object({ access_grant_id: id(), requested_access_methods: requestedAccessMethods.min(1) }),
    (context, { access_grant_id, requested_access_methods }) => {
      const grant = findGrant(context, { access_grant_id });
      addAccessMethods(context, grant, requested_access_methods);
      return { access_grant: presentGrant(context, grant) };
    },
  ),

  route("/access_grants/delete", z.object({ access_grant_id: id() }), (context, input) => {
    deleteGrant(context, findGrant(context, input));
    return undefined;
  }),
];

function checkTimes(context: Context, startsAt: string, endsAt: string | null): void {
  if (endsAt === null) return;
  if (Date.parse(endsAt) <= Date.parse(startsAt)) throw invalidInput("ends_at must be after starts_at");
  if (Date.parse(endsAt) <= context.clock.nowMs()) throw invalidInput("ends_at must be in the future");
}

interface Filter {
  access_grant_ids?: string[] | undefined;
  access_grant_key?: string | null | undefined;
  reservation_key?: string | undefined;
  acs_system_id?: string | undefined;
  acs_entrance_id?: string | undefined;
  device_id?: string | undefined;
  space_id?: string | undefined;
  location_id?: string | undefined;
  access_code_id?: string | undefined;
}

function isAskedFor(context: Context, grant: AccessGrant, filter: Filter): boolean {
  const entranceIds = () => entranceIdsOf(context, grant);
  const systems = () =>
    entranceIds().map((entranceId) => context.workspace.entrances.get(entranceId)?.acs_system_id);
  return (
    (!filter.access_grant_ids || filter.access_grant_ids.includes(grant.access_grant_id)) &&
    // Null asks for the grants that have no key.
    (filter.access_grant_key === undefined || (grant.access_grant_key ?? null) === filter.access_grant_key) &&
    (!filter.reservation_key || grant.reservation_key === filter.reservation_key) &&
    (!filter.acs_system_id || systems().includes(filter.acs_system_id)) &&
    (!filter.acs_entrance_id || entranceIds().includes(filter.acs_entrance_id)) &&
    (!filter.device_id || deviceIdsOf(context, grant).includes(filter.device_id)) &&
    (!filter.space_id || grant.space_ids.includes(filter.space_id)) &&
    (!filter.location_id || grant.location_ids.includes(filter.location_id)) &&
    !filter.access_code_id
  );
}
