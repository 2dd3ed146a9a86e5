import { z } from "zod";
import { invalidInput } from "../world/errors";
import {
  addIdentity,
  changeIdentity,
  findIdentity,
  presentIdentity,
  refuseTakenProfile,
} from "../world/identities";
import { deleteIdentity } from "../world/identity-deletion";
import { mergeIdentities } from "../world/identity-merge";
import { findSystem } from "../world/systems";
import { linkOrCreateUser } from "../world/users";
import { email, id, ids, instant, page, text } from "./input";
import { paginate } from "./pagination";
import { route } from "./route";
import { contains } from "./search";

const profile = {
  user_identity_key: text().nullish(),
  full_name: text().nullish(),
  email_address: email().nullish(),
  phone_number: z.string().nullish(),
};

const address = { user_identity_id: id().optional(), user_identity_key: z.string().optional() };

export const userIdentityRoutes = [
  route(
    "/user_identities/create",
    z.object({ ...profile, acs_system_ids: ids().optional() }),
    (context, { acs_system_ids, ...given }) => {
      const systems = (acs_system_ids ?? []).map((systemId) => findSystem(context, systemId));
      refuseTakenProfile(context, given);
      const identity = addIdentity(context, given);
      for (const system of systems) linkOrCreateUser(context, identity, system);
      return { user_identity: presentIdentity(context, identity) };
    },
  ),

  route("/user_identities/get", z.object(address), (context, input) => ({
    user_identity: presentIdentity(context, findIdentity(context, input)),
  })),

  route(
    "/user_identities/list",
    z.object({
      created_before: instant().optional(),
      credential_manager_acs_system_id: id().optional(),
      search: z.string().optional(),
      user_identity_ids: ids().optional(),
      ...page(),
    }),
    (context, input) => {
      const { identities } = context.workspace;
      const { rows, pagination } = paginate(
        context,
        "/user_identities/list",
        input,
        identities,
        identities.all(),
        (identity) =>
          identity.hidden.isManaged &&
          (!input.user_identity_ids || input.user_identity_ids.includes(identity.user_identity_id)) &&
          (!input.created_before || Date.parse(identity.created_at) < Date.parse(input.created_before)) &&
          (!input.search ||
            contains(
              [
                identity.full_name,
                identity.email_address,
                identity.phone_number,
                identity.user_identity_id,
                identity.user_identity_key,
              ],
              input.search,
            )),
      );
      return { user_identities: rows.map((identity) => presentIdentity(context, identity)), pagination };
    },
  ),

  route(
    "/user_identities/update",
    z.object({ user_identity_id: id(), ...profile }),
    (context, { user_identity_id, ...given }) => {
      const identity = findIdentity(context, { user_identity_id });
      refuseTakenProfile(context, given, identity);
      const changes = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
      changeIdentity(context, identity, changes);
      return undefined;
    },
  ),

  route(
    "/user_identities/merge",
    z.object({
      ...address,
      merged_user_identity_ids: ids().optional(),
      merged_user_identity_keys: z.array(text()).optional(),
    }),
    (context, input) => {
      const { user_identity_id, merged_user_identity_ids } = input;
      const { user_identity_key, merged_user_identity_keys } = input;
      const isById = user_identity_id !== undefined && merged_user_identity_ids !== undefined;
      const isByKey = user_identity_key !== undefined && merged_user_identity_keys !== undefined;
      if (isById === isByKey)
        throw invalidInput(
          "Either user_identity_id and merged_user_identity_ids or user_identity_key and merged_user_identity_keys are required",
        );
      const primary = findIdentity(context, { user_identity_id, user_identity_key });
      const others = isById
        ? merged_user_identity_ids.map((user_identity_id) => findIdentity(context, { user_identity_id }))
        : merged_user_identity_keys?.map((user_identity_key) => findIdentity(context, { user_identity_key }));
      mergeIdentities(context, primary, others ?? []);
      return undefined;
    },
  ),

  route("/user_identities/delete", z.object({ user_identity_id: id() }), (context, { user_identity_id }) => {
    deleteIdentity(context, findIdentity(context, { user_identity_id }));
    return undefined;
  }),
];
