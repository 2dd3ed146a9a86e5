import type { Properties } from "../values/record";

/** Inputs and outputs by which a resource hangs on another of Seam's objects. */
const REFERENCES = ["acsUserId", "userIdentityId"] as const;

/** One membership as it is declared: of a user, or of an identity's user. */
export interface DeclaredMembership {
  readonly acsAccessGroupId: string;
  readonly acsUserId?: string;
  readonly userIdentityId?: string;
}

/**
 * What one Pulumi command has shown so far of the program and the stack. Pulumi deletes last: by then every resource
 * that the program still declares was checked and compared, so a delete can see whether what it would take away is
 * still declared under another name. Less is known with `--target`, for what is deleted before it is replaced, and in
 * a destroy, where nothing is declared: there every delete goes through.
 */
export class Run {
  /** By id of the workspace: a resource that the state has in it. */
  readonly #workspaces = new Map<string, string>();
  /** By id: what declared resource hangs on the object. */
  readonly #references = new Map<string, string>();
  readonly #adopted = new Set<string>();
  readonly #memberships: DeclaredMembership[] = [];
  /** Objects that a create of this run made or took over. */
  readonly #claimed = new Set<string>();
  /** By id: declared inputs of what stays, or is updated in place. */
  readonly #held = new Map<string, string>();
  /** By id: inputs of what takes the object's place. */
  readonly #replaced = new Map<string, string>();
  readonly #created = new Set<string>();
  /** Inputs that were checked as those of something new. */
  readonly #fresh = new Set<string>();
  /** By what was deleted before its replacement: the inputs of the latter. */
  readonly #madeRoom = new Map<string, string>();
  /** By unique text, such as an e-mail address: the object whose update gives it up. */
  readonly #givenUp = new Map<string, string>();
  readonly #inVain = new Map<string, number>();
  /** Objects that Seam deleted along with another one. */
  readonly #lost = new Set<string>();
  /** People that a roster of this run leaves out. */
  readonly leaving = new Set<string>();
  /** Tells the user something that is no failure. */
  readonly notice: (text: string) => void;

  constructor(notice: (text: string) => void = () => undefined) {
    this.notice = notice;
  }

  /** The program declares a resource. @param exists false for one that would be created, or made anew */
  checked(what: string, inputs: Properties, exists: boolean): void {
    this.#refer(what, inputs);
    if (inputs["adopt"] !== undefined) this.#adopted.add(String(inputs["adopt"]));
    if (typeof inputs["acsAccessGroupId"] === "string") {
      this.#memberships.push(inputs as unknown as DeclaredMembership);
    }
    if (exists) return;
    const key = keyOf(inputs);
    this.#fresh.add(key);
    // What was to stay is made anew after all, because somebody asked for it (`--replace`, `replaceOnChanges`).
    for (const [id, held] of this.#held) if (held === key) this.#held.delete(id);
  }

  /** A declared resource that exists was compared with the program. */
  compared(what: string, id: string, outputs: Properties, news: Properties, isReplaced: boolean): void {
    this.sawWorkspace(what, outputs);
    if (isReplaced) {
      this.#replaced.set(id, keyOf(news));
      return;
    }
    this.#held.set(id, keyOf(news));
    this.#refer(what, { ...outputs, ...news });
  }

  /** A create of this run takes the object over. */
  claim(id: string): void {
    this.#claimed.add(id);
  }

  /** A create has answered. */
  created(what: string, id: string, inputs: Properties, outputs: Properties): void {
    this.claim(id);
    this.#created.add(keyOf(inputs));
    this.#refer(what, outputs);
  }

  sawWorkspace(what: string, { workspaceId }: Properties): void {
    if (typeof workspaceId === "string" && !this.#workspaces.has(workspaceId)) {
      this.#workspaces.set(workspaceId, what);
    }
  }

  /** Workspaces that resources of the stack are in, as far as this command came across them, each with one resource. */
  get workspaces(): ReadonlyMap<string, string> {
    return this.#workspaces;
  }

  /** Whether another resource that stays in the state has this object. */
  isHeldElsewhere(id: string): boolean {
    return this.#claimed.has(id) || this.#held.has(id) || (this.#adopted.has(id) && !this.#replaced.has(id));
  }

  /** Whether a declared resource has this object, and keeps it. */
  isHeld(id: string): boolean {
    return this.#held.has(id) || this.#claimed.has(id);
  }

  /** What declared resource hangs on this user or identity, for messages; `undefined` when none does. */
  referenceTo(id: string): string | undefined {
    return this.#references.get(id);
  }

  /** Declared memberships in the group. */
  membershipsIn(acsAccessGroupId: string): readonly DeclaredMembership[] {
    return this.#memberships.filter((membership) => membership.acsAccessGroupId === acsAccessGroupId);
  }

  /** Whether the object is replaced by a plan of this run. */
  isReplaced(id: string): boolean {
    return this.#replaced.has(id);
  }

  /**
   * Whether a delete makes room for a replacement that has not been made yet, and if so notes it.
   * @param declared the declared inputs of what is deleted
   */
  makesRoom(id: string, declared: Properties): boolean {
    const forced = keyOf(declared);
    const replacement = this.#replaced.get(id) ?? (this.#fresh.has(forced) ? forced : undefined);
    if (replacement === undefined || this.#created.has(replacement)) return false;
    this.#madeRoom.set(id, replacement);
    return true;
  }

  /** The id of what was deleted to make room for a resource with these inputs. */
  roomMadeFor(inputs: Properties): string | undefined {
    const key = keyOf(inputs);
    return [...this.#madeRoom].find(([, replacement]) => replacement === key)?.[0];
  }

  /** Something of this kind was waited for, and did not come. */
  inVain(what: string): void {
    this.#inVain.set(what, this.timesInVain(what) + 1);
  }

  timesInVain(what: string): number {
    return this.#inVain.get(what) ?? 0;
  }

  /** The object's planned update gives up a text that is unique in a workspace. */
  givesUp(unique: string, id: string): void {
    this.#givenUp.set(unique, id);
  }

  isGivenUp(unique: string, id: string): boolean {
    return this.#givenUp.get(unique) === id;
  }

  /** Seam has deleted the object along with another one. */
  lose(id: string): void {
    this.#lost.add(id);
  }

  isLost(id: string): boolean {
    return this.#lost.has(id);
  }

  #refer(what: string, properties: Properties): void {
    for (const property of REFERENCES) {
      const id = properties[property];
      if (typeof id === "string") this.#references.set(id, what);
    }
  }
}

/** The same for the same inputs, in whatever order. */
function keyOf(inputs: Properties): string {
  return JSON.stringify(Object.entries(inputs).sort(([a], [b]) => (a < b ? -1 : 1)));
}
