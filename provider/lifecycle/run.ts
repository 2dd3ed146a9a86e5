import { setTimeout as sleep } from "node:timers/promises";
import { FAILED, hasFailed } from "../values/failed";
import type { Properties } from "../values/record";
import { hasUnknown, UNKNOWN } from "../values/unknown";
import { RefusedError } from "./errors";
import { type FormerCard, FormerCards } from "./former-cards";
import { keyOf } from "./inputs-key";
import { RosterCards } from "./roster-cards";

/** Inputs and outputs by which a resource hangs on another of Seam's objects. */
export const REFERENCES = ["acsUserId", "userIdentityId"] as const;

/** One membership as it is declared: of a user, or of an identity's user. */
export interface DeclaredMembership {
  readonly acsAccessGroupId: string;
  readonly acsUserId?: string;
  readonly userIdentityId?: string;
}

/** How long the first create of a run waits for what exists. */
export interface FirstLook {
  /** For a check of something that exists: Pulumi checks what a program declares in quick succession. */
  readonly anythingMs: number;
  /** For its comparison, which follows the check. */
  readonly existingMs: number;
}

/** What a command of Pulumi's needs. */
export const FIRST_LOOK: FirstLook = { anythingMs: 250, existingMs: 1_000 };
const NO_LOOK: FirstLook = { anythingMs: 0, existingMs: 0 };
const LOOK_EVERY_MS = 20;

/**
 * What one Pulumi command has shown so far of the program and the stack. Pulumi deletes last: by then every resource
 * that the program still declares was checked and compared, so a delete can see whether what it would take away is
 * still declared under another name. Less is known with `--target`, for what is deleted before it is replaced, and in
 * a destroy, where nothing is declared: there every delete goes through.
 */
export class Run {
  /** By id of the workspace: a resource that the state has in it. */
  readonly #workspaces = new Map<string, string>();
  /** By id: what declared resources hang on the object. */
  readonly #references = new Map<string, Set<string>>();
  /** Inputs that were checked: Pulumi checks what the program declares, and nothing else. */
  readonly #declared = new Set<string>();
  readonly #adopted = new Set<string>();
  readonly #memberships: DeclaredMembership[] = [];
  /** Objects that a create of this run made or took over. */
  readonly #claimed = new Set<string>();
  /** By id of a card that goes on beside a credential: the id of that. */
  readonly #ownerOfCard = new Map<string, string>();
  /** By id: declared inputs of what stays, or is updated in place. */
  readonly #held = new Map<string, string>();
  /** By id: inputs of what takes the object's place. */
  readonly #replaced = new Map<string, string>();
  /** By id of what a plan replaces: its outputs, and the inputs of what takes its place. */
  readonly #plans = new Map<string, { readonly outputs: Properties; readonly news: Properties }>();
  readonly #created = new Set<string>();
  /** Inputs that were checked as those of something new. */
  readonly #fresh = new Set<string>();
  /** By the inputs of before: those that something that exists was checked with. */
  readonly #changed = new Map<string, string>();
  /** By what was deleted before its replacement: the inputs of the latter. */
  readonly #madeRoom = new Map<string, string>();
  /** By unique text, such as an e-mail address: the object whose update gives it up. */
  readonly #givenUp = new Map<string, string>();
  /** By id of what a plan replaces or issues anew: how many ways in are lost until a card is encoded. */
  readonly #awaitingEncoding = new Map<string, number>();
  /** Ids of what has cards that go on beside its replacement. */
  readonly #goingOn = new Set<string>();
  readonly #inVain = new Map<string, number>();
  /** Objects that an update, or the create of what replaces them, has failed for. */
  readonly #failed = new Set<string>();
  /** Groups with a declared membership whose member has failed. */
  readonly #groupsInDoubt = new Set<string>();
  /** Objects that Seam deleted along with another one. */
  readonly #lost = new Set<string>();
  /** People that a roster of this run leaves out. */
  readonly leaving = new Set<string>();
  /** Cards that go on beside those in their place. */
  readonly formerCards = new FormerCards();
  /** The cards of rosters. */
  readonly rosterCards = new RosterCards();
  /** Tells the user something that is no failure. */
  readonly notice: (text: string) => void;
  readonly #firstLook: FirstLook;
  #hasExisting = false;
  #looked: Promise<void> | undefined;

