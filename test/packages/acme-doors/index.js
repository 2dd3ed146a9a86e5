import * as seam from "pulumi-seam";

/** The company's way to open a door: a PIN, where the system makes one. */
export const pin = (name, acsUserId) => new seam.AcsCredential(name, { accessMethod: "code", acsUserId });
