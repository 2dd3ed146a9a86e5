import { z } from "zod";
import type { Context } from "../world/context";
import { checkCode, checkRules } from "../world/credential-rules";
import {
  addCredential,
  changeCredential,
  deleteCredential,
  findCredential,
  presentCredential,
} from "../world/credentials";
import { accessibleEntranceIds, findEntrance, shownEntrancesOf } from "../world/doors";
import { invalidInput } from "../world/errors";
import { findIdentity, identityIdOf } from "../world/identities";
import type { AcsCredential, AcsSystem, AcsUser } from "../world/rows";
import { findSystem } from "../world/systems";
import { findUser, linkedUser, linkOrCreateUser } from "../world/users";
import { digits, id, ids, instant, page, text } from "./input";
import { paginate } from "./pagination";
import { route } from "./route";
import { contains } from "./search";

const ownerOf = { acs_user_id: id().optional(), user_identity_id: id().optional() };

const createInput = z.object({
  access_method: z.enum(["code", "card", "mobile_key", "cloud_key"]),
  ...ownerOf,
  acs_system_id: id().optional(),
  allowed_acs_entrance_ids: ids().default([]),
  code: digits().optional(),
  starts_at: instant().optional(),
  ends_at: instant().optional(),
  is_multi_phone_sync_credential: z.boolean().default(false),
  credential_manager_acs_system_id: id().optional(),
  visionline_metadata: z
    .object({
      assa_abloy_credential_service_mobile_endpoint_id: id().optional(),
      auto_join: z.boolean().optional(),
      card_format: z.enum(["TLCode", "rfid48"]).optional(),
      card_function_type: z.enum(["guest", "staff"]).default("guest"),
      is_override_key: z.boolean().optional(),
      joiner_acs_credential_ids: ids().optional(),
      override: z.boolean().optional(),
    })
    .optional(),
  assa_abloy_vostio_metadata: z
    .object({
      auto_join: z.boolean().optional(),
      join_all_guest_acs_entrances: z.boolean().optional(),
      override_all_guest_acs_entrances: z.boolean().optional(),
      override_guest_acs_entrance_ids: ids().optional(),
    })
    .optional(),
  salto_space_metadata: z
    .object({ assign_new_key: z.boolean().optional(), update_current_key: z.boolean().optional() })
    .optional(),
  hotek_metadata: z
    .object({ auto_join: z.boolean().optional(), override: z.boolean().optional() })
    .optional(),
});

