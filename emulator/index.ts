export { Emulator, startEmulator } from "./emulator";
export type { EmulatorOptions } from "./options";
export { DEFAULT_PORTFOLIO, type DefaultKeys } from "./seeds/default-portfolio";
export { type GeneratedPortfolio, generateSeed } from "./seeds/generate";
export type * from "./seeds/seed";
export type { Fault, FaultRule, FaultSelection } from "./server/fault-rules";
export type { Faults } from "./server/faults";
export type { RequestFilter, RequestRecord } from "./server/request-log";
export { RequestLog } from "./server/request-log";
export type {
  AccessGrantChanges,
  AccessMethodChanges,
  AcsAccessGroupChanges,
  AcsCredentialChanges,
  AcsEntranceChanges,
  AcsSystemChanges,
  AcsUserChanges,
  DeviceChanges,
  SpaceChanges,
  UserIdentityChanges,
} from "./view/edit-changes";
export type { Edits } from "./view/edits";
export {
  type AnyKeys,
  type IdsOf,
  type LiveAccessGrant,
  type LiveCredential,
  type LiveSpace,
  type Snapshot,
  WorkspaceView,
} from "./view/workspace-view";
export type { Duration } from "./world/clock";
export type { Delays, Settings } from "./world/settings";
