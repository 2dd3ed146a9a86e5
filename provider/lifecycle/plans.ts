import { hasFailed } from "../values/failed";
import type { Properties } from "../values/record";
import { fits, hasUnknown } from "../values/unknown";
import { keyOf, looseKeyOf } from "./inputs-key";

interface Replacement {
  readonly outputs: Properties;
  readonly news: Properties;
  readonly key: string;
  /** Whether the plan does not know all inputs. */
  readonly isOpen: boolean;
}

/** What the program declares, what of it exists, and what takes the place of what: all by inputs, as Pulumi tells them. */
export class Plans {
  /** Inputs that were checked: Pulumi checks what the program declares, and nothing else. */
  readonly #declared = new Set<string>();
  /** Inputs of what was there before. */
  readonly #existing = new Set<string>();
  /** By name of the resource: all that were checked. */
  readonly #byName = new Map<string, Properties[]>();
  /** By loose key: inputs that were checked as those of something new. */
  readonly #fresh = new Map<string, string>();
  /** By loose key of the inputs of before: those that something that exists was checked with. */
  readonly #changed = new Map<string, string>();
  readonly #adopted = new Set<string>();
  readonly #notAdopted = new Set<string>();
  /** Objects that a create of this run made or took over. */
  readonly #claimed = new Set<string>();
  readonly #created = new Set<string>();
  /** Objects that a create of this run made, which were not there before. */
  readonly #made = new Set<string>();
  /** By id: declared inputs of what stays, or is updated in place. */
  readonly #held = new Map<string, string>();
  /** Objects that other processes of the command keep. */
  readonly #heldByOthers = new Set<string>();
  /** By id: what the engine has compared an object with. */
  readonly #news = new Map<string, Properties>();
  /** By id of what a plan replaces. */
  readonly #replaced = new Map<string, Replacement>();
  /** By what was deleted before its replacement: the inputs of the latter. */
  readonly #madeRoom = new Map<string, string>();

  /**
   * The program declares a resource: see `Run.checked`.
   * @returns ids of what was to stay, and is made anew after all
   */
  checked(name: string, inputs: Properties, exists: boolean, olds: Properties): readonly string[] {
    const key = keyOf(inputs);
    this.#declared.add(key);
    if (exists) this.#existing.add(key).add(keyOf(olds));
    if (exists) this.#changed.set(looseKeyOf(olds), key);
    else if (inputs["adopt"] !== undefined) this.#adopted.add(String(inputs["adopt"]));
    if (hasFailed(inputs)) return [];
    this.#byName.set(name, [...(this.#byName.get(name) ?? []), inputs]);
    if (exists) return [];
    this.#fresh.set(looseKeyOf(inputs), key);
    // Because somebody asked for it (`--replace`, `replaceOnChanges`).
    const anew = [...this.#held].filter(([, held]) => held === key).map(([id]) => id);
    for (const id of anew) this.#held.delete(id);
    return anew;
  }

  /** An object was compared, as a plan for it begins. */
  compared(id: string, news: Properties): void {
    this.#news.set(id, news);
  }

  /** A declared resource stays as it is, or is updated in place. */
  stays(id: string, news: Properties): void {
    this.#held.set(id, keyOf(news));
  }

  replaces(id: string, outputs: Properties, news: Properties): void {
    if (this.isPlanned(news)) {
      this.#replaced.set(id, { outputs, news, key: keyOf(news), isOpen: hasUnknown(news) });
    }
  }

  /** A create has answered. @param isMade whether the object was not there before */
  created(id: string, inputs: Properties, isMade: boolean): void {
    this.claim(id);
    if (isMade && inputs["adopt"] === undefined) this.#made.add(id);
    this.#created.add(keyOf(inputs));
  }

  /** A create of this run takes the object over. */
  claim(id: string): void {
    this.#claimed.add(id);
  }

  /** Another process keeps the object, or does not any more. */
  heldByOthers(id: string, isHeld: boolean): void {
    if (isHeld) this.#heldByOthers.add(id);
    else this.#heldByOthers.delete(id);
  }

  /** Whether a resource that was there before has these inputs. */
  exists(inputs: Properties): boolean {
    return this.#existing.has(keyOf(inputs));
  }

  isMade(id: string): boolean {
    return this.#made.has(id);
  }

  /** Whether the program has a resource with these inputs. */
  declares(inputs: Properties): boolean {
    return this.#declared.has(keyOf(inputs));
  }

  /** The inputs of all resources of this name, such as `AcsUser`, that the program declares. */
  declaredAs(name: string): readonly Properties[] {
    return this.#byName.get(name) ?? [];
  }

  /** What the object's own resource is to be, if the program has one. */
  newsOf(id: string): Properties | undefined {
    return this.#news.get(id);
  }

  /** Whether the program has, or may have, a resource with these inputs: a refresh compares with what the state has. */
  isPlanned(news: Properties): boolean {
    return this.declares(news) || hasUnknown(news);
  }

  /** Whether a declared resource has this object, and keeps it. */
  isHeld(id: string): boolean {
    return this.#held.has(id) || this.#claimed.has(id) || this.#heldByOthers.has(id);
  }

  /** The create that was to take the object over has failed. */
  notAdopted(id: string): void {
    this.#notAdopted.add(id);
  }

  /** Whether a resource that is declared as new takes this object over, which no plan replaces. */
  isAdopted(id: string): boolean {
    return this.#isToBeAdopted(id) && !this.#notAdopted.has(id);
  }

  isAdoptionRefused(id: string): boolean {
    return this.#isToBeAdopted(id) && this.#notAdopted.has(id);
  }

  #isToBeAdopted(id: string): boolean {
    return this.#adopted.has(id) && !this.#replaced.has(id);
  }

