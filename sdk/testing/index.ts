/** pulumi-seam/testing: a Seam on this machine, and stacks to test on it. */
export * from "../../emulator/index";
export {
  assertChanges,
  assertNoChanges,
  assertRequests,
  type Change,
  type RequestPattern,
  type SeenRequest,
} from "./assertions";
export type { Diagnostic, Operation } from "./engine-events";
export type { ConfigData, StackConfig } from "./stack-config";
export { type StackCommand, StackError, type StackResult, type TestStack } from "./test-stack";
export { type WithStackOptions, withStack } from "./with-stack";
