import { type Emulator, type FaultRule, startEmulator, type WorkspaceView } from "../../emulator";
import { FAILED } from "../../provider/values/failed";
import { nameInUrn } from "../../provider/values/urn";
import type { Door } from "../doors/in-process";
import { Judge } from "./judge";
import { MiniEngine, type Outcome, type UpOptions } from "./mini-engine";
import { type Declaration, KIND_OF_TYPE, type Program } from "./program";
import { idsIn, SEED, SLOT_NAMES, type SlotName, slotOf } from "./universe";

/** What a person, Seam, or bad luck may do. */
export type Step =
  | { readonly do: "declare"; readonly slot: SlotName; readonly variant: number }
  | { readonly do: "remove" | "twin" | "fail"; readonly slot: SlotName }
  | { readonly do: "rename"; readonly slot: SlotName; readonly isAliased: boolean }
  | { readonly do: "drift"; readonly nth: number; readonly isDeleted: boolean }
  | { readonly do: "sicken"; readonly nth: number }
  | { readonly do: "heal" | "refresh" }
  | { readonly do: "fault"; readonly rule: FaultRule }
  | { readonly do: "up"; readonly refresh: boolean; readonly continueOnError: boolean }
  | { readonly do: "target" | "replace"; readonly slots: readonly SlotName[] }
  | { readonly do: "kill"; readonly at: number }
  | { readonly do: "foreign"; readonly command: "up" | "refresh" | "destroy" };

interface Place {
  readonly slot: SlotName;
  readonly variant: number;
  readonly aliases?: readonly string[];
}

/** One world: an emulator, an engine with its state, and the program as it is declared now. */
export class World {
  readonly #seam: Emulator;
  readonly #north: WorkspaceView;
  readonly #south: WorkspaceView;
  readonly #engine: MiniEngine;
  readonly #places = new Map<string, Place>();
  readonly #southBefore: object;
  readonly #judge: Judge;
  readonly #adopted: string;
  /** Seam was changed by hand since the last whole refresh: the state may have what is gone. */
  #isStale = false;

  private constructor(door: Door, seam: Emulator, adopted: string) {
    this.#seam = seam;
    [this.#north, this.#south] = ["north", "south"].map((key) => seam.workspaces.get(key)) as [
      WorkspaceView,
      WorkspaceView,
    ];
    this.#engine = new MiniEngine(door, { endpoint: seam.url, apiKey: this.#north.apiKey });
    this.#adopted = adopted;
    this.#judge = new Judge(this.#engine, this.#north);
    this.#southBefore = this.#south.snapshot();
  }

  static async begin(door: Door): Promise<World> {
    const seam = (await startEmulator({ seed: SEED })) as unknown as Emulator;
    const { ids, apiKey } = seam.workspaces.get("north") as WorkspaceView;
    const body = {
      access_method: "code",
      acs_user_id: ids.acsUsers["office/ben"],
      ends_at: "2040-01-01T00:00:00Z",
    };
    const reply = await fetch(`${seam.url}/acs/credentials/create`, {
      method: "POST",
      headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json" },
      body: JSON.stringify({ ...body, code: "909090" }),
    });
    const made = (await reply.json()) as { acs_credential: { acs_credential_id: string } };
    return new World(door, seam, made.acs_credential.acs_credential_id);
  }

  end(): Promise<void> {
    return this.#seam.close();
  }

  async take(step: Step): Promise<unknown> {
    switch (step.do) {
      case "declare":
        return this.#declare(step.slot, step.variant);
      case "remove":
        return this.#remove(step.slot);
      case "twin":
        return this.#twin(step.slot);
      case "rename":
        return this.#rename(step.slot, step.isAliased);
      case "drift":
        return this.#drift(step.nth, step.isDeleted);
      case "sicken":
        return this.#sicken(step.nth);
      case "heal":
        return this.#heal();
      case "fault":
        return this.#seam.faults.add(step.rule);
      case "refresh":
        return this.#refresh();
      case "up":
        return this.#up(step);
      case "target":
        return this.#up({ targets: this.#namesOf(step.slots) });
      case "replace":
        return this.#up({ replace: this.#namesOf(step.slots) });
      case "fail":
        return this.#up({}, step.slot);
      case "kill":
        return this.#kill(step.at);
      case "foreign":
        return this.#foreign(step.command);
    }
  }

