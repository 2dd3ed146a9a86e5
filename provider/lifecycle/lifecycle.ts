import type { SeamClient } from "../http/client";
import type { Checked } from "../inputs/check";
import type { InputTable } from "../inputs/table";
import type { Properties } from "../values/record";

/**
 * One kind of resource, apart from any transport: plain functions over plain objects. `check` and `diff` do no
 * I/O; the others talk to Seam and may be called in parallel.
 */
export interface ResourceLifecycle {
  /** The class programs write, such as `AcsCredential`. */
  readonly name: string;
  readonly table: InputTable;
  /** @param exists whether the resource is there already: some inputs are only refused when it would be created */
  check(news: Properties, exists: boolean, now: Date): Checked;
  diff(outputs: Properties, news: Properties): Plan;
  /** @throws PartialFailure when it exists in Seam but is not as declared */
  create(seam: SeamClient, inputs: Properties): Promise<Created>;
  /** What Seam holds now, or `undefined` when the resource is gone. */
  read(seam: SeamClient, id: string, outputs: Properties): Promise<Observed | undefined>;
  /** @throws PartialFailure when it exists in Seam but is not as declared */
  update(seam: SeamClient, id: string, outputs: Properties, news: Properties): Promise<Properties>;
  /**
   * Objects in Seam that a create with these inputs would have made, as far as Seam shows it, whoever owns them:
   * how an interrupted create is found again.
   */
  findAlike(seam: SeamClient, inputs: Properties): Promise<readonly Alike[]>;
  /** Succeeds when it is gone already. */
  remove(seam: SeamClient, id: string, outputs: Properties, options: RemoveOptions): Promise<void>;
}

/** What an `up` would do to a resource that exists. */
export interface Plan {
  readonly changed: boolean;
  /** Properties that Seam cannot change in place. */
  readonly replaces: readonly string[];
  /** True when the old and the new one cannot exist together. */
  readonly deleteBeforeReplace: boolean;
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

export interface Alike {
  readonly id: string;
  /** By Seam's clock; `undefined` when Seam does not tell. */
  readonly createdAt: string | undefined;
}

export interface RemoveOptions {
  /** Wait (bounded) until it is really gone, because a replacement needs its place. */
  readonly awaitGone: boolean;
}
