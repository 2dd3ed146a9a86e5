import { z } from "zod";

/** What a violation does; as in `@pulumi/policy`. */
export type EnforcementLevel = "advisory" | "mandatory" | "remediate" | "disabled";

/** What access has to be like; a rule that is left out asks for nothing. */
export interface DoorRules {
  /** Credentials and access grants have an end. A list names the resources that need one, `AcsUser` by its schedule. */
  readonly requireEnd?: boolean | readonly ("AcsCredential" | "AccessGrant" | "AcsUser")[];
  /**
   * Credentials and access grants last for so many days at most, from their begin, or from the run where they declare
   * none. Without an end they last too long.
   */
  readonly maxDays?: number;
  /** A declared PIN has so many digits at least. What the lock system chooses is not declared. */
  readonly minPinLength?: number;
  /** No PIN is declared: the lock system chooses them all. */
  readonly forbidDeclaredPins?: boolean;
  /**
   * Ids of the entrances that may be opened. A credential or grant has to name its places, then: entrances among
   * these, or spaces (those of the stack are held to the rule themselves).
   */
  readonly allowedDoors?: readonly string[];
  /** Ids of the access groups that people may be in. */
  readonly allowedAccessGroups?: readonly string[];
  /** The ways in that may be used. */
  readonly allowedMethods?: readonly ("code" | "card" | "mobile_key" | "cloud_key")[];
  /** What a violation does; default `mandatory`, which stops the run. The pack's own configuration goes before. */
  readonly enforcementLevel?: EnforcementLevel;
}

/** @throws Error that names every rule that cannot be used */
export function checkedRules(rules: DoorRules): DoorRules {
  const read = RULES.safeParse(rules);
  if (read.success) return rules;
  const problems = read.error.issues.map(
    ({ path, message }) => `  ${path.length > 0 ? `${path.join(".")}: ` : ""}${message}`,
  );
  throw new Error(`doorPolicies: these rules cannot be used.\n${problems.join("\n")}`);
}

const RULES = z.strictObject({
  requireEnd: z.union([z.boolean(), z.array(z.enum(["AcsCredential", "AccessGrant", "AcsUser"]))]).optional(),
  maxDays: z.number().positive().optional(),
  minPinLength: z.int().positive().optional(),
  forbidDeclaredPins: z.boolean().optional(),
  allowedDoors: z.array(z.string()).optional(),
  allowedAccessGroups: z.array(z.string()).optional(),
  allowedMethods: z.array(z.enum(["code", "card", "mobile_key", "cloud_key"])).optional(),
  enforcementLevel: z.enum(["advisory", "mandatory", "remediate", "disabled"]).optional(),
} satisfies Record<keyof DoorRules, z.ZodType>);
