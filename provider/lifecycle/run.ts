import { FAILED, hasFailed } from "../values/failed";
import type { Properties } from "../values/record";
import { hasUnknown, UNKNOWN } from "../values/unknown";
import { ComingUsers } from "./coming-users";
import { DeclaredMemberships } from "./declared-memberships";
import { EncodingNotices } from "./encoding-notices";
import { FormerCards, formerCardsOf } from "./former-cards";
import { looseKeyOf } from "./inputs-key";
import type { Neighbours } from "./neighbours";
import { Plans } from "./plans";
import { RosterCards } from "./roster-cards";
import { SHARED } from "./shared";
import { type FirstLook, NO_LOOK, StackWorkspaces } from "./stack-workspaces";

/** Inputs and outputs by which a resource hangs on another of Seam's objects. */
export const REFERENCES = ["acsUserId", "userIdentityId"] as const;

/** The properties by which a process tells others what is declared. */
const TOLD = [...REFERENCES, "acsAccessGroupId", "acsAccessGroupIds"] as const;

/**
 * What one Pulumi command has shown so far of the program and the stack. Pulumi deletes last: by then every resource
 * that the program still declares was checked and compared, so a delete can see whether what it would take away is
 * still declared under another name or by another provider. Less is known with `--target`, for what is deleted before
 * it is replaced, and in a destroy, where nothing is declared: there every delete goes through.
 */
export class Run {
  readonly workspaces: StackWorkspaces;
  readonly plans = new Plans();
  readonly memberships = new DeclaredMemberships();
  /** Cards that go on beside those in their place. */
  readonly formerCards = new FormerCards();
  /** The cards of rosters. */
  readonly rosterCards = new RosterCards();
  readonly encodingNotices: EncodingNotices;
  readonly comingUsers = new ComingUsers();
  /** People that a roster of this run leaves out. */
  readonly leaving = new Set<string>();
  /** Tells the user something that is no failure. */
  readonly notice: (text: string) => void;
  /** By id: what declared resources hang on the object. */
  readonly #references = new Map<string, Set<string>>();
  /** By unique text, such as an e-mail address: the object whose update gives it up. */
  readonly #givenUp = new Map<string, string>();
  readonly #answers = new Map<string, Promise<unknown>>();
  readonly #inVain = new Map<string, number>();
  /** Objects that an update, or the create of what replaces them, has failed for. */
  readonly #failed = new Set<string>();
  /** Objects that Seam deletes along with another one, by what that is. */
  readonly #lost = new Map<string, string>();

  readonly #neighbours: Neighbours | undefined;

  /** @param neighbours other processes of the same command */
  constructor(
    notice: (text: string) => void = () => undefined,
    firstLook: FirstLook = NO_LOOK,
    neighbours?: Neighbours,
  ) {
    this.notice = notice;
    this.#neighbours = neighbours;
    this.encodingNotices = new EncodingNotices(notice);
    this.workspaces = new StackWorkspaces(firstLook);
  }

  /**
   * The program declares a resource.
   * @param name such as `AcsUser`
   * @param exists false for one that would be created, or made anew
   * @param olds the inputs that it had before
   */
  checked(name: string, inputs: Properties, exists: boolean, olds: Properties = {}): void {
    const madeAnew = this.plans.checked(name, inputs, exists, olds);
    this.memberships.checked(inputs);
    if (exists) this.workspaces.expect();
    const { userIdentityId } = inputs;
    const isComing = name === "AcsUser" && !exists && !hasFailed(inputs);
    if (isComing && typeof userIdentityId === "string" && userIdentityId !== UNKNOWN)
      this.comingUsers.announce(looseKeyOf(inputs), userIdentityId);
    if (hasFailed(inputs)) return;
    const what = `${/^[AEIO]/.test(name) ? "an" : "a"} ${name}`;
    this.#refer(what, inputs);
    this.#tell(what, inputs);
    for (const id of madeAnew) this.#neighbours?.tell({ what, id, isGivenUp: true, ids: {} });
  }

  /**
   * A resource that exists was compared: with the program's inputs, if those were checked. A refresh compares, too, with
   * what the state has; and where something is deleted before its replacement, what hangs on it is compared with an
   * id that is not known. Neither says that the program still declares it.
   */
  compared(what: string, id: string, outputs: Properties, news: Properties, isReplaced: boolean): void {
    this.workspaces.saw(what, outputs);
    this.plans.compared(id, news);
    if (isReplaced) {
      this.plans.replaces(id, outputs, news);
      return;
    }
    if (!this.plans.declares(news)) return;
    this.plans.stays(id, news);
    const known = Object.entries(news).filter(([, value]) => value !== FAILED);
    const declared = { ...outputs, ...Object.fromEntries(known) };
    this.#refer(what, declared, id);
    this.memberships.joined(id, news);
    // Groups that the program has taken out may still be among the outputs.
    this.#tell(what, { ...declared, acsAccessGroupIds: news["acsAccessGroupIds"] }, id);
  }

