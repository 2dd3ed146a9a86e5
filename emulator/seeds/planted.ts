import type { Context } from "../world/context";

/** Ids by seed key; what belongs to a system has the system's key in front: `salto-ks/front-door`. */
export interface Ids {
  acsSystems: Record<string, string>;
  acsEntrances: Record<string, string>;
  acsEncoders: Record<string, string>;
  acsAccessGroups: Record<string, string>;
  acsUsers: Record<string, string>;
  userIdentities: Record<string, string>;
  devices: Record<string, string>;
  spaces: Record<string, string>;
  accessGrants: Record<string, string>;
}

/** A workspace of a seed, made. */
export interface Planted {
  key: string;
  context: Context;
  ids: Ids;
}
