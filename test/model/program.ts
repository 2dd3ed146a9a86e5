import * as provider from "../../provider";
import type { ResourceLifecycle } from "../../provider/lifecycle/lifecycle";

export type Properties = Record<string, unknown>;

export const lifecycles = {
  AccessGrant: provider.AccessGrant.lifecycle,
  AcsAccessGroupMembership: provider.AcsAccessGroupMembership.lifecycle,
  AcsCredential: provider.AcsCredential.lifecycle,
  AcsUser: provider.AcsUser.lifecycle,
  UserIdentity: provider.UserIdentity.lifecycle,
} satisfies Record<string, ResourceLifecycle>;

export type KindName = keyof typeof lifecycles;

const TYPE_PREFIX = "pulumi-nodejs:dynamic/seam:";

export function typeOf(kind: KindName): string {
  return TYPE_PREFIX + kind;
}

export const KIND_OF_TYPE: ReadonlyMap<string, KindName> = new Map(
  (Object.keys(lifecycles) as KindName[]).map((kind) => [typeOf(kind), kind]),
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