  /** A create has answered. */
  created(what: string, id: string, inputs: Properties, outputs: Properties): void {
    this.workspaces.saw(what, outputs);
    this.plans.created(id, inputs, outputs[SHARED] !== true);
    this.#refer(what, outputs, id);
    this.memberships.joined(id, inputs);
    this.#tell(what, { ...outputs, ...inputs }, id);
  }

  /** Learns what other processes of the same command declare. */
  hear(): void {
    for (const told of this.#neighbours?.news() ?? []) {
      const { what, id, ids, isGivenUp, cards = [], lostAlong, losesNothing } = told;
      this.memberships.checked(ids);
      this.#refer(what, ids, id);
      if (id === undefined) continue;
      if (lostAlong !== undefined) this.#lost.set(id, lostAlong);
      if (losesNothing) this.#findAgain(id);
      if (lostAlong !== undefined || losesNothing) continue;
      this.plans.heldByOthers(id, isGivenUp !== true);
      this.memberships.joined(id, ids);
      this.formerCards.keep(
        id,
        cards.map((acsCredentialId) => ({ acsCredentialId })),
      );
    }
  }

  /** Whether another resource that stays in the state has this object. */
  isHeldElsewhere(id: string): boolean {
    const owner = this.formerCards.ownerOf(id) ?? id;
    return this.plans.isHeld(id) || this.plans.isHeld(owner) || this.plans.isAdopted(id);
  }

  /**
   * What declared resource hangs on this user or identity, for messages; `undefined` when none does.
   * @param kind only resources of this class
   */
  referenceTo(id: string, kind = ""): string | undefined {
    return [...(this.#references.get(id) ?? [])].find((what) => what.includes(kind));
  }

  /** Whether declared resources of this class hang on anything. */
  hasReferencesOf(kind: string): boolean {
    return [...this.#references.values()].some((all) => [...all].some((what) => what.includes(kind)));
  }

  /** A change of the object has failed. */
  failed(id: string): void {
    this.#failed.add(id);
  }

  /** What was to take an object's place has failed. */
  failedToReplace(inputs: Properties): void {
    for (const { id } of this.plans.replacedBy(inputs)) this.failed(id);
  }

  /** Whether the program may declare the membership anew, under another name: it was not told whose it is. */
  isMembershipInDoubt(acsAccessGroupId: string, member: string): boolean {
    return this.memberships.isInDoubt(acsAccessGroupId) && this.#failed.has(member);
  }

  /** Something of this kind was waited for, and did not come. */
  inVain(what: string): void {
    this.#inVain.set(what, this.timesInVain(what) + 1);
  }

  timesInVain(what: string): number {
    return this.#inVain.get(what) ?? 0;
  }

  /**
   * Inputs of which some only look as though they changed: a preview does not know the outputs of what it would update,
   * but an id stays when its object does.
   */
  withSameReferences(outputs: Properties, news: Properties): Properties {
    const same = REFERENCES.filter(
      (name) => news[name] === UNKNOWN && this.plans.isHeld(String(outputs[name])),
    );
    return { ...news, ...Object.fromEntries(same.map((name) => [name, outputs[name]])) };
  }

  /** Whether inputs are known; not known yet may be what refers to an object that is surely made anew. */
  isToldOf(outputs: Properties, news: Properties): boolean {
    return Object.entries(news).every(
      ([name, value]) =>
        !hasUnknown(value) ||
        (REFERENCES.some((known) => known === name) && this.plans.isMadeAnew(String(outputs[name]))),
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

  /** Asks once in a run. */
  once<T>(question: string, ask: () => Promise<T>): Promise<T> {
    const answer = (this.#answers.get(question) as Promise<T> | undefined) ?? ask();
    this.#answers.set(question, answer);
    return answer;
  }

  /** Seam deletes the object along with another one. */
  lose(id: string, along: string): void {
    this.#lost.set(id, along);
    this.#neighbours?.tell({ what: id, id, lostAlong: along, ids: {} });
  }

  /** The other one stays: its deletion has failed. */
  loseNothing(along: string): void {
    if (this.#findAgain(along))
      this.#neighbours?.tell({ what: along, id: along, losesNothing: true, ids: {} });
  }

  isLost(id: string): boolean {
    return this.#lost.has(id);
  }

  /** @returns whether something was lost along with the object */
  #findAgain(along: string): boolean {
    const found = [...this.#lost].filter(([, other]) => other === along);
    for (const [id] of found) this.#lost.delete(id);
    return found.length > 0;
  }

  #tell(what: string, properties: Properties, id?: string): void {
    const ids = Object.fromEntries(TOLD.map((name) => [name, properties[name]]));
    const cards = formerCardsOf(properties).map(({ acsCredentialId }) => acsCredentialId);
    this.#neighbours?.tell({ what, id, ids, cards });
  }

  /** @param own the id of the resource's object, which its outputs name, too */
  #refer(what: string, properties: Properties, own?: string): void {
    for (const property of REFERENCES) {
      const id = properties[property];
      if (typeof id !== "string" || id === own) continue;
      this.#references.set(id, (this.#references.get(id) ?? new Set()).add(what));
    }
  }
}
