export type { Duration } from "./clock";
export { Emulator, type EmulatorOptions, startEmulator } from "./emulator";
export type { Fault, FaultRule, FaultSelection } from "./faults";
export type { RequestFilter, RequestRecord } from "./request-log";
export { RequestLog } from "./request-log";
export { DEFAULT_PORTFOLIO, type DefaultKeys } from "./seeds/default-portfolio";
export type { Seed } from "./seeds/schema";
export type { Delays, Settings } from "./settings";
export { type AnyKeys, type IdsOf, type LiveCredential, WorkspaceView } from "./workspace-view";
