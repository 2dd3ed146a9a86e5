import { setTimeout as sleep } from "node:timers/promises";
import type { Properties } from "../values/record";
import { RefusedError } from "./errors";

/** How long the first create of a run waits for what exists. */
export interface FirstLook {
  /** For a check of something that exists: Pulumi checks what a program declares in quick succession. */
  readonly anythingMs: number;
  /** For its comparison, which follows the check. */
  readonly existingMs: number;
}

/** What a command of Pulumi's needs. */
export const FIRST_LOOK: FirstLook = { anythingMs: 250, existingMs: 1_000 };
export const NO_LOOK: FirstLook = { anythingMs: 0, existingMs: 0 };
const LOOK_EVERY_MS = 20;

/** The workspaces that resources of the stack are in, as far as a run came across them: there must be one. */
export class StackWorkspaces {
  /** By id of the workspace: a resource that the state has in it. */
  readonly #seen = new Map<string, string>();
  readonly #firstLook: FirstLook;
  #hasExisting = false;
  #looked: Promise<void> | undefined;

  constructor(firstLook: FirstLook) {
    this.#firstLook = firstLook;
  }

  /** Something that exists is going to be compared. */
  expect(): void {
    this.#hasExisting = true;
  }

  saw(what: string, { workspaceId }: Properties): void {
    if (typeof workspaceId === "string" && !this.#seen.has(workspaceId)) this.#seen.set(workspaceId, what);
  }

  /** Each workspace with one resource. */
  get seen(): ReadonlyMap<string, string> {
    return this.#seen;
  }

  /**
   * Waits, once, until something that exists was compared: the new resource may be the first one of the program, and
   * nothing else tells in which workspace the stack is.
   */
  firstSeen(): Promise<void> {
    this.#looked ??= this.#look();
    return this.#looked;
  }

  async #look(): Promise<void> {
    const began = Date.now();
    const patience = () => (this.#hasExisting ? this.#firstLook.existingMs : this.#firstLook.anythingMs);
    while (this.#seen.size === 0 && Date.now() - began < patience()) await sleep(LOOK_EVERY_MS);
  }

  /** @throws RefusedError where the stack's account has resources in two workspaces, one of them from a wrong key */
  assertOne(): void {
    if (this.#seen.size < 2) return;
    const where = [...this.#seen].map(([id, what]) => `${what} in ${id}`).join(", ");
    throw new RefusedError(
      `The same account has resources in ${this.#seen.size} workspaces: ${where}. A run with the key of another workspace has made what is in the wrong one. With that key, take it away: \`pulumi destroy --target <URN>\`; then go on with the right key, and set seam:workspaceId, which keeps this from happening.`,
    );
  }
}