  constructor(notice: (text: string) => void = () => undefined, firstLook: FirstLook = NO_LOOK) {
    this.notice = notice;
    this.#firstLook = firstLook;
  }

  /**
   * The program declares a resource.
   * @param exists false for one that would be created, or made anew
   * @param olds the inputs that it had before
   */
  checked(what: string, inputs: Properties, exists: boolean, olds: Properties = {}): void {
    const key = keyOf(inputs);
    this.#declared.add(key);
    if (exists) this.#changed.set(keyOf(olds), key);
    this.#hasExisting ||= exists;
    if (hasFailed(inputs)) {
      this.#groupsInDoubt.add(String(inputs["acsAccessGroupId"]));
      return;
    }
    this.#refer(what, inputs);
    if (typeof inputs["acsAccessGroupId"] === "string") {
      this.#memberships.push(inputs as unknown as DeclaredMembership);
    }
    if (exists) return;
    this.#fresh.add(key);
    if (inputs["adopt"] !== undefined) this.#adopted.add(String(inputs["adopt"]));
    // What was to stay is made anew after all, because somebody asked for it (`--replace`, `replaceOnChanges`).
    for (const [id, held] of this.#held) if (held === key) this.#held.delete(id);
  }

  /**
   * A resource that exists was compared: with the program's inputs, if those were checked. A refresh compares, too, with
   * what the state has; and where something is deleted before its replacement, what hangs on it is compared with an
   * id that is not known. Neither says that the program still declares it.
   */
  compared(what: string, id: string, outputs: Properties, news: Properties, isReplaced: boolean): void {
    this.sawWorkspace(what, outputs);
    const key = keyOf(news);
    if (isReplaced) {
      if (this.declares(news) || hasUnknown(news)) {
        this.#replaced.set(id, key);
        this.#plans.set(id, { outputs, news });
      }
      return;
    }
    if (!this.declares(news)) return;
    this.#held.set(id, key);
    const known = Object.entries(news).filter(([, value]) => value !== FAILED);
    this.#refer(what, { ...outputs, ...Object.fromEntries(known) });
    this.#joinGroups(id, news);
  }

  /** Whether the program has a resource with these inputs. */
  declares(inputs: Properties): boolean {
    return this.#declared.has(keyOf(inputs));
  }

  /** A create of this run takes the object over. */
  claim(id: string): void {
    this.#claimed.add(id);
  }

  /** Cards go on beside a credential, as long as that is not made anew after all. */
  keepsCards(id: string, cards: readonly FormerCard[]): void {
    for (const { acsCredentialId } of cards) this.#ownerOfCard.set(acsCredentialId, id);
  }

  /** A create has answered. */
  created(what: string, id: string, inputs: Properties, outputs: Properties): void {
    this.sawWorkspace(what, outputs);
    this.claim(id);
    this.#created.add(keyOf(inputs));
    this.#refer(what, outputs);
    this.#joinGroups(id, inputs);
  }

  sawWorkspace(what: string, { workspaceId }: Properties): void {
    if (typeof workspaceId === "string" && !this.#workspaces.has(workspaceId)) {
      this.#workspaces.set(workspaceId, what);
    }
  }

  /**
   * Waits, once, until something that exists was compared: the new resource may be the first one of the program, and
   * nothing else tells in which workspace the stack is.
   */
  sawStack(): Promise<void> {
    this.#looked ??= this.#look();
    return this.#looked;
  }

  async #look(): Promise<void> {
    const began = Date.now();
    const patience = () => (this.#hasExisting ? this.#firstLook.existingMs : this.#firstLook.anythingMs);
    while (this.#workspaces.size === 0 && Date.now() - began < patience()) await sleep(LOOK_EVERY_MS);
  }

  /** @throws RefusedError where the stack's account has resources in two workspaces, one of them from a wrong key */
  assertOneWorkspace(): void {
    if (this.#workspaces.size < 2) return;
    const where = [...this.#workspaces].map(([id, what]) => `${what} in ${id}`).join(", ");
    throw new RefusedError(
      `The same account has resources in ${this.#workspaces.size} workspaces: ${where}. A run with the key of another workspace has made what is in the wrong one. With that key, take it away: \`pulumi destroy --target <URN>\`; then go on with the right key, and set seam:workspaceId, which keeps this from happening.`,
    );
  }

  /** Workspaces that resources of the stack are in, as far as this command came across them, each with one resource. */
  get workspaces(): ReadonlyMap<string, string> {
    return this.#workspaces;
  }

  /** Whether another resource that stays in the state has this object. */
  isHeldElsewhere(id: string): boolean {
    const owner = this.#ownerOfCard.get(id) ?? id;
    return (
      this.#claimed.has(id) || this.#held.has(owner) || (this.#adopted.has(id) && !this.#replaced.has(id))
    );
  }

  /** Whether a declared resource has this object, and keeps it. */
  isHeld(id: string): boolean {
    return this.#held.has(id) || this.#claimed.has(id);
  }

  /**
   * What declared resource hangs on this user or identity, for messages; `undefined` when none does.
   * @param kind only resources of this class
   */
  referenceTo(id: string, kind = ""): string | undefined {
    return [...(this.#references.get(id) ?? [])].find((what) => what.includes(kind));
  }

  /** Declared memberships in the group. */
  membershipsIn(acsAccessGroupId: string): readonly DeclaredMembership[] {
    return this.#memberships.filter((membership) => membership.acsAccessGroupId === acsAccessGroupId);
  }

  /** A change of the object has failed. */
  failed(id: string): void {
    this.#failed.add(id);
  }

  /** What was to take an object's place has failed. */
  failedToReplace(inputs: Properties): void {
    const key = keyOf(inputs);
    for (const [id, replacement] of this.#replaced) if (replacement === key) this.failed(id);
  }

  /** Whether the program may declare the membership anew, under another name: it was not told whose it is. */
  isMembershipInDoubt(acsAccessGroupId: string, member: string): boolean {
    return this.#groupsInDoubt.has(acsAccessGroupId) && this.#failed.has(member);
  }

  /** Whether a resource with these inputs takes the place of another one. */
  isReplacement(inputs: Properties): boolean {
    const key = keyOf(inputs);
    return [...this.#replaced.values()].includes(key) || this.roomMadeFor(inputs) !== undefined;
  }

  /**
   * Whether a delete makes room for a replacement that has not been made yet, and if so notes it.
   * @param declared the declared inputs of what is deleted
   */
  makesRoom(id: string, declared: Properties): boolean {
    const before = keyOf(declared);
    // With `--replace` nothing is compared: what is checked a second time, as something new, takes its place.
    const forced = [before, this.#changed.get(before)].find((key) => this.#fresh.has(key ?? ""));
    const replacement = this.#replaced.get(id) ?? forced;
    if (replacement === undefined || this.#created.has(replacement)) return false;
    this.#madeRoom.set(id, replacement);
    return true;
  }

  /** The id of what was deleted to make room for a resource with these inputs. */
  roomMadeFor(inputs: Properties): string | undefined {
    const key = keyOf(inputs);
    return [...this.#madeRoom].find(([, replacement]) => replacement === key)?.[0];
  }

  /** What plans replace by resources with these inputs, and has not been deleted before. */
  formersOf(inputs: Properties): readonly { readonly id: string; readonly outputs: Properties }[] {
    const key = keyOf(inputs);
    return [...this.#plans].flatMap(([id, { outputs, news }]) =>
      keyOf(news) === key && !this.#madeRoom.has(id) ? [{ id, outputs }] : [],
    );
  }

  /** The inputs of what a plan puts in an object's place. */
  replacementOf(id: string): Properties | undefined {
    return this.#plans.get(id)?.news;
  }

  /** Something of this kind was waited for, and did not come. */
  inVain(what: string): void {
    this.#inVain.set(what, this.timesInVain(what) + 1);
  }

  timesInVain(what: string): number {
    return this.#inVain.get(what) ?? 0;
  }

  /**
   * Somebody is outside after a planned change until a card is encoded. Told at once: a preview may end right after. Only
   * what the program asks for is a plan (a refresh compares, too), and an object may be compared more than once.
   */
  awaitsEncoding(what: string, id: string, news: Properties, count: number): void {
    if (count === 0 || this.#awaitingEncoding.has(id) || !(this.declares(news) || hasUnknown(news))) return;
    this.#awaitingEncoding.set(id, count);
    const total = [...this.#awaitingEncoding.values()].reduce((sum, cards) => sum + cards, 0);
    this.notice(
      `${what}: what it gave opens nothing after this change, until somebody encodes a new card for it with \`pulumi-seam encode\`. That makes ${total} in this run.`,
    );
  }

  /** Cards that were encoded go on beside what a plan makes in the place of an object; told at once, too. */
  goesOn(what: string, id: string, news: Properties, cards: readonly FormerCard[]): void {
    if (cards.length === 0 || this.#goingOn.has(id) || !(this.declares(news) || hasUnknown(news))) return;
    this.#goingOn.add(id);
    this.formerCards.goOn(news, cards);
    this.notice(
      `${what}: the card that was encoded for it goes on opening what it opens until somebody encodes the new one. The first \`pulumi up --refresh\` after that takes the old one away.`,
    );
  }

  /**
   * Inputs of which some only look as though they changed: a preview does not know the outputs of what it would update,
   * but an id stays when its object does.
   */
  withSameReferences(outputs: Properties, news: Properties): Properties {
    const same = REFERENCES.filter((name) => news[name] === UNKNOWN && this.isHeld(String(outputs[name])));
    return { ...news, ...Object.fromEntries(same.map((name) => [name, outputs[name]])) };
  }

  /** Whether inputs are known; not known yet may be what refers to an object that is surely made anew. */
  isToldOf(outputs: Properties, news: Properties): boolean {
    const isMadeAnew = (id: unknown) => this.#declared.has(this.#replaced.get(String(id)) ?? "");
    return Object.entries(news).every(
      ([name, value]) =>
        !hasUnknown(value) || (REFERENCES.some((known) => known === name) && isMadeAnew(outputs[name])),
    );
  }

  /** The object's planned update gives up a text that is unique in a workspace. */
  givesUp(unique: string, id: string): void {
    this.#givenUp.set(unique, id);
  }

  /** Whether an update of this run gives the text up. @param id only the update of this object */
  isGivenUp(unique: string, id = this.#givenUp.get(unique)): boolean {
    return id !== undefined && this.#givenUp.get(unique) === id;
  }

  /** Seam has deleted the object along with another one. */
  lose(id: string): void {
    this.#lost.add(id);
  }

  isLost(id: string): boolean {
    return this.#lost.has(id);
  }

  /** A user's own list of groups declares memberships, too. */
  #joinGroups(acsUserId: string, { acsAccessGroupIds }: Properties): void {
    if (!Array.isArray(acsAccessGroupIds)) return;
    for (const group of acsAccessGroupIds) {
      this.#memberships.push({ acsAccessGroupId: String(group), acsUserId });
    }
  }

  #refer(what: string, properties: Properties): void {
    for (const property of REFERENCES) {
      const id = properties[property];
      if (typeof id !== "string") continue;
      this.#references.set(id, (this.#references.get(id) ?? new Set()).add(what));
    }
  }
}
