/** pulumi-seam: physical access as code. */
export * from "./access-grant";
export * from "./acs-access-group-membership";
export * from "./acs-credential";
export * from "./acs-user";
export * from "./guest-stay";
export * from "./lookups";
export * from "./provider";
export * from "./reports";
export * from "./roster";
export * from "./staff-access";
export * from "./user-identity";
