/** What objects are called and what they open, for ids that a stack does not declare itself. */
export interface Directory {
  /** `undefined` where that is not known. */
  nameOf(kind: Named, id: string): Promise<string | undefined>;
  /** Ids of the doors that an access group opens; `undefined` where that is not known. */
  doorsOfGroup(acsAccessGroupId: string): Promise<readonly string[] | undefined>;
  /** Ids of the doors in a space; `undefined` where that is not known. */
  doorsOfSpace(spaceId: string): Promise<readonly string[] | undefined>;
  /** Id of the access system of a door or an access group; `undefined` where that is not known. */
  systemOf?(kind: "acs_entrance" | "acs_access_group", id: string): Promise<string | undefined>;
}

export type Named =
  | "acs_entrance"
  | "device"
  | "acs_access_group"
  | "space"
  | "acs_user"
  | "user_identity"
  | "acs_system";

/** Knows nothing: everything is called by its id. */
export const NO_DIRECTORY: Directory = {
  nameOf: async () => undefined,
  doorsOfGroup: async () => undefined,
  doorsOfSpace: async () => undefined,
};
