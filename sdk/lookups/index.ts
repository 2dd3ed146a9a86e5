/** Look-ups: what is in Seam already, by id or by name. */
export * from "./get-acs-access-group";
export * from "./get-acs-entrance";
export * from "./get-acs-system";
export * from "./get-acs-user";
export * from "./get-device";
export * from "./get-space";
export * from "./get-user-identity";
export { LookUpError, type LookUpInputs, type LookUpOptions } from "./look-up";
