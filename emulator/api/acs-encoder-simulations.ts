import { z } from "zod";
import { findEncoder, simulate } from "../world/encoders";
import { id } from "./input";
import { route } from "./route";

const encoder = { acs_encoder_id: id() };

/** What a person at the encoder does next: only sandboxes have these routes. */
export const acsEncoderSimulationRoutes = [
  route(
    "/acs/encoders/simulate/next_credential_encode_will_succeed",
    z.object({ ...encoder, scenario: z.literal("credential_is_issued").default("credential_is_issued") }),
    (context, { acs_encoder_id }) => {
      const nextEncode = { errorCode: undefined, credentialId: undefined };
      simulate(context, findEncoder(context, acs_encoder_id), { nextEncode });
      return undefined;
    },
  ),

  route(
    "/acs/encoders/simulate/next_credential_encode_will_fail",
    z.object({
      ...encoder,
      error_code: z
        .enum([
          "no_credential_on_encoder",
          "encoding_interrupted",
          "uncategorized_error",
          "action_attempt_expired",
        ])
        .default("no_credential_on_encoder"),
      acs_credential_id: id().optional(),
    }),
    (context, { acs_encoder_id, error_code: errorCode, acs_credential_id: credentialId }) => {
      simulate(context, findEncoder(context, acs_encoder_id), { nextEncode: { errorCode, credentialId } });
      return undefined;
    },
  ),

  route(
    "/acs/encoders/simulate/next_credential_scan_will_succeed",
    z.object({
      ...encoder,
      scenario: z
        .enum([
          "credential_exists_on_seam",
          "credential_on_encoder_needs_update",
          "credential_does_not_exist_on_seam",
          "credential_on_encoder_is_empty",
        ])
        .default("credential_exists_on_seam"),
      acs_credential_id_on_seam: id().optional(),
    }),
    (context, { acs_encoder_id, scenario, acs_credential_id_on_seam: credentialId }) => {
      const nextScan = { errorCode: undefined, scenario, credentialId };
      simulate(context, findEncoder(context, acs_encoder_id), { nextScan });
      return undefined;
    },
  ),

  route(
    "/acs/encoders/simulate/next_credential_scan_will_fail",
    z.object({
      ...encoder,
      error_code: z
        .enum(["no_credential_on_encoder", "uncategorized_error", "action_attempt_expired"])
        .default("no_credential_on_encoder"),
      acs_credential_id_on_seam: id().optional(),
    }),
    (context, { acs_encoder_id, error_code: errorCode, acs_credential_id_on_seam: credentialId }) => {
      const nextScan = { errorCode, scenario: undefined, credentialId };
      simulate(context, findEncoder(context, acs_encoder_id), { nextScan });
      return undefined;
    },
  ),
];
