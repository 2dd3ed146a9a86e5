import { DOORS, LIFECYCLES, type ResourceName } from "../doors/in-process";

export type Properties = Record<string, unknown>;

export type KindName = Exclude<ResourceName, "Space">;

/** By type, through whichever door. */
export const KIND_OF_TYPE: ReadonlyMap<string, KindName> = new Map(
  DOORS.flatMap(({ typePrefix }) =>
    (Object.keys(LIFECYCLES) as KindName[]).map((kind) => [typePrefix + kind, kind] as const),
  ),
);

/** An output of another resource of the program. */
export interface Reference {
  readonly of: string;
  readonly output: string;
}

/** One resource as the program declares it. */
export interface Declaration {
  readonly kind: KindName;
  readonly inputs: Properties;
  /** By property: inputs that are outputs of others. */
  readonly references?: Readonly<Record<string, Reference>>;
  /** Names under which the state may have it. */
  readonly aliases?: readonly string[];
  /** The option `deleteBeforeReplace`. */
  readonly deleteFirst?: boolean;
}

/** By name, what others refer to first. */
export type Program = ReadonlyMap<string, Declaration>;
