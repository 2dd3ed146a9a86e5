/** pulumi-seam/policy: rules for doors as policies of a Pulumi policy pack. */
export { type DoorPolicy, type DoorPolicyArgs, doorPolicies } from "./door-policies";
export type { DoorRules, EnforcementLevel } from "./rules";
