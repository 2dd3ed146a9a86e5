import { hasFailed } from "../values/failed";
import type { Properties } from "../values/record";

/** One membership as it is declared: of a user, or of an identity's user. */
export interface DeclaredMembership {
  readonly acsAccessGroupId: string;
  readonly acsUserId?: string;
  readonly userIdentityId?: string;
}

/** The memberships that a run has seen declared: two resources may declare the same one. */
export class DeclaredMemberships {
  readonly #all: DeclaredMembership[] = [];
  /** Groups with a declared membership whose member has failed. */
  readonly #inDoubt = new Set<unknown>();

  /** A resource was checked, which may be a membership. */
  checked(inputs: Properties): void {
    const { acsAccessGroupId } = inputs;
    if (typeof acsAccessGroupId !== "string") return;
    if (hasFailed(inputs)) this.#inDoubt.add(acsAccessGroupId);
    else this.#all.push(inputs as unknown as DeclaredMembership);
  }

  /** A user's own list of groups declares memberships, too. */
  joined(acsUserId: string, { acsAccessGroupIds }: Properties): void {
    if (!Array.isArray(acsAccessGroupIds)) return;
    for (const group of acsAccessGroupIds) {
      this.#all.push({ acsAccessGroupId: String(group), acsUserId });
    }
  }

  in(acsAccessGroupId: string): readonly DeclaredMembership[] {
    return this.#all.filter((membership) => membership.acsAccessGroupId === acsAccessGroupId);
  }

  /** Whether one of them names an identity. */
  haveIdentities(): boolean {
    return this.#all.some(({ userIdentityId }) => userIdentityId !== undefined);
  }

  /** Whether one of the group was declared without telling whose it is. */
  isInDoubt(acsAccessGroupId: string): boolean {
    return this.#inDoubt.has(acsAccessGroupId);
  }
}