  /** The end of every story: without faults, refresh and up bring Seam to what is declared, and nothing is left to do. */
  async converge(): Promise<void> {
    this.#seam.faults.clear();
    this.#heal();
    expect((await this.#engine.refresh()).failures).toEqual([]);
    this.#isStale = false;
    this.#forgetRefused();
    expect((await this.#up({})).map(({ message }) => message)).toEqual([]);
    // Where a system has given no PIN, the next run looks once more.
    expect((await this.#engine.up(this.#program())).failures).toEqual([]);
    this.#seam.requests.clear();
    expect((await this.#engine.up(this.#program())).failures).toEqual([]);
    expect(this.#seam.requests.counts()).toEqual({});
    expect(this.#south.snapshot()).toEqual(this.#southBefore);
  }

  /** A program that would take over what is not there, or not as declared, is refused for ever. */
  #forgetRefused(): void {
    const { ends_at } =
      this.#north.credentials().find((one) => one.acs_credential_id === this.#adopted) ?? {};
    for (const [name, { slot, variant, aliases = [] }] of this.#places) {
      const isKnown = [name, ...aliases].some((known) => this.#engine.find(known));
      const isAsDeclared = variant !== 2 && ends_at === "2040-01-01T00:00:00.000Z";
      if (slot === "adopted" && !isKnown && !isAsDeclared) this.#places.delete(name);
    }
  }

  #declare(slot: SlotName, variant: number): void {
    for (const reference of Object.values(slotOf(slot).references ?? {})) {
      if (this.#named(reference.slot).length === 0) this.#declare(reference.slot, 0);
    }
    if (slot === "stay") this.#keepAddressFree();
    const isTaken = slot === "employee" && this.#isAddressTaken();
    const [name = `${slot}-1`, twin] = this.#named(slot);
    if (twin !== undefined) this.#places.delete(twin);
    this.#places.set(name, { ...this.#places.get(name), slot, variant: isTaken ? 1 : variant });
  }

  /** A lock system refuses a second user with an address: Seam makes one for a guest, unless it finds an employee's. */
  #isAddressTaken(): boolean {
    const isOwned = (id: unknown) => this.#engine.resources.some((resource) => resource.id === id);
    const isStay = ({ urn }: { urn: string }) => nameInUrn(urn).startsWith("stay");
    const hasAddress = (user: { email_address?: unknown }) => user.email_address === "gus@example.com";
    return (
      this.#named("stay").length > 0 ||
      this.#engine.resources.some(isStay) ||
      this.#north.users().some((user) => hasAddress(user) && !isOwned(user.acs_user_id))
    );
  }

  #keepAddressFree(): void {
    for (const name of this.#named("employee")) {
      const isThere = this.#engine.find(name)?.outputs?.["emailAddress"] !== undefined;
      if (!isThere) this.#places.set(name, { slot: "employee", variant: 1 });
    }
  }

  #remove(slot: SlotName): void {
    for (const name of this.#named(slot)) this.#places.delete(name);
    for (const other of SLOT_NAMES) {
      const references = Object.values(slotOf(other).references ?? {});
      if (references.some((reference) => reference.slot === slot)) this.#remove(other);
    }
  }

  #twin(slot: SlotName): void {
    const [name] = this.#named(slot);
    const place = name === undefined ? undefined : this.#places.get(name);
    if (place && slotOf(slot).hasTwins) this.#places.set(`${slot}-twin`, { slot, variant: place.variant });
  }

  #rename(slot: SlotName, isAliased: boolean): void {
    const [name] = this.#named(slot);
    const place = name === undefined ? undefined : this.#places.get(name);
    if (name === undefined || !place) return;
    this.#places.delete(name);
    const after = name.endsWith("-1") ? `${slot}-2` : `${slot}-1`;
    const before = [name, ...(place.aliases ?? [])].filter((alias) => alias !== after);
    const aliases = isAliased || slotOf(slot).isUnique ? { aliases: before } : {};
    this.#places.set(after, { slot, variant: place.variant, ...aliases });
  }

  #named(slot: SlotName): string[] {
    return [...this.#places].filter(([, place]) => place.slot === slot).map(([name]) => name);
  }

  #namesOf(slots: readonly SlotName[]): Set<string> {
    return new Set(slots.flatMap((slot) => ["1", "2", "twin"].map((suffix) => `${slot}-${suffix}`)));
  }

  /** @param failing a slot of which an input could not be had */
  #program(failing?: SlotName): Program {
    const declarations = [...this.#places].map(([name, place]): [string, Declaration] => {
      const { kind, references = {}, ...slot } = slotOf(place.slot);
      const inputs = slot.inputs(this.#north, place.variant);
      const isAdopted = place.slot === "adopted";
      const [first] = Object.keys(inputs).filter((property) => property.endsWith("Id"));
      return [
        name,
        {
          kind,
          inputs: {
            ...inputs,
            ...(isAdopted && { adopt: this.#adopted }),
            ...(place.slot === failing && first && { [first]: FAILED }),
          },
          references: Object.fromEntries(
            Object.entries(references).map(([property, { slot, output }]) => [
              property,
              { of: this.#named(slot)[0] as string, output },
            ]),
          ),
          ...(place.aliases && { aliases: place.aliases }),
          // As the SDK does it.
          ...(["code", "accessGrantKey", "emailAddress", "phoneNumber", "userIdentityKey"].some(
            (property) => inputs[property] !== undefined,
          ) && { deleteFirst: true }),
        },
      ];
    });
    const isFirst = ([, { references = {} }]: [string, Declaration]) => Object.keys(references).length === 0;
    return new Map([...declarations.filter(isFirst), ...declarations.filter((one) => !isFirst(one))]);
  }

  async #up(options: UpOptions, failing?: SlotName): Promise<Outcome["failures"]> {
    const program = this.#program(failing);
    const held = this.#judge.held(program);
    const outcome = await this.#engine.up(program, options);
    this.#judge.judge(outcome, program, held, options);
    const isWhole = outcome.failures.length === 0 && !options.targets && failing === undefined;
    if (isWhole && options.refresh) this.#isStale = false;
    if (isWhole && !this.#isStale) this.#judge.isAsDeclared(program);
    return outcome.failures;
  }

  async #refresh(): Promise<void> {
    const { failures } = await this.#engine.refresh();
    if (failures.length === 0) this.#isStale = false;
  }

  #drift(nth: number, isDeleted: boolean): void {
    const { resources } = this.#engine;
    const resource = resources[nth % Math.max(1, resources.length)];
    if (!resource?.id) return;
    this.#isStale = true;
    const { edit } = this.#north;
    const { id, type, outputs = {} } = resource;
    if (KIND_OF_TYPE.get(type) === "AcsAccessGroupMembership") {
      const user = this.#north
        .users()
        .find((one) =>
          outputs["acsUserId"]
            ? one.acs_user_id === outputs["acsUserId"]
            : one.user_identity_id === outputs["userIdentityId"],
        );
      if (user) edit.removeFromAccessGroup(String(outputs["acsAccessGroupId"]), String(user.acs_user_id));
      return;
    }
    if (!idsIn(this.#north.snapshot()).includes(id)) return;
    // Without the employee Seam makes a user with the address; with another name it is another guest's.
    const isShared = /^(employee|guest|keyed)-/.test(nameInUrn(resource.urn));
    if (isShared) return;
    if (isDeleted) {
      this.#judge.removeByHand(id);
      return;
    }
    const ends_at = "2050-01-01T00:00:00.000Z";
    if (KIND_OF_TYPE.get(type) === "AcsCredential") edit.acsCredential(id, { ends_at });
    if (KIND_OF_TYPE.get(type) === "AccessGrant") edit.accessGrant(id, { ends_at });
    if (KIND_OF_TYPE.get(type) === "AcsUser") edit.acsUser(id, { full_name: "Somebody Else" });
    if (KIND_OF_TYPE.get(type) === "UserIdentity") edit.userIdentity(id, { full_name: "Somebody Else" });
  }

  /** An error that lasts until somebody does something about it. */
  #sicken(nth: number): void {
    const ids = this.#engine.resources.map(({ id }) => String(id));
    const live = this.#north.credentials().filter((one) => ids.includes(String(one.acs_credential_id)));
    const id = live[nth % Math.max(1, live.length)]?.acs_credential_id;
    const created_at = "2030-01-01T00:00:00.000Z";
    const errors = [{ error_code: "failed_to_set", message: "The lock is away", created_at }];
    if (id !== undefined) this.#north.edit.acsCredential(id, { errors });
  }

  #heal(): void {
    for (const { acs_credential_id: id } of this.#north.credentials())
      this.#north.edit.acsCredential(id, { errors: [] });
  }

  async #kill(killedAt: number): Promise<void> {
    const program = this.#program();
    await this.#engine.up(program, { killedAt });
    this.#seam.faults.clear();
    // A person who cannot know better takes any of several, and deletes those that nobody needs.
    const likely = new Set<string>();
    await this.#engine.recover(({ candidates }) => {
      for (const { id } of candidates) likely.add(id);
      return String(candidates[0]?.id);
    });
    this.#isStale = true;
    for (const id of this.#judge.unowned()) if (likely.has(id)) this.#judge.removeByHand(id);
    expect(this.#judge.unowned()).toEqual([]);
  }

  /** Whatever the command: with a key of south it does nothing, to neither workspace nor to the state. */
  async #foreign(command: "up" | "refresh" | "destroy"): Promise<void> {
    const { resources } = this.#engine;
    // A provider sees of the state what the program still has: where all is new, only `seam:workspaceId` tells.
    const isSeen = [...this.#program()].some(
      ([name, { references = {} }]) => this.#engine.find(name) && Object.keys(references).length === 0,
    );
    if (resources.length === 0 || (command === "up" && !isSeen)) return;
    const before = { north: this.#north.snapshot(), ids: resources.map(({ id }) => id) };
    this.#seam.faults.clear();
    const options = { settings: { apiKey: this.#south.apiKey } };
    if (command === "up") await this.#engine.up(this.#program(), options);
    else await this.#engine[command](options);
    expect({ north: this.#north.snapshot(), ids: this.#engine.resources.map(({ id }) => id) }).toEqual(
      before,
    );
    expect(this.#south.snapshot()).toEqual(this.#southBefore);
  }
}
