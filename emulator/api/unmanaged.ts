import { z } from "zod";
import type { Context } from "../world/context";
import { notFound } from "../world/errors";
import { deviceIdsOf, entranceIdsOf } from "../world/grant-places";
import { refuseTakenGrantKey } from "../world/grants";
import { presentIdentity, refuseTakenProfile } from "../world/identities";
import type { AccessGrant, AccessMethodRow, UserIdentity } from "../world/rows";
import { shown } from "../world/store";
import { email, id, instant, page, text } from "./input";
import { paginate } from "./pagination";
import { route } from "./route";
import { contains } from "./search";

const isManaged = z.literal(true);

/** What is there and not controlled by Seam: identities and access grants that a seed declares so. */
export const unmanagedRoutes = [
  route("/user_identities/unmanaged/get", z.object({ user_identity_id: id() }), (context, input) => ({
    user_identity: presentUnmanagedIdentity(context, unmanagedIdentity(context, input.user_identity_id)),
  })),

  route(
    "/user_identities/unmanaged/list",
    z.object({ created_before: instant().optional(), search: z.string().optional(), ...page() }),
    (context, input) => {
      const { identities } = context.workspace;
      const { rows, pagination } = paginate(
        context,
        "/user_identities/unmanaged/list",
        input,
        identities,
        identities.all(),
        (row) =>
          !row.hidden.isManaged &&
          (!input.created_before || Date.parse(row.created_at) < Date.parse(input.created_before)) &&
          (!input.search ||
            contains(
              [row.full_name, row.email_address, row.phone_number, row.user_identity_id],
              input.search,
            )),
      );
      return { user_identities: rows.map((row) => presentUnmanagedIdentity(context, row)), pagination };
    },
  ),

  route(
    "/user_identities/unmanaged/update",
    z.object({ user_identity_id: id(), is_managed: isManaged, user_identity_key: text().optional() }),
    (context, { user_identity_id, user_identity_key }) => {
      const identity = unmanagedIdentity(context, user_identity_id);
      refuseTakenProfile(context, { user_identity_key }, identity);
      context.workspace.identities.change(identity, {
        hidden: { isManaged: true },
        ...(user_identity_key !== undefined && { user_identity_key }),
      });
      return undefined;
    },
  ),

  route("/access_grants/unmanaged/get", z.object({ access_grant_id: id() }), (context, input) => ({
    access_grant: presentUnmanagedGrant(unmanagedGrant(context, input.access_grant_id)),
  })),

  route(
    "/access_grants/unmanaged/list",
    z.object({
      acs_entrance_id: id().optional(),
      acs_system_id: id().optional(),
      reservation_key: z.string().optional(),
      user_identity_id: id().optional(),
      ...page(),
    }),
    (context, input) => {
      const { accessGrants, entrances } = context.workspace;
      const { rows, pagination } = paginate(
        context,
        "/access_grants/unmanaged/list",
        input,
        accessGrants,
        accessGrants.all(),
        (grant) => {
          const doors = entranceIdsOf(context, grant);
          const systems = () => doors.map((entranceId) => entrances.get(entranceId)?.acs_system_id);
          return (
            !grant.hidden.isManaged &&
            (!input.acs_entrance_id || doors.includes(input.acs_entrance_id)) &&
            (!input.acs_system_id || systems().includes(input.acs_system_id)) &&
            (!input.reservation_key || grant.reservation_key === input.reservation_key) &&
            (!input.user_identity_id || grant.user_identity_id === input.user_identity_id)
          );
        },
      );
      return { access_grants: rows.map(presentUnmanagedGrant), pagination };
    },
  ),

  route(
    "/access_grants/unmanaged/update",
    z.object({ access_grant_id: id(), is_managed: isManaged, access_grant_key: text().optional() }),
    (context, { access_grant_id, access_grant_key }) => {
      const grant = unmanagedGrant(context, access_grant_id);
      refuseTakenGrantKey(context, access_grant_key);
      context.workspace.accessGrants.change(grant, {
        hidden: { ...grant.hidden, isManaged: true },
        ...(access_grant_key !== undefined && { access_grant_key }),
      });
      return undefined;
    },
  ),

  route("/access_methods/unmanaged/get", z.object({ access_method_id: id() }), (context, input) => {
    const method = context.workspace.accessMethods.get(input.access_method_id);
    const grant = context.workspace.accessGrants.get(method?.hidden.grantId ?? "");
    if (!method || !grant || grant.hidden.isManaged) throw notFound("access_method");
    return { access_method: presentUnmanagedMethod(method) };
  }),

  route(
    "/access_methods/unmanaged/list",
    z.object({
      access_grant_id: id(),
      acs_entrance_id: id().optional(),
      device_id: id().optional(),
      space_id: id().optional(),
    }),
    (context, input) => {
      const grant = unmanagedGrant(context, input.access_grant_id);
      const isMeant =
        (!input.acs_entrance_id || entranceIdsOf(context, grant).includes(input.acs_entrance_id)) &&
        (!input.device_id || deviceIdsOf(context, grant).includes(input.device_id)) &&
        (!input.space_id || grant.space_ids.includes(input.space_id));
      const methods = context.workspace.accessMethods.by("grant", grant.access_grant_id);
      return { access_methods: isMeant ? [...methods].map(presentUnmanagedMethod) : [] };
    },
  ),

  ...neverThere("acs_credential", "/acs/credentials", {
    acs_user_id: id().optional(),
    acs_system_id: id().optional(),
    user_identity_id: id().optional(),
    search: text().optional(),
  }),
  ...neverThere("acs_user", "/acs/users", {
    acs_system_id: id().optional(),
    user_identity_id: id().optional(),
    user_identity_email_address: email().optional(),
    user_identity_phone_number: z.string().optional(),
    limit: z.number().int().min(0).default(500),
    search: text().optional(),
  }),
  ...neverThere("acs_access_group", "/acs/access_groups", {
    acs_system_id: id().optional(),
    acs_user_id: id().optional(),
    search: text().optional(),
  }),
];

/** "Not implemented", Seam says: the lists are empty, and nothing is found. */
function neverThere(kind: string, path: string, filter: z.ZodRawShape) {
  return [
    route(`${path}/unmanaged/get`, z.object({ [`${kind}_id`]: id() }), () => {
      throw notFound(kind);
    }),
    route(`${path}/unmanaged/list`, z.object(filter), () => ({ [`${kind}s`]: [] })),
  ];
}

function unmanagedIdentity(context: Context, identityId: string): UserIdentity {
  const identity = context.workspace.identities.get(identityId);
  if (!identity || identity.hidden.isManaged) throw notFound("user_identity");
  return identity;
}

function unmanagedGrant(context: Context, grantId: string): AccessGrant {
  const grant = context.workspace.accessGrants.get(grantId);
  if (!grant || grant.hidden.isManaged) throw notFound("access_grant");
  return grant;
}

function presentUnmanagedIdentity(context: Context, identity: UserIdentity) {
  const {
    user_identity_key: _key,
    merged_user_identity_ids: _ids,
    merged_user_identity_keys: _keys,
    ...wire
  } = presentIdentity(context, identity);
  return wire;
}

function presentUnmanagedGrant(grant: AccessGrant) {
  const { access_grant_key: _key, customization_profile_id: _profile, ...wire } = shown(grant);
  return wire;
}

function presentUnmanagedMethod(method: AccessMethodRow) {
  const { client_session_token: _token, instant_key_url: _url, ...wire } = shown(method);
  return wire;
}
