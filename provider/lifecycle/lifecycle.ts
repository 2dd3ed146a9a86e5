import type { SeamClient } from "../http/client";
import type { Checked } from "../inputs/problem";
import type { InputTable } from "../inputs/table";
import type { Properties } from "../values/record";
import type { FormerCard } from "./former-cards";
import type { Run } from "./run";

/**
 * One kind of resource, apart from any transport: plain functions over plain objects. `check` and `diff` do no
 * I/O; the others talk to Seam and may be called in parallel. `run` is what the command has shown so far.
 */
export interface ResourceLifecycle {
  /** Of an identity without a user in the access system, Seam makes one for it. */
  readonly needsUser?: true;
  /** The class programs write, such as `AcsCredential`. */
  readonly name: string;
  readonly table: InputTable;
  /** @param olds inputs of before; `undefined` where it would be created: some inputs are only refused then */
  check(news: Properties, olds: Properties | undefined, now: Date): Checked;
  diff(outputs: Properties, news: Properties): Plan;
  /** @throws PartialFailure when it exists in Seam but is not as declared */
  create(seam: SeamClient, inputs: Properties, run: Run): Promise<Created>;
  /** What Seam holds now, or `undefined` when the resource is gone. */
  read(seam: SeamClient, id: string, outputs: Properties, run: Run): Promise<Observed | undefined>;
  /** What Seam shows of an object's inputs elsewhere, or otherwise, than in the outputs of one that is read by its id alone. */
  alsoShown?(seam: SeamClient, id: string, outputs: Properties): Promise<Properties>;
  /** @throws PartialFailure when it exists in Seam but is not as declared */
  update(seam: SeamClient, id: string, outputs: Properties, news: Properties, run: Run): Promise<Properties>;
  /**
   * Objects in Seam that a create with these inputs would have made, as far as Seam shows it, whoever owns them:
   * how an interrupted create is found again.
   */
  findAlike(seam: SeamClient, inputs: Properties): Promise<readonly Alike[]>;
  /**
   * Why Seam has to keep the object although its resource leaves the stack: something that the program declares hangs
   * on it. `undefined` when nothing does.
   */
  reasonToKeep?(
    seam: SeamClient,
    id: string,
    outputs: Properties,
    options: RemoveOptions,
  ): Promise<Kept | undefined>;
  /** Succeeds when it is gone already. */
  remove(seam: SeamClient, id: string, outputs: Properties, options: RemoveOptions): Promise<void>;
  /**
   * How many ways in that work now open nothing after a change, until somebody encodes a card.
   * @param isReplaced whether the object is made anew
   */
  awaitsEncoding?(outputs: Properties, news: Properties, isReplaced: boolean): number;
  /** Cards of an object that is made anew which go on until the new one is encoded. */
  outlivingCards?(outputs: Properties, news: Properties): readonly FormerCard[];
  /** Texts of these inputs that only one object in a workspace can have, such as `emailAddress ada@example.com`. */
  uniqueTexts?(inputs: Properties): readonly string[];
}

/** What an `up` would do to a resource that exists. */
export interface Plan {
  readonly changed: boolean;
  /** Properties that Seam cannot change in place. */
  readonly replaces: readonly string[];
  /** True when the old and the new one cannot exist together. */
  readonly deleteBeforeReplace: boolean;
  /** The program is as it was: what calls for the change is in the outputs alone. */
  readonly isInOutputs?: true;
}

/** The output that is the id of the resource's own object, such as `acsCredentialId`; a membership has none. */
export function ownIdName({ name }: ResourceLifecycle): string {
  return `${name[0]?.toLowerCase()}${name.slice(1)}Id`;
}

/** Nothing to do, as for nearly every resource of nearly every run. */
export const UNCHANGED: Plan = { changed: false, replaces: [], deleteBeforeReplace: false };

export interface Created {
  readonly id: string;
  readonly outputs: Properties;
}

export interface Observed {
  readonly outputs: Properties;
  /** Exactly the declared properties, with Seam's values where they drifted. */
  readonly inputs: Properties;
}

/** What an object is as a resource, of which only an id was known. */
export interface Imported extends Observed {
  /** Its present one: Seam takes a former id of an identity, too. */
  readonly id: string;
}

export interface Alike {
  readonly id: string;
  /** By Seam's clock; `undefined` when Seam does not tell. */
  readonly createdAt: string | undefined;
  /** Found by a key that no other object can have. */
  readonly isUnique?: boolean;
}

export interface Kept {
  /** A sentence for the user; left out where nothing changes for anybody. */
  readonly message?: string;
}

export interface RemoveOptions {
  readonly run: Run;
  /** Wait (bounded) until it is really gone, because a replacement needs its place. */
  readonly awaitGone: boolean;
}
