import { epochMs } from "../provider/values/instant";
import { classOf } from "../provider/values/type-token";
import { elementsOf, inputOf, isFilled, NOT_KNOWN } from "./inputs";
import { checkedRules, type DoorRules, type EnforcementLevel } from "./rules";

/**
 * A policy that a `PolicyPack` takes: a `ResourceValidationPolicy` of `@pulumi/policy`, whose declarations only compile
 * where those of libraries are not checked.
 */
export interface DoorPolicy {
  readonly name: string;
  readonly description: string;
  readonly enforcementLevel: EnforcementLevel;
  validateResource(args: DoorPolicyArgs, reportViolation: (message: string) => void): void;
}

/** What a policy sees of a resource. */
export interface DoorPolicyArgs {
  /** Type token. */
  readonly type: string;
  /** Inputs, secrets in clear. */
  readonly props: Readonly<Record<string, unknown>>;
}

/**
 * The policies that hold a stack's access to rules, for a `PolicyPack`: one for each rule that is given.
 *
 * Messages name resources and properties, never a value: policies get PINs in clear. What a preview does not know yet
 * is looked at in the update.
 *
 * @example
 * ```ts
 * import { PolicyPack } from "@pulumi/policy";
 * import { doorPolicies } from "pulumi-seam/policy";
 *
 * new PolicyPack("doors", { policies: doorPolicies({ requireEnd: true, maxDays: 90, minPinLength: 6 }) });
 * ```
 * @throws Error that names every rule that cannot be used
 */
export function doorPolicies(rules: DoorRules): DoorPolicy[] {
  const { requireEnd, maxDays, minPinLength, forbidDeclaredPins, ...allowed } = checkedRules(rules);
  const { allowedDoors, allowedAccessGroups, allowedMethods, enforcementLevel = "mandatory" } = allowed;
  const given: (Rule | undefined)[] = [
    requireEnd === undefined || requireEnd === false
      ? undefined
      : hasEnd(requireEnd === true ? TIMED : requireEnd),
    maxDays === undefined ? undefined : endsInTime(maxDays),
    minPinLength === undefined ? undefined : hasLongPin(minPinLength),
    forbidDeclaredPins ? hasNoPin() : undefined,
    allowedDoors && opensOnly(new Set(allowedDoors)),
    allowedAccessGroups && isInOnly(new Set(allowedAccessGroups)),
    allowedMethods && usesOnly(new Set(allowedMethods)),
  ];
  return given
    .filter((rule) => rule !== undefined)
    .map(
      ({ name, description, problems }): DoorPolicy => ({
        name,
        description,
        enforcementLevel,
        validateResource: ({ type, props }, reportViolation) => {
          const kind = classOf(type);
          if (kind !== undefined) for (const problem of problems(kind, props)) reportViolation(problem);
        },
      }),
    );
}

interface Rule {
  readonly name: string;
  readonly description: string;
  problems(kind: string, inputs: Inputs): readonly string[];
}

type Inputs = DoorPolicyArgs["props"];

const TIMED = ["AcsCredential", "AccessGrant"] as const;

function hasEnd(kinds: readonly string[]): Rule {
  return {
    name: "seam-require-end",
    description: "Access has an end.",
    problems: (kind, inputs) => {
      if (!kinds.includes(kind)) return [];
      const name = kind === "AcsUser" ? "accessSchedule.endsAt" : "endsAt";
      if (inputOf(inputs, ...name.split(".")) !== undefined) return [];
      return [`${name} is missing, so access never ends. Declare an end.`];
    },
  };
}

const DAY_MS = 86_400_000;

function endsInTime(maxDays: number): Rule {
  return {
    name: "seam-max-days",
    description: `Access lasts for ${maxDays} days at most.`,
    problems: (kind, inputs) => {
      if (!isTimed(kind)) return [];
      const [startsAt, endsAt] = ["startsAt", "endsAt"].map((name) => inputOf(inputs, name));
      if (startsAt === NOT_KNOWN || endsAt === NOT_KNOWN) return [];
      const days =
        ((epochMs(endsAt) ?? Number.POSITIVE_INFINITY) - (epochMs(startsAt) ?? Date.now())) / DAY_MS;
      if (days <= maxDays) return [];
      const since = startsAt === undefined ? "now" : "startsAt";
      return [
        endsAt === undefined
          ? `endsAt is missing; access may last for ${maxDays} days at most. Declare an end.`
          : `endsAt is more than ${maxDays} days after ${since}. Move it to an earlier time.`,
      ];
    },
  };
}

function isTimed(kind: string): boolean {
  return kind === "AcsCredential" || kind === "AccessGrant";
}

function hasLongPin(minPinLength: number): Rule {
  return {
    name: "seam-min-pin-length",
    description: `Declared PINs have ${minPinLength} digits at least.`,
    problems: (kind, inputs) =>
      pinsOf(kind, inputs).flatMap(({ name, pin }) =>
        typeof pin === "string" && pin.length < minPinLength
          ? [
              `${name} has fewer than ${minPinLength} digits. Choose a longer PIN, or leave it to the lock system.`,
            ]
          : [],
      ),
  };
}

