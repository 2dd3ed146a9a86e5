import type { Context } from "./context";
import type { AccessMethodRow } from "./rows";

/** The client sessions of the access methods' mobile keys that are issued. */
export function sessionsOf(context: Context, methods: readonly AccessMethodRow[]) {
  return methods.flatMap((method) => {
    const { client_session_token: token } = method;
    if (token === undefined) return [];
    return {
      client_session_id: method.hidden.sessionId,
      ...ownerOf(context, method),
      token,
      user_identity_ids: [ownerOf(context, method).user_identity_id],
      user_identifier_key: null,
      connected_account_ids: [],
      connect_webview_ids: [],
      device_count: 0,
    };
  });
}

/** The links with which the mobile keys are delivered. */
export function instantKeysOf(context: Context, methods: readonly AccessMethodRow[]) {
  return methods.flatMap((method) => {
    const { instant_key_url } = method;
    if (instant_key_url === undefined) return [];
    return {
      instant_key_id: method.hidden.sessionId,
      instant_key_url,
      client_session_id: method.hidden.sessionId,
      ...ownerOf(context, method),
    };
  });
}

const DAY_MS = 86_400_000;

function ownerOf({ workspace }: Context, method: AccessMethodRow) {
  const grant = workspace.accessGrants.get(method.hidden.grantId);
  // Without an end of the grant, a month.
  const expiresAt = grant?.ends_at ?? new Date(Date.parse(method.created_at) + 30 * DAY_MS).toISOString();
  return {
    workspace_id: workspace.id,
    user_identity_id: grant?.user_identity_id ?? "",
    created_at: method.created_at,
    expires_at: expiresAt,
  };
}