export const acsCredentialRoutes = [
  route("/acs/credentials/create", createInput, (context, input) => {
    checkTimes(context, input.starts_at, input.ends_at);
    for (const entranceId of input.allowed_acs_entrance_ids) findEntrance(context, entranceId);
    if (input.credential_manager_acs_system_id) findSystem(context, input.credential_manager_acs_system_id);
    const owner = findOwner(context, input);
    checkRules(context, owner.system, owner.user, input);
    const credential = addCredential(context, owner.system, owner.user ?? owner.make(), input);
    return { acs_credential: presentCredential(context, credential) };
  }),

  route("/acs/credentials/get", z.object({ acs_credential_id: id() }), (context, { acs_credential_id }) => ({
    acs_credential: presentCredential(context, findCredential(context, acs_credential_id)),
  })),

  route(
    "/acs/credentials/list",
    z.object({
      ...ownerOf,
      acs_system_id: id().optional(),
      created_before: instant().optional(),
      is_multi_phone_sync_credential: z.boolean().optional(),
      search: text().optional(),
      ...page(),
    }),
    (context, input) => {
      const { rows, pagination } = paginate(
        context,
        "/acs/credentials/list",
        input,
        context.workspace.credentials,
        candidates(context, input),
        (credential) =>
          (!input.acs_system_id || credential.acs_system_id === input.acs_system_id) &&
          (input.is_multi_phone_sync_credential === undefined ||
            credential.is_multi_phone_sync_credential === input.is_multi_phone_sync_credential) &&
          (!input.created_before || Date.parse(credential.created_at) < Date.parse(input.created_before)) &&
          (!input.search ||
            contains(
              [
                credential.display_name,
                credential.code,
                credential.card_number,
                credential.acs_user_id,
                credential.acs_credential_id,
              ],
              input.search,
            )),
      );
      return {
        acs_credentials: rows.map((credential) => presentCredential(context, credential)),
        pagination,
      };
    },
  ),

  route(
    "/acs/credentials/update",
    z.object({ acs_credential_id: id(), code: digits().optional(), ends_at: instant().optional() }),
    (context, { acs_credential_id, code, ends_at }) => {
      const credential = findCredential(context, acs_credential_id);
      const system = findSystem(context, credential.acs_system_id);
      if (code !== undefined) checkCode(system.hidden.rules, system, code);
      checkTimes(context, credential.starts_at, ends_at);
      changeCredential(context, credential, {
        ...(code !== undefined && { code }),
        ...(ends_at !== undefined && { ends_at }),
      });
      return { acs_credential: presentCredential(context, credential) };
    },
  ),

  route(
    "/acs/credentials/delete",
    z.object({ acs_credential_id: id() }),
    (context, { acs_credential_id }) => {
      deleteCredential(context, findCredential(context, acs_credential_id));
      return undefined;
    },
  ),

  route(
    "/acs/credentials/assign",
    z.object({ acs_credential_id: id(), ...ownerOf }),
    (context, { acs_credential_id, ...input }) => {
      const credential = findCredential(context, acs_credential_id);
      const owner = findOwner(context, { ...input, acs_system_id: credential.acs_system_id });
      const user = owner.user ?? owner.make();
      changeCredential(context, credential, {
        acs_user_id: user.acs_user_id,
        user_identity_id: user.user_identity_id,
      });
      return { acs_credential: presentCredential(context, credential) };
    },
  ),

  route(
    "/acs/credentials/unassign",
    z.object({ acs_credential_id: id(), ...ownerOf }),
    (context, { acs_credential_id, ...input }) => {
      const credential = findCredential(context, acs_credential_id);
      findOwner(context, { ...input, acs_system_id: credential.acs_system_id });
      changeCredential(context, credential, { acs_user_id: undefined, user_identity_id: undefined });
      return { acs_credential: presentCredential(context, credential) };
    },
  ),

  route(
    "/acs/credentials/list_accessible_entrances",
    z.object({ acs_credential_id: id() }),
    (context, { acs_credential_id }) => ({
      acs_entrances: shownEntrancesOf(
        context,
        accessibleEntranceIds(context, findCredential(context, acs_credential_id)),
      ),
    }),
  ),
];

interface Owner {
  system: AcsSystem;
  user: AcsUser | undefined;
  /** Makes or links the identity's user: not before the request is known to be good. */
  make(): AcsUser;
}

function findOwner(
  context: Context,
  by: {
    acs_user_id?: string | undefined;
    user_identity_id?: string | undefined;
    acs_system_id?: string | undefined;
  },
): Owner {
  if (by.acs_user_id !== undefined) {
    const user = findUser(context, { acs_user_id: by.acs_user_id });
    return { system: findSystem(context, user.acs_system_id), user, make: () => user };
  }
  if (by.user_identity_id === undefined || by.acs_system_id === undefined)
    throw invalidInput("Either acs_user_id or both user_identity_id and acs_system_id are required");
  const identity = findIdentity(context, { user_identity_id: by.user_identity_id });
  const system = findSystem(context, by.acs_system_id);
  return {
    system,
    user: linkedUser(context, identity, system),
    make: () => linkOrCreateUser(context, identity, system),
  };
}

function checkTimes(context: Context, startsAt: string | undefined, endsAt: string | undefined): void {
  if (endsAt === undefined) return;
  if (startsAt !== undefined && Date.parse(endsAt) <= Date.parse(startsAt))
    throw invalidInput("ends_at must be after starts_at");
  if (Date.parse(endsAt) <= context.clock.nowMs()) throw invalidInput("ends_at must be in the future");
}

function candidates(
  context: Context,
  input: {
    acs_user_id?: string | undefined;
    user_identity_id?: string | undefined;
    acs_system_id?: string | undefined;
  },
): Iterable<AcsCredential> {
  const { credentials } = context.workspace;
  if (input.acs_user_id) return credentials.by("user", input.acs_user_id);
  if (input.user_identity_id)
    return credentials.by("identity", identityIdOf(context, input.user_identity_id));
  if (input.acs_system_id) return credentials.by("system", input.acs_system_id);
  return credentials.all();
}
