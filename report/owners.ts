import { withoutAdded } from "../provider/lifecycle/added-by-hand";
import { formerCardsOf } from "../provider/lifecycle/former-cards";
import { SHARED } from "../provider/lifecycle/shared";
import { isRecord } from "../provider/values/record";
import { classOf } from "../provider/values/type-token";
import {
  ALL_DOORS,
  type DeclaredDoors,
  type DeclaredSpaces,
  doorsOfCredential,
  doorsOfGrant,
  kindOfDoor,
  named,
  plainTexts,
  united,
} from "./declared-doors";
import type { Owner } from "./document";
import type { CredentialFact, DoorFact, GrantFact, GroupFact, UserFact } from "./facts/facts";

/** A stack's state: what `pulumi stack export` prints. Its secrets may stay encrypted. */
export interface StackContent {
  /** For example `acme/doors/prod`. */
  readonly name: string;
  readonly resources: readonly StackResource[];
}

/** A resource of a stack's state; what is not named here does not matter. */
export interface StackResource {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  /** Only read by the stack, such as by `AcsCredential.get`: that declares nothing. */
  readonly external?: boolean;
  /** Replaced by another, and not deleted yet. */
  readonly delete?: boolean;
  /** Left in Seam when it is taken out of the stack. */
  readonly retainOnDelete?: boolean;
  /** What the program declares; where neither inputs nor outputs are given, all doors count as declared. */
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
}

/** A resource of a stack, by which something in Seam is declared. */
export interface Declaration {
  readonly kind: "AcsCredential" | "AccessGrant" | "AcsAccessGroupMembership" | "AcsUser" | "UserIdentity";
  readonly stack: string;
  readonly urn: string;
  /** Seam's id, or the pair of ids of a membership. */
  readonly id: string;
  /** Where it is known: whose it is. */
  readonly workspaceId: string | undefined;
  /** Doors of a credential or grant. */
  readonly doors: DeclaredDoors;
  /** Of a user whose access groups are a secret in the state: its memberships may be declared. */
  readonly hasHiddenGroups: boolean;
  /** Replaced, and not deleted yet. */
  readonly isLeaving: boolean;
  /** End of access, ISO 8601, of a credential or grant that has one. */
  readonly endsAt: string | undefined;
  /** A person who was there before the resource: with access of others' they stay when it goes. */
  readonly isShared: boolean;
  /** Declared with `retainOnDelete`: taking it out of its stack leaves it in Seam. */
  readonly isRetained: boolean;
}

/** Who declares what is in Seam. */
export interface Owners {
  /** Everything that stacks declare, without what they are about to delete. */
  readonly declarations: readonly Declaration[];
  /** Everything that declares this credential, grant, user or identity itself. */
  declaring(id: string): readonly Declaration[];
  /**
   * Whose a credential is: by itself, by its parent, or by the grant that made it.
   * @param door where it opens this door: nobody's where its declaration is not for the door
   */
  ofCredential(credential: CredentialFact, grant: GrantFact | undefined, door?: DoorFact): Owner;
  /** Whose a grant, user or identity is. */
  ofObject(id: string): Owner;
  /** Whose the membership of a user in a group is. */
  ofMembership(group: GroupFact, user: UserFact): Owner;
  /** Doors that a stack declares on the credential. */
  declaredDoors(credentialId: string): readonly string[];
  /** The owner of what is in no stack that was read. */
  readonly nobody: Owner;
}

