import type { Interceptor } from "./exchange";
import type { SeamSettings } from "./settings";

/** Signs every request with the account's token, and names the workspace where the token spans several. */
export function authorization(settings: SeamSettings): Interceptor {
  const headers = {
    authorization: `Bearer ${settings.token}`,
    ...(settings.workspaceId ? { "seam-workspace": settings.workspaceId } : {}),
  };
  return (next) => (request) => next({ ...request, headers: { ...request.headers, ...headers } });
}