function hasNoPin(): Rule {
  return {
    name: "seam-no-declared-pins",
    description: "The lock system chooses PINs.",
    problems: (kind, inputs) =>
      pinsOf(kind, inputs).map(
        ({ name }) => `${name} is declared. Leave it out, and the lock system chooses one.`,
      ),
  };
}

/** The PINs that a resource declares, those too that are not known yet. */
function pinsOf(kind: string, inputs: Inputs): { readonly name: string; readonly pin: unknown }[] {
  const all =
    kind === "AcsCredential"
      ? [{ name: "code", pin: inputOf(inputs, "code") }]
      : methodsOf(kind, inputs).map((_, index) => ({
          name: `requestedAccessMethods[${index}].code`,
          pin: inputOf(inputs, "requestedAccessMethods", index, "code"),
        }));
  return all.filter(({ pin }) => pin !== undefined);
}

function methodsOf(kind: string, inputs: Inputs): unknown[] {
  return kind === "AccessGrant" ? (elementsOf(inputs, "requestedAccessMethods") ?? []) : [];
}

const PLACES = ["acsEntranceIds", "spaceIds", "spaceKeys"];

function opensOnly(doors: ReadonlySet<unknown>): Rule {
  return {
    name: "seam-allowed-doors",
    description: "Only certain doors may be opened.",
    problems: (kind, inputs) => {
      const name = DOORS[kind];
      if (name === undefined) return [];
      const others = notAmong(doors, inputs, name, "the doors that the policy allows");
      // A credential without doors of its own, be it by an empty list, opens those of its user's access groups.
      const isNamed = kind === "Space" || [name, ...PLACES].some((place) => isFilled(inputs, place));
      const hasDevices = kind !== "AcsCredential" && isFilled(inputs, "deviceIds");
      return [
        ...others,
        ...(isNamed || hasDevices
          ? []
          : [`${name} is missing, so it cannot be told which doors are opened. Name the doors.`]),
        ...(hasDevices
          ? ["deviceIds is declared, but the policy allows certain entrances only. Leave it out."]
          : []),
        ...(kind === "AcsCredential" ? guestDoorProblems(doors, inputs) : []),
      ];
    },
  };
}

const VOSTIO = "assaAbloyVostioMetadata";

/** Doors of guests that a credential of Vostio opens besides its own. */
function guestDoorProblems(doors: ReadonlySet<unknown>, inputs: Inputs): string[] {
  const all = ["joinAllGuestAcsEntrances", "overrideAllGuestAcsEntrances"]
    .filter((flag) => inputOf(inputs, VOSTIO, flag) === true)
    .map((flag) => `${VOSTIO}.${flag} opens doors that the policy does not name. Leave it out.`);
  const name = "overrideGuestAcsEntranceIds";
  const others = notAmong(doors, inputOf(inputs, VOSTIO), name, "the doors that the policy allows");
  return [...all, ...others.map((problem) => `${VOSTIO}.${problem}`)];
}

const DOORS: Readonly<Record<string, string>> = {
  AcsCredential: "allowedAcsEntranceIds",
  AccessGrant: "acsEntranceIds",
  Space: "acsEntranceIds",
};

function isInOnly(groups: ReadonlySet<unknown>): Rule {
  const which = "the access groups that the policy allows";
  return {
    name: "seam-allowed-access-groups",
    description: "People may be in certain access groups only.",
    problems: (kind, inputs) => {
      if (kind === "AcsUser") return notAmong(groups, inputs, "acsAccessGroupIds", which);
      if (kind !== "AcsAccessGroupMembership") return [];
      const group = inputOf(inputs, "acsAccessGroupId");
      return group === NOT_KNOWN || groups.has(group) ? [] : [`acsAccessGroupId is not among ${which}.`];
    },
  };
}

function notAmong(allowed: ReadonlySet<unknown>, inputs: unknown, name: string, which: string): string[] {
  return (elementsOf(inputs, name) ?? []).flatMap((id, index) =>
    id === NOT_KNOWN || allowed.has(id) ? [] : [`${name}[${index}] is not among ${which}.`],
  );
}

function usesOnly(methods: ReadonlySet<unknown>): Rule {
  const allowed = [...methods].join(", ");
  const problem = (name: string, method: unknown) =>
    method === NOT_KNOWN || methods.has(method) ? [] : [`${name} is none of the allowed ones (${allowed}).`];
  return {
    name: "seam-allowed-methods",
    description: `Doors are opened by ${allowed} only.`,
    problems: (kind, inputs) =>
      kind === "AcsCredential"
        ? problem("accessMethod", inputOf(inputs, "accessMethod"))
        : methodsOf(kind, inputs).flatMap((_, index) =>
            problem(
              `requestedAccessMethods[${index}].mode`,
              inputOf(inputs, "requestedAccessMethods", index, "mode"),
            ),
          ),
  };
}