/** @param isWhole whether all stacks that may declare something were read */
export function ownersOf(stacks: readonly StackContent[], isWhole: boolean): Owners {
  const spaces = spacesIn(stacks);
  const all = stacks.flatMap((stack) => declarationsIn(stack, spaces));
  // One state may be given twice, by its stack and as a file.
  const keyOf = ({ urn, kind, id, isLeaving }: Declaration) => [urn, kind, id, isLeaving].join();
  const declarations = [...Map.groupBy(all, keyOf).values()].flatMap(([one]) => one ?? []);
  const byId = new Map<string, Declaration[]>();
  for (const declaration of declarations) {
    const same = byId.get(declaration.id);
    if (same) same.push(declaration);
    else byId.set(declaration.id, [declaration]);
  }
  const nobody: Owner = { kind: isWhole ? "undeclared" : "unknown" };
  const shown = new Map<Declaration, Owner>();
  /** What declares the first of these that is declared at all. */
  const declaringFirst = (...ids: readonly (string | undefined)[]): readonly Declaration[] =>
    ids.map((id) => (id === undefined ? undefined : byId.get(id))).find((those) => those) ?? [];
  const first = (...ids: readonly (string | undefined)[]): Owner => {
    const [declaration] = declaringFirst(...ids);
    return declaration ? ownerBy(shown, declaration) : nobody;
  };
  return {
    declarations: declarations.filter(({ isLeaving }) => !isLeaving),
    declaring: (id) => byId.get(id) ?? [],
    ofCredential({ id, parentId }, grant, door) {
      const declaring = declaringFirst(id, parentId, grant?.id);
      const kinds = new Set(declaring.map(({ doors }) => (door ? kindOfDoor(doors, door) : "declared")));
      if (kinds.has("declared")) return first(id, parentId, grant?.id);
      return kinds.has("unknown") ? UNKNOWN : nobody;
    },
    ofObject: (id) => first(id),
    ofMembership({ id }, { id: userId, identityId }) {
      const owner = first(`${id}/${userId}`, identityId === undefined ? undefined : `${id}/${identityId}`);
      const isHidden = byId.get(userId)?.some(({ hasHiddenGroups }) => hasHiddenGroups);
      return owner.kind === "undeclared" && isHidden ? UNKNOWN : owner;
    },
    declaredDoors: (id) =>
      byId.get(id)?.flatMap(({ kind, doors }) => (kind === "AcsCredential" ? doors.doorIds : [])) ?? [],
    nobody,
  };
}

const UNKNOWN: Owner = { kind: "unknown" };

/** Where not all access grants could be read: a key that nothing else declares may be that of a declared one. */
export function withUnreadGrants(owners: Owners): Owners {
  if (!owners.declarations.some(({ kind }) => kind === "AccessGrant")) return owners;
  return {
    ...owners,
    ofCredential(credential, grant, door) {
      const owner = owners.ofCredential(credential, grant, door);
      const isDeclared = [credential.id, credential.parentId, grant?.id].some(
        (id) => id !== undefined && owners.declaring(id).length > 0,
      );
      return owner.kind === "undeclared" && !grant && !isDeclared ? UNKNOWN : owner;
    },
  };
}

/** The same object for all that one resource declares: there may be very many rows. */
function ownerBy(shown: Map<Declaration, Owner>, declaration: Declaration): Owner {
  const { stack, urn } = declaration;
  const owner = shown.get(declaration) ?? { kind: "declared", stack, urn };
  shown.set(declaration, owner);
  return owner;
}

/** Spaces that stacks declare, by id and key; of one that several resources declare, the doors of all of them. */
function spacesIn(stacks: readonly StackContent[]): DeclaredSpaces {
  const spaces = new Map<string, DeclaredDoors>();
  for (const resource of stacks.flatMap(({ resources }) => resources)) {
    const { type, id, external, delete: isLeaving, inputs = {}, outputs = {} } = resource;
    if (classOf(type) !== "Space" || !id || external || isLeaving) continue;
    const { acsEntranceIds, spaceKey } = withoutAdded({ ...outputs, ...inputs }, outputs);
    const doors = named(acsEntranceIds);
    for (const name of [id, spaceKey]) {
      if (typeof name === "string") spaces.set(name, united([spaces.get(name) ?? doors, doors]));
    }
  }
  return spaces;
}

