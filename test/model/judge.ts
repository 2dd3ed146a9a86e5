import type { WorkspaceView } from "../../emulator";
import { FAILED } from "../../provider/values/failed";
import { nameInUrn } from "../../provider/values/urn";
import type { MiniEngine, Outcome, UpOptions } from "./mini-engine";
import { type Declaration, KIND_OF_TYPE, type Program, type Properties } from "./program";
import { holds, idsIn } from "./universe";

/** Judges what a run has done to Seam and to the state. */
export class Judge {
  readonly #engine: MiniEngine;
  readonly #north: WorkspaceView;
  /** What was there before the stack, or is left of it on purpose. */
  readonly #nobodys: Set<string>;

  constructor(engine: MiniEngine, north: WorkspaceView) {
    this.#engine = engine;
    this.#north = north;
    this.#nobodys = new Set(idsIn(north.snapshot()));
  }

  /** What is declared and held: by name, the ids of what it hangs on. */
  held(program: Program): Map<string, string> {
    const live = this.#north.snapshot();
    const held = new Map<string, string>();
    for (const [name, declaration] of program) {
      const inputs = this.#resolved(declaration);
      if (inputs && holds(declaration.kind, inputs, live)) held.set(name, JSON.stringify(inputs));
    }
    return held;
  }

  /** The inputs with the ids of what they refer to, if the state has that. */
  #resolved({ inputs, references = {} }: Declaration): Properties | undefined {
    const resolved = { ...inputs };
    for (const [property, { of, output }] of Object.entries(references)) {
      const id = this.#engine.find(of)?.outputs?.[output];
      if (id === undefined) return undefined;
      resolved[property] = id;
    }
    return Object.values(resolved).includes(FAILED) ? undefined : resolved;
  }

  /** After every run, whatever failed: nothing declared was taken away, and everything has an owner or was named. */
  judge(
    { failures, notices }: Outcome,
    program: Program,
    held: Map<string, string>,
    options: UpOptions,
  ): void {
    const { replace, targets } = options;
    const live = this.#north.snapshot();
    const lost = [...held].filter(([name, before]) => {
      const declaration = program.get(name) as Declaration;
      const inputs = this.#resolved(declaration);
      // Made anew on demand, and what it hangs on was.
      const hangsOn = Object.values(declaration.references ?? {}).map(({ of }) => of);
      if ([name, ...hangsOn].some((one) => replace?.has(one))) return false;
      if (!inputs || JSON.stringify(inputs) !== before) return false;
      // A run with targets knows of nothing else.
      if (targets && !targets.has(name)) return false;
      return !holds(declaration.kind, inputs, live);
    });
    expect({ lost, failures: lost.length > 0 ? failures : [] }).toEqual({ lost: [], failures: [] });
    const told = failures.map(({ message }) => message).join("\n");
    for (const id of this.unowned()) {
      // What Seam has to keep for something else is nobody's from now on, as the user was told.
      if (notices.some((notice) => notice.includes(`${id} stays in Seam`))) this.#nobodys.add(id);
      else if (told.includes(id)) this.removeByHand(id);
    }
    expect(this.unowned()).toEqual([]);
  }

  /** After a green run everything in the state is in Seam, and everything declared is in the state. */
  isAsDeclared(program: Program): void {
    const live = this.#north.snapshot();
    const ids = new Set(idsIn(live));
    for (const { id, type, urn, outputs = {} } of this.#engine.resources) {
      const kind = KIND_OF_TYPE.get(type) as Declaration["kind"];
      const isThere = kind === "AcsAccessGroupMembership" ? holds(kind, outputs, live) : ids.has(String(id));
      expect([nameInUrn(urn), isThere]).toEqual([nameInUrn(urn), true]);
    }
    expect(this.#engine.resources.map(({ urn }) => nameInUrn(urn)).sort()).toEqual(
      [...program.keys()].sort(),
    );
    const absent = [...program].filter(([name, declaration]) => {
      const { adopt: _, ...inputs } = this.#resolved(declaration) ?? {};
      return !this.#engine.find(name) || !holds(declaration.kind, inputs, live);
    });
    expect(absent).toEqual([]);
  }

  /** Objects that only a run of this stack can have made and that the state does not have. */
  unowned(): string[] {
    const live = this.#north.snapshot();
    const known = new Set([...this.#engine.resources.map(({ id }) => String(id)), ...this.#nobodys]);
    const bySeam = [
      // A grant's credentials, and the users for them.
      ...live.acs_credentials
        .filter(({ create_body: body }) => !("acs_user_id" in body) && !("user_identity_id" in body))
        .map(({ acs_credential_id }) => acs_credential_id),
      ...live.acs_users
        .filter(({ user_identity_id }) => user_identity_id)
        .map(({ acs_user_id }) => acs_user_id),
    ].map(String);
    return idsIn(live).filter((id) => !known.has(id) && !bySeam.includes(id));
  }

  removeByHand(id: string): void {
    const { edit } = this.#north;
    const live = this.#north.snapshot();
    if (live.acs_credentials.some((one) => one.acs_credential_id === id)) edit.deleteAcsCredential(id);
    else if (live.access_grants.some((one) => one.access_grant_id === id)) edit.deleteAccessGrant(id);
    else if (live.acs_users.some((one) => one.acs_user_id === id)) edit.deleteAcsUser(id);
    else edit.deleteUserIdentity(id);
  }
}