  /** Whether the object is surely made anew. */
  isMadeAnew(id: string): boolean {
    return this.#declared.has(this.#replaced.get(id)?.key ?? "");
  }

  /** Whether a resource with these inputs takes the place of another one, or takes over what is replaced. */
  isReplacement(inputs: Properties): boolean {
    const adopted = String(inputs["adopt"]);
    if (this.#replaced.has(adopted) || this.#madeRoom.has(adopted)) return true;
    const key = keyOf(inputs);
    return [...this.#replaced.values()].some((one) => one.key === key) || this.#roomOf(key) !== undefined;
  }

  /**
   * Whether a delete makes room for a replacement that has not been made yet, and if so notes it.
   * @param declared the declared inputs of what is deleted
   */
  makesRoom(id: string, declared: Properties): boolean {
    const before = looseKeyOf(declared);
    // With `--replace` nothing is compared: what is checked a second time, as something new, takes its place.
    const changed = this.#changed.get(before);
    const forced = this.#fresh.get(before) ?? [...this.#fresh.values()].find((key) => key === changed);
    const replacement = this.#replaced.get(id)?.key ?? forced;
    if (replacement === undefined || this.#created.has(replacement)) return false;
    this.#madeRoom.set(id, replacement);
    return true;
  }

  /** The id of what was deleted to make room for a resource with these inputs, if that is sure. */
  roomMadeFor(inputs: Properties): string | undefined {
    const [first, ...others] = this.roomsFor(inputs);
    return this.#roomOf(keyOf(inputs)) ?? (others.length === 0 ? first : undefined);
  }

  /** Ids of what was deleted to make room, as it may be for a resource with these inputs: a plan may not know all. */
  roomsFor(inputs: Properties): readonly string[] {
    const replaced = new Set(this.replacedBy(inputs).map(({ id }) => id));
    const key = keyOf(inputs);
    return [...this.#madeRoom].flatMap(([id, room]) => (room === key || replaced.has(id) ? [id] : []));
  }

  #roomOf(key: string): string | undefined {
    return [...this.#madeRoom].find(([, replacement]) => replacement === key)?.[0];
  }

  /** What plans replace by resources with these inputs, and has not been deleted before. */
  formersOf(inputs: Properties): readonly { readonly id: string; readonly outputs: Properties }[] {
    return this.replacedBy(inputs).filter(({ id }) => !this.#madeRoom.has(id));
  }

  /** The plan for what is deleted, as far as it is sure, before what takes its place is made. */
  goesFirst(id: string): { readonly outputs: Properties; readonly news: Properties } | undefined {
    const plan = this.#replaced.get(id);
    return plan && !plan.isOpen && !this.#created.has(plan.key) ? plan : undefined;
  }

  /** The inputs of what a plan puts in an object's place. */
  replacementOf(id: string): Properties | undefined {
    return this.#replaced.get(id)?.news;
  }

  /** What plans replace, or may replace as far as they know, by resources with these inputs. */
  replacedBy(inputs: Properties): { readonly id: string; readonly outputs: Properties }[] {
    const key = keyOf(inputs);
    return [...this.#replaced].flatMap(([id, { key: planned, news, isOpen, outputs }]) =>
      planned === key || (isOpen && fits(news, inputs)) ? [{ id, outputs }] : [],
    );
  }
}
