/** Steps of a preview as the engine prints them, reduced to what they are read for. */

/** A resource as a state has it. */
export interface Declared {
  readonly urn: string;
  readonly id: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** What Seam shows besides. */
  readonly shown?: Readonly<Record<string, unknown>>;
}

export const USER = "53f39f90-5113-4bdd-8432-acf328ce508c";
export const urn = (kind: string, name: string) =>
  `urn:pulumi:dev::doors::pulumi-nodejs:dynamic/seam:${kind}::${name}`;
export const user = (more: object = {}): Declared => ({
  urn: urn("AcsUser", "ada"),
  id: USER,
  inputs: { acsSystemId: "7113de29-6130-4153-a6ea-1b7ca0fe3198", fullName: "Ada Example", ...more },
});
export const ADA = user();
export const credential = (name: string, inputs: object): Declared => ({
  urn: urn("AcsCredential", name),
  id: `id of ${name}`,
  inputs: { accessMethod: "code", ...inputs },
});
export const membership = (name: string, inputs: object): Declared => ({
  urn: urn("AcsAccessGroupMembership", name),
  id: `id of ${name}`,
  inputs: { ...inputs },
});
export const IDENTITY = "4b6ec19d-ba68-46ca-80fd-55247684c2bb";
export const identity = (more: Pick<Declared, "shown"> = {}): Declared => ({
  urn: urn("UserIdentity", "ada-person"),
  id: IDENTITY,
  inputs: { fullName: "Ada Example" },
  ...more,
});
/** A grant of the identity's. */
export const grant = (name: string, inputs: object): Declared => ({
  urn: urn("AccessGrant", name),
  id: `id of ${name}`,
  inputs: { userIdentityId: IDENTITY, requestedAccessMethods: [{ mode: "code" }], ...inputs },
});
export const space = (acsEntranceIds: readonly string[]): Declared => ({
  urn: urn("Space", "area"),
  id: "d5f1f6a0-6d4f-4b5a-8f1c-0d0a2c1f7a10",
  inputs: { name: "Area", acsEntranceIds },
});

export const state = ({ urn, id, inputs, shown }: Declared) => ({
  urn,
  id,
  inputs,
  outputs: { ...inputs, ...shown },
});
export const same = (one: Declared) => ({
  op: "same",
  urn: one.urn,
  oldState: state(one),
  newState: state(one),
});
export const created = (one: Declared) => ({ op: "create", urn: one.urn, newState: { inputs: one.inputs } });
export const deleted = (one: Declared) => ({ op: "delete", urn: one.urn, oldState: state(one) });
/** Out of the program, and left in Seam. */
export const released = (one: Declared) => ({
  ...deleted(one),
  oldState: { ...state(one), retainOnDelete: true },
});
export const updated = (before: Declared, after: Declared, diffReasons: string[]) => ({
  op: "update",
  urn: before.urn,
  oldState: state(before),
  newState: { inputs: after.inputs },
  diffReasons,
});
export const replaced = (before: Declared, after: Declared, replaceReasons: string[]) => ({
  ...updated(before, after, replaceReasons),
  op: "replace",
  oldState: { ...state(before), delete: true },
  replaceReasons,
});

export function preview(steps: readonly object[]): string {
  return JSON.stringify({ steps });
}