function declarationsIn({ name, resources }: StackContent, spaces: DeclaredSpaces): Declaration[] {
  return resources.flatMap((resource) => {
    const { urn, type, id, external, outputs = {} } = resource;
    const kind = classOf(type);
    if (!id || external || !isDeclaring(kind)) return [];
    const { workspaceId, acsAccessGroupIds, endsAt } = outputs;
    // A user with groups declares its memberships, too.
    const groups = kind === "AcsUser" ? plainTexts(acsAccessGroupIds ?? undefined) : [];
    const base = {
      stack: name,
      urn,
      workspaceId: typeof workspaceId === "string" ? workspaceId : undefined,
      doors: doorsOf(resource, spaces),
      hasHiddenGroups: false,
      isLeaving: resource.delete === true,
      endsAt: typeof endsAt === "string" ? endsAt : undefined,
      isShared: outputs[SHARED] === true,
      isRetained: resource.retainOnDelete === true,
    };
    // Until they are deleted, cards go on beside the one in their place.
    const formerCards = kind === "AcsCredential" ? formerCardsOf(outputs) : [];
    return [
      { ...base, kind, id, hasHiddenGroups: groups === undefined },
      ...formerCards.map((card) => ({
        ...base,
        kind: "AcsCredential" as const,
        id: card.acsCredentialId,
        // It opens what it opened. Older states do not tell what that was.
        doors: card.allowedAcsEntranceIds ? named(card.allowedAcsEntranceIds) : ALL_DOORS,
        endsAt: card.endsAt,
        isLeaving: true,
      })),
      ...(groups ?? []).filter(isId).map((group) => ({
        ...base,
        kind: "AcsAccessGroupMembership" as const,
        id: `${group}/${id}`,
        isShared: false,
      })),
    ];
  });
}

/** By its inputs: outputs have in them what Seam adds. Who gives no more of a resource than its id means all of it. */
function doorsOf({ type, inputs, outputs }: StackResource, spaces: DeclaredSpaces): DeclaredDoors {
  const given = inputs ?? outputs;
  const declared = given && withoutAdded(given, outputs ?? {});
  const kind = classOf(type);
  if (declared && kind === "AcsCredential") return doorsOfCredential(declared);
  if (declared && kind === "AccessGrant") {
    return doorsOfGrant(declared, withoutAdded(outputs ?? {}, outputs ?? {})["spaceIds"], spaces);
  }
  return ALL_DOORS;
}

const DECLARING: readonly string[] = [
  "AcsCredential",
  "AccessGrant",
  "AcsAccessGroupMembership",
  "AcsUser",
  "UserIdentity",
] satisfies Declaration["kind"][];

function isDeclaring(kind: string | undefined): kind is Declaration["kind"] {
  return kind !== undefined && DECLARING.includes(kind);
}

/** What `declaredDoors` is made from, of the inputs of a state: PINs stay behind. */
const DOOR_INPUTS = [
  "allowedAcsEntranceIds",
  "assaAbloyVostioMetadata",
  "acsEntranceIds",
  "spaceIds",
  "spaceKeys",
  "spaceKey",
];

function isId(text: string): boolean {
  return text !== "" && text.length <= 100;
}

/**
 * The resources of an export of a stack's state.
 * @throws Error when it is none
 */
export function stackContent(name: string, exported: unknown): StackContent {
  const deployment = isRecord(exported) ? exported["deployment"] : undefined;
  const resources = isRecord(deployment) ? (deployment["resources"] ?? []) : undefined;
  if (!Array.isArray(resources) || !resources.every(isResource)) {
    throw new Error(
      `${name} is not the state of a stack. Write one with \`pulumi stack export --file ${name}\`.`,
    );
  }
  return { name, resources: resources.map(essential) };
}

/** A state may be large, and is held while a workspace is read. */
function essential({ urn, type, id, external, inputs, outputs, ...resource }: StackResource): StackResource {
  const { delete: isLeaving, retainOnDelete } = resource;
  const kind = classOf(type);
  if (!isDeclaring(kind) && kind !== "Space") return { urn, type };
  const ofDoors = Object.entries(inputs ?? {}).filter(([name]) => DOOR_INPUTS.includes(name));
  return {
    urn,
    type,
    ...(id !== undefined && { id }),
    ...(external !== undefined && { external }),
    ...(isLeaving !== undefined && { delete: isLeaving }),
    ...(retainOnDelete !== undefined && { retainOnDelete }),
    ...(inputs !== undefined && { inputs: Object.fromEntries(ofDoors) }),
    ...(outputs !== undefined && { outputs }),
  };
}

function isResource(value: unknown): value is StackResource {
  return isRecord(value) && typeof value["urn"] === "string" && typeof value["type"] === "string";
}
