import { accessGrantRoutes } from "./access-grants";
import { accessMethodRoutes } from "./access-methods";
import { acsAccessGroupRoutes } from "./acs-access-groups";
import { acsCredentialRoutes } from "./acs-credentials";
import { acsEncoderSimulationRoutes } from "./acs-encoder-simulations";
import { acsEncoderRoutes } from "./acs-encoders";
import { acsEntranceRoutes } from "./acs-entrances";
import { acsSystemRoutes } from "./acs-systems";
import { acsUserAccessRoutes } from "./acs-user-access";
import { acsUserRoutes } from "./acs-users";
import { actionAttemptRoutes } from "./action-attempts";
import { deviceRoutes } from "./devices";
import { eventRoutes } from "./events";
import { relatedRoutes } from "./related";
import type { Route } from "./route";
import { spaceRoutes } from "./spaces";
import { unmanagedRoutes } from "./unmanaged";
import { userIdentityRoutes } from "./user-identities";
import { userIdentityAccessRoutes } from "./user-identity-access";
import { workspaceRoutes } from "./workspaces";

/** Every route of Seam's API that the emulator answers, by path. */
export const ROUTES: ReadonlyMap<string, Route> = new Map(
  [
    ...workspaceRoutes,
    ...acsSystemRoutes,
    ...acsEntranceRoutes,
    ...acsUserRoutes,
    ...acsUserAccessRoutes,
    ...acsAccessGroupRoutes,
    ...acsCredentialRoutes,
    ...acsEncoderRoutes,
    ...acsEncoderSimulationRoutes,
    ...userIdentityRoutes,
    ...userIdentityAccessRoutes,
    ...accessGrantRoutes,
    ...accessMethodRoutes,
    ...relatedRoutes,
    ...unmanagedRoutes,
    ...spaceRoutes,
    ...deviceRoutes,
    ...actionAttemptRoutes,
    ...eventRoutes,
  ].map((route) => [route.path, route]),
);
