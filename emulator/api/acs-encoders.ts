import { z } from "zod";
import { findMethod } from "../world/access-methods";
import type { Context } from "../world/context";
import { findCredential } from "../world/credentials";
import { findEncoder } from "../world/encoders";
import { encode } from "../world/encoding";
import { invalidInput } from "../world/errors";
import { credentialsOf } from "../world/provisioning";
import type { AcsCredential, AcsEncoder } from "../world/rows";
import { scan, scanToAssign } from "../world/scanning";
import { shown } from "../world/store";
import { findUser } from "../world/users";
import { id, ids, page } from "./input";
import { paginate } from "./pagination";
import { route } from "./route";

const encoder = { acs_encoder_id: id() };
const detection = z.object({ detect_new_tags: z.boolean().default(false) }).optional();

export const acsEncoderRoutes = [
  route("/acs/encoders/get", z.object(encoder), (context, { acs_encoder_id }) => ({
    acs_encoder: shown(findEncoder(context, acs_encoder_id)),
  })),

  route(
    "/acs/encoders/list",
    z.object({
      acs_system_id: id().optional(),
      acs_system_ids: ids().optional(),
      acs_encoder_ids: ids().optional(),
      ...page(),
    }),
    (context, input) => {
      const { encoders } = context.workspace;
      const systemIds = input.acs_system_ids ?? (input.acs_system_id ? [input.acs_system_id] : undefined);
      const { rows, pagination } = paginate(
        context,
        "/acs/encoders/list",
        input,
        encoders,
        encoders.all(),
        (row) =>
          (!systemIds || systemIds.includes(row.acs_system_id)) &&
          (!input.acs_encoder_ids || input.acs_encoder_ids.includes(row.acs_encoder_id)),
      );
      return { acs_encoders: rows.map(shown), pagination };
    },
  ),

  route(
    "/acs/encoders/encode_credential",
    z.object({ ...encoder, acs_credential_id: id().optional(), access_method_id: id().optional() }),
    (context, { acs_encoder_id, ...by }) => {
      const at = findEncoder(context, acs_encoder_id);
      return { action_attempt: encode(context, at, credentialToEncode(context, at, by)) };
    },
  ),

  route(
    "/access_methods/encode",
    z.object({ ...encoder, access_method_id: id() }),
    (context, { acs_encoder_id, ...by }) => {
      const at = findEncoder(context, acs_encoder_id);
      return { action_attempt: encode(context, at, credentialToEncode(context, at, by)) };
    },
  ),

  route(
    "/acs/encoders/scan_credential",
    z.object({ ...encoder, salto_ks_metadata: detection }),
    (context, { acs_encoder_id }) => ({
      action_attempt: scan(context, findEncoder(context, acs_encoder_id)),
    }),
  ),

  route(
    "/acs/encoders/scan_to_assign_credential",
    z.object({
      ...encoder,
      acs_user_id: id().optional(),
      user_identity_id: id().optional(),
      salto_ks_metadata: detection,
    }),
    (context, { acs_encoder_id, acs_user_id, user_identity_id }) => {
      const at = findEncoder(context, acs_encoder_id);
      const { acs_system_id } = at;
      const user = findUser(context, { acs_user_id, user_identity_id, acs_system_id });
      return { action_attempt: scanToAssign(context, at, user) };
    },
  ),
];

function credentialToEncode(
  context: Context,
  { acs_system_id }: AcsEncoder,
  by: { acs_credential_id?: string | undefined; access_method_id?: string | undefined },
): AcsCredential {
  if (by.acs_credential_id !== undefined) return findCredential(context, by.acs_credential_id);
  if (by.access_method_id === undefined)
    throw invalidInput("Either acs_credential_id or access_method_id is required");
  const credentials = credentialsOf(context, findMethod(context, by.access_method_id));
  const credential = credentials.find((row) => row.acs_system_id === acs_system_id) ?? credentials[0];
  if (!credential) throw invalidInput("The access method has no credential to encode");
  return credential;
}
