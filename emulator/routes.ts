import { acsCredentialRoutes } from "./acs-credentials";
import { acsEntranceRoutes } from "./acs-entrances";
import { acsSystemRoutes } from "./acs-systems";
import { acsUserRoutes } from "./acs-users";
import type { Route } from "./route";
import { userIdentityRoutes } from "./user-identities";
import { workspaceRoutes } from "./workspaces";

/** Every route of Seam's API that the emulator answers, by path. */
export const ROUTES: ReadonlyMap<string, Route> = new Map(
  [
    ...workspaceRoutes,
    ...acsSystemRoutes,
    ...acsEntranceRoutes,
    ...acsUserRoutes,
    ...acsCredentialRoutes,
    ...userIdentityRoutes,
  ].map((route) => [route.path, route]),
);
