import { z } from "zod";
import { notFound, SeamError } from "../world/errors";
import { identityById, identityIdOf } from "../world/identities";
import type { AcsUser } from "../world/rows";
import { findSystem } from "../world/systems";
import { addUser, changeUser, deleteUser, findUser, presentUser, scheduleOf } from "../world/users";
import { email, id, ids, instant, page, text } from "./input";
import { paginate } from "./pagination";
import { route } from "./route";
import { contains } from "./search";

/** A user is named by its id, or by its identity within a system. */
const address = {
  acs_user_id: id().optional(),
  user_identity_id: id().optional(),
  acs_system_id: id().optional(),
};

const contact = {
  email_address: email().optional(),
  email: email().optional(),
  phone_number: z.string().optional(),
};

export const acsUserRoutes = [
  route(
    "/acs/users/create",
    z.object({
      acs_system_id: id(),
      full_name: z.string(),
      user_identity_id: id().optional(),
      acs_access_group_ids: ids().default([]),
      access_schedule: z.object({ starts_at: instant().optional(), ends_at: instant().nullish() }).optional(),
      ...contact,
    }),
    (context, input) => {
      const system = findSystem(context, input.acs_system_id);
      // Another status than the same mistake has elsewhere, but so Seam answers it here.
      const identity = input.user_identity_id ? identityById(context, input.user_identity_id) : undefined;
      if (input.user_identity_id && !identity)
        throw new SeamError(400, "user_identity_not_found", "User identity not found");
      for (const groupId of input.acs_access_group_ids)
        if (!context.workspace.groups.get(groupId)) throw notFound("acs_access_group");
      const user = addUser(context, system, {
        full_name: input.full_name,
        email_address: input.email_address ?? input.email,
        phone_number: input.phone_number,
        user_identity_id: identity?.user_identity_id,
        access_schedule: scheduleOf(context, input.access_schedule),
        accessGroupIds: input.acs_access_group_ids,
      });
      return { acs_user: presentUser(context, user) };
    },
  ),

  route("/acs/users/get", z.object(address), (context, input) => ({
    acs_user: presentUser(context, findUser(context, input)),
  })),

  route(
    "/acs/users/list",
    z.object({
      acs_system_id: id().optional(),
      user_identity_id: id().optional(),
      user_identity_email_address: z.string().optional(),
      user_identity_phone_number: z.string().optional(),
      created_before: instant().optional(),
      search: text().optional(),
      ...page(),
    }),
    (context, input) => {
      const { users, identities } = context.workspace;
      const identityOf = (user: AcsUser) => identities.get(user.user_identity_id ?? "");
      const candidates = input.user_identity_id
        ? users.by("identity", identityIdOf(context, input.user_identity_id))
        : input.acs_system_id
          ? users.by("system", input.acs_system_id)
          : users.all();
      const { rows, pagination } = paginate(
        context,
        "/acs/users/list",
        input,
        users,
        candidates,
        (user) =>
          (!input.acs_system_id || user.acs_system_id === input.acs_system_id) &&
          (!input.created_before || Date.parse(user.created_at) < Date.parse(input.created_before)) &&
          (!input.user_identity_email_address ||
            identityOf(user)?.email_address === input.user_identity_email_address) &&
          (!input.user_identity_phone_number ||
            identityOf(user)?.phone_number === input.user_identity_phone_number) &&
          (!input.search ||
            contains(
              [
                user.full_name,
                user.email_address,
                user.phone_number,
                user.acs_user_id,
                user.user_identity_id,
              ],
              input.search,
            )),
      );
      return { acs_users: rows.map((user) => presentUser(context, user)), pagination };
    },
  ),

  route(
    "/acs/users/update",
    z.object({
      ...address,
      full_name: text().optional(),
      access_schedule: z
        .object({ starts_at: instant().optional(), ends_at: instant().nullish() })
        .nullable()
        .optional(),
      hid_acs_system_id: id().optional(),
      ...contact,
    }),
    (context, input) => {
      const user = findUser(context, input);
      const mail = input.email_address ?? input.email;
      changeUser(context, user, {
        ...(input.full_name !== undefined && { full_name: input.full_name }),
        ...(mail !== undefined && { email_address: mail }),
        ...(input.phone_number !== undefined && { phone_number: input.phone_number }),
        ...(input.access_schedule !== undefined && {
          access_schedule: scheduleOf(context, input.access_schedule ?? undefined, user.access_schedule),
        }),
      });
      return undefined;
    },
  ),

  route("/acs/users/delete", z.object(address), (context, input) => {
    deleteUser(context, findUser(context, input));
    return undefined;
  }),
];
