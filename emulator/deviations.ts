/** Where the emulator's wire differs from Seam's OpenAPI on purpose. Tests fail on one that is missing or stale. */
export interface Deviation {
  /** A route, or `*` for all. */
  route: string;
  /** What the validator says. */
  problem: string;
  reason: string;
}

const MULTI_PHONE =
  "The documented reply to a multi-phone mobile key has the type multi_phone_sync_credential, which is not in the enum.";

export const DEVIATIONS: readonly Deviation[] = [
  {
    route: "/acs/credentials/create",
    problem: "reply /acs_credential/external_type: must be equal to one of the allowed values",
    reason: MULTI_PHONE,
  },
  {
    route: "/acs/credentials/list",
    problem: "reply /acs_credentials[]/external_type: must be equal to one of the allowed values",
    reason: MULTI_PHONE,
  },
  {
    route: "/acs/entrances/list_credentials_with_access",
    problem: "reply /acs_credentials[]/external_type: must be equal to one of the allowed values",
    reason: MULTI_PHONE,
  },
  {
    route: "/acs/credentials/list",
    problem: "request /: must match exactly one schema in oneOf",
    reason:
      "The choices of owner overlap: one of them is an empty object, so a list by system or user fits two of them.",
  },
  {
    route: "/access_methods/list",
    problem: "reply /: unknown field pagination",
    reason: "The official client is newer and paginates this list.",
  },
  {
    route: "/events/list",
    problem: "request /between[]: must match exactly one schema in oneOf",
    reason: "A time fits both choices, text and date-time.",
  },
];

/** Parameters of the OpenAPI that a route leaves out, and those that it takes besides. */
export interface ParameterDeviation {
  route: string;
  /** Names with `-` for left out or `+` for taken besides. */
  parameters: readonly string[];
  reason: string;
}

export const PARAMETER_DEVIATIONS: readonly ParameterDeviation[] = [
  {
    route: "/access_methods/list",
    parameters: ["+limit", "+page_cursor"],
    reason: "The official client is newer and paginates this list.",
  },
];
