/** pulumi-seam: physical access as code. */

export * from "./components/guest-stay";
export * from "./components/roster";
export * from "./components/staff-access";
export * from "./errors-and-warnings";
export * from "./lookups";
export * from "./provider";
export * from "./resources/access-grant";
export * from "./resources/acs-access-group-membership";
export * from "./resources/acs-credential";
export * from "./resources/acs-user";
export * from "./resources/space";
export * from "./resources/user-identity";
