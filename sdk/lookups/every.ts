import type { LookUp } from "./answer";
import { acsAccessGroupLookUp } from "./get-acs-access-group";
import { acsEntranceLookUp, acsEntrancesLookUp } from "./get-acs-entrance";
import { acsSystemLookUp } from "./get-acs-system";
import { acsUserLookUp } from "./get-acs-user";
import { deviceLookUp } from "./get-device";
import { spaceLookUp } from "./get-space";
import { userIdentityLookUp } from "./get-user-identity";

/** Every look-up that there is, for who asks by name. */
export const EVERY_LOOK_UP = [
  acsAccessGroupLookUp,
  acsEntranceLookUp,
  acsEntrancesLookUp,
  acsSystemLookUp,
  acsUserLookUp,
  deviceLookUp,
  spaceLookUp,
  userIdentityLookUp,
] as const satisfies readonly LookUp<never, unknown>[];
