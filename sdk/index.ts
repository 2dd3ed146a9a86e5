/** pulumi-seam: physical access as code. */
export * from "./acs-credential";
export * from "./provider";
