import { z } from "zod";
import { maskSecrets } from "./http/mask";
import { DECLARED, declaredMarker, type InputTable, type Properties } from "./input-table";
import { epochMs, sameInstant } from "./instant";
import { isRecord } from "./unknown";
import { camelCase, fromWireNames } from "./wire-names";

/** Seam's `acs_credential` as it is read here: fields the provider uses; others, and new enum values, may be there. */

// What decides over drift must be readable; the rest is shown if it is.
const decisive = z.string().nullish();
const shown = z.string().nullish().catch(undefined);
const shownFlag = z.boolean().nullish().catch(undefined);
const shownObject = z.record(z.string(), z.unknown()).nullish().catch(undefined);
const report = <Code extends string>(code: Code) =>
  z
    .array(
      z.looseObject({
        [code]: z.string().catch("unknown"),
        message: z.string().catch(""),
        created_at: shown,
      }),
    )
    .nullish()
    .catch(undefined)
    .transform((list) => list ?? []);

export const acsCredentialWire = z.object({
  acs_credential_id: z.string().min(1),
  access_method: shown,
  acs_credential_pool_id: shown,
  acs_system_id: shown,
  acs_user_id: decisive,
  assa_abloy_vostio_metadata: shownObject,
  card_number: shown,
  code: decisive,
  connected_account_id: shown,
  created_at: shown,
  display_name: shown,
  ends_at: decisive,
  errors: report("error_code"),
  external_type: shown,
  external_type_display_name: shown,
  is_issued: shownFlag,
  is_latest_desired_state_synced_with_provider: shownFlag,
  is_managed: shownFlag,
  is_multi_phone_sync_credential: shownFlag,
  is_one_time_use: shownFlag,
  issued_at: shown,
  latest_desired_state_synced_with_provider_at: shown,
  parent_acs_credential_id: shown,
  starts_at: decisive,
  user_identity_id: shown,
  visionline_metadata: shownObject,
  warnings: report("warning_code"),
  workspace_id: shown,
});

export type WireCredential = z.output<typeof acsCredentialWire>;

/**
 * Outputs of a credential: Seam's fields without nulls, the declared inputs over them, and what tells the two
 * apart later.
 */
export function credentialOutputs(
  table: InputTable,
  inputs: Properties,
  credential: WireCredential,
): Properties {
  const { errors, warnings, ...fields } = credential;
  const mask = maskSecrets([credential, inputs]);
  const computed = fromWireNames(fields) as Properties;
  const marker = declaredMarker(table, inputs);
  const declared = Object.fromEntries(
    Object.entries(inputs).map(([property, value]) => [
      property,
      withComputedKeys(table[property]?.keys, value, computed[property]),
    ]),
  );
  return {
    ...computed,
    ...declared,
    errors: errors.map((entry) => reportEntry(entry, "error_code", mask)),
    warnings: warnings.map((entry) => reportEntry(entry, "warning_code", mask)),
    ...(marker ? { [DECLARED]: marker } : {}),
  };
}

/**
 * The declared inputs with Seam's values where they drifted: PIN, start, end and owner. What Seam leaves out or
 * null is no drift: its own documented answers omit values that were sent.
 */
export function withLiveValues(inputs: Properties, credential: WireCredential): Properties {
  const live = { ...inputs };
  if (inputs["code"] !== undefined && credential.code) live["code"] = credential.code;
  if (inputs["acsUserId"] !== undefined && credential.acs_user_id) live["acsUserId"] = credential.acs_user_id;
  if (drifted(inputs["endsAt"], credential.ends_at)) live["endsAt"] = credential.ends_at;
  if (drifted(inputs["startsAt"], credential.starts_at) && !startWasMoved(inputs["startsAt"], credential)) {
    live["startsAt"] = credential.starts_at;
  }
  return live;
}

function drifted(declared: unknown, live: string | null | undefined): boolean {
  return declared !== undefined && epochMs(live) !== undefined && !sameInstant(declared, live);
}

/** Seam moves a start out of the past to the moment of creation; that is what was meant, not drift. */
function startWasMoved(declared: unknown, credential: WireCredential): boolean {
  const [wanted, live, created] = [declared, credential.starts_at, credential.created_at].map(epochMs);
  if (wanted === undefined || live === undefined || live < wanted) return false;
  const hasWarning = credential.warnings.some((warning) => warning["warning_code"] === "schedule_modified");
  return created !== undefined && wanted < created && (hasWarning || live <= created + MOVED_START_MS);
}

const MOVED_START_MS = 5 * 60_000;

/** A declared object plus the keys that only Seam fills in; what Seam echoes of undeclared keys is left out. */
function withComputedKeys(
  inputKeys: readonly string[] | undefined,
  declared: unknown,
  computed: unknown,
): unknown {
  if (!inputKeys || !isRecord(declared) || !isRecord(computed)) return declared;
  const added = Object.entries(computed).filter(([key]) => !inputKeys.includes(key));
  return { ...Object.fromEntries(added), ...declared };
}

/** One error or warning: its code, message and time only, since others may carry PINs (`requested_code_unavailable`). */
function reportEntry(
  entry: Record<string, unknown>,
  code: string,
  mask: (text: string) => string,
): Properties {
  const createdAt = entry["created_at"];
  return {
    [camelCase(code)]: String(entry[code]),
    message: mask(String(entry["message"])),
    ...(typeof createdAt === "string" ? { createdAt } : {}),
  };
}
