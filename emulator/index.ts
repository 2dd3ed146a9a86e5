export { Emulator, startEmulator } from "./emulator";
export type { EmulatorOptions } from "./options";
export { DEFAULT_PORTFOLIO, type DefaultKeys } from "./seeds/default-portfolio";
export { type GeneratedPortfolio, generateSeed } from "./seeds/generate";
export type { Seed } from "./seeds/seed";
export type { Fault, FaultRule, FaultSelection } from "./server/fault-rules";
export type { Faults } from "./server/faults";
export type { RequestFilter, RequestRecord } from "./server/request-log";
export { RequestLog } from "./server/request-log";
export {
  type AnyKeys,
  type IdsOf,
  type LiveAccessGrant,
  type LiveCredential,
  type LiveSpace,
  WorkspaceView,
} from "./view/workspace-view";
export type { Duration } from "./world/clock";
export type { Delays, Settings } from "./world/settings";
