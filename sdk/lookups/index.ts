/** Look-ups: what is in Seam already, by id or by name. */
export {
  type GetAcsAccessGroupArgs,
  type GetAcsAccessGroupResult,
  getAcsAccessGroup,
  getAcsAccessGroupOutput,
} from "./get-acs-access-group";
export {
  type GetAcsEntranceArgs,
  type GetAcsEntranceResult,
  type GetAcsEntrancesArgs,
  getAcsEntrance,
  getAcsEntranceOutput,
  getAcsEntrances,
  getAcsEntrancesOutput,
} from "./get-acs-entrance";
export {
  type GetAcsSystemArgs,
  type GetAcsSystemResult,
  getAcsSystem,
  getAcsSystemOutput,
} from "./get-acs-system";
export {
  type GetAcsUserArgs,
  type GetAcsUserResult,
  getAcsUser,
  getAcsUserOutput,
} from "./get-acs-user";
export {
  type GetDeviceArgs,
  type GetDeviceResult,
  getDevice,
  getDeviceOutput,
} from "./get-device";
export {
  type GetSpaceArgs,
  type GetSpaceResult,
  getSpace,
  getSpaceOutput,
} from "./get-space";
export {
  type GetUserIdentityArgs,
  type GetUserIdentityResult,
  getUserIdentity,
  getUserIdentityOutput,
} from "./get-user-identity";
export { LookUpError, type LookUpInputs, type LookUpOptions } from "./look-up";
