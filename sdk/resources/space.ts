import * as pulumi from "@pulumi/pulumi";
import type { SeamObjectError, SeamObjectWarning } from "../errors-and-warnings";
import { shortenTraces } from "../short-traces";
import { isOfClass, registration } from "./registration";

/** Inputs of a {@link Space}. A property that is left out is never a difference, whatever is there in Seam. */
export interface SpaceArgs {
  /**
   * Your own key for the space, unique in the workspace: grants can name the space by it, and with one a lost answer of
   * Seam is recovered surely. A change replaces the space.
   * @see https://docs.seam.co/latest/api/spaces/create
   */
  spaceKey?: pulumi.Input<string>;
  /** The space's name. A change updates in place. */
  name: pulumi.Input<string>;
  /**
   * Entrances in the space; ids, compared as a set. A change updates in place, and every grant for the space follows;
   * removing it takes all of them out.
   */
  acsEntranceIds?: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * Devices in the space; ids, compared as a set. A change updates in place, and every grant for the space follows;
   * removing it takes all of them out.
   */
  deviceIds?: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * `space_id` of a space that exists already: it is taken over instead of creating one, if every declared property is
   * as Seam shows it; else the run fails with all differences, and nothing is changed. Only looked at when the resource
   * is created: afterwards a change or its removal means nothing. What is adopted is owned: removing the resource
   * deletes it.
   */
  adopt?: pulumi.Input<string>;
}

/**
 * Doors and devices that belong together, such as a floor or a guest's way to the room: what a place is, declared once.
 *
 * An {@link AccessGrant} for a space opens whatever is in it. A door that comes or goes reaches every grant, without a
 * change of the grants: Seam sees to that. Deleting the space takes its doors away from all of them.
 *
 * @example
 * ```ts
 * const guestAreas = new seam.Space("guest-areas", {
 *   spaceKey: "guest-areas",
 *   name: "Guest areas",
 *   acsEntranceIds: [lobby.acsEntranceId, gym.acsEntranceId],
 * });
 * new seam.AccessGrant("ada-stay", {
 *   userIdentityId: ada.userIdentityId,
 *   requestedAccessMethods: [{ mode: "code" }],
 *   spaceIds: [guestAreas.spaceId],
 * });
 * ```
 * @see https://docs.seam.co/latest/api/spaces
 */
export class Space extends pulumi.CustomResource {
  /** Pulumi's type token, also for policies. */
  static readonly __pulumiType = "pulumi-nodejs:dynamic/seam:Space";

  /** True for a Space, even one of another copy of this package. */
  static override isInstance(resource: unknown): resource is Space {
    return isOfClass(Space, resource);
  }

  /**
   * Reads a space that this stack does not own.
   * @param id its `space_id`; an unknown one fails the run
   */
  static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): Space {
    return new Space(name, {} as SpaceArgs, { ...opts, id });
  }

  /** Entrances in the space, as of the last create, update or refresh. */
  declare readonly acsEntranceIds: pulumi.Output<string[]>;
  /** When Seam created it, ISO 8601. */
  declare readonly createdAt: pulumi.Output<string>;
  /** What Seam knows of stays there, such as the time of check-in. */
  declare readonly customerData: pulumi.Output<Record<string, unknown> | undefined>;
  /** Key of the customer that it belongs to. */
  declare readonly customerKey: pulumi.Output<string | undefined>;
  /** Devices in the space, as of the last create, update or refresh. */
  declare readonly deviceIds: pulumi.Output<string[]>;
  /** Seam's name for it. */
  declare readonly displayName: pulumi.Output<string>;
  /** Errors that Seam reports; a list, empty when all is well. */
  declare readonly errors: pulumi.Output<SeamObjectError[]>;
  /** Where it is. */
  declare readonly geolocation: pulumi.Output<{ latitude: number; longitude: number } | undefined>;
  /** Name. */
  declare readonly name: pulumi.Output<string>;
  /** Seam's id; the resource id too. */
  declare readonly spaceId: pulumi.Output<string>;
  /** Your own key. */
  declare readonly spaceKey: pulumi.Output<string | undefined>;
  /** Warnings that Seam reports; a list, empty when all is well. */
  declare readonly warnings: pulumi.Output<SeamObjectWarning[]>;
  /** Workspace it is in. */
  declare readonly workspaceId: pulumi.Output<string>;

  constructor(name: string, args: SpaceArgs, opts?: pulumi.CustomResourceOptions) {
    const restoreTraces = shortenTraces();
    try {
      // Not deleted first for its key, as other keyed objects are: guests would stand outside in between.
      super(...registration(Space, name, OUTPUTS, args, opts));
    } finally {
      restoreTraces();
    }
  }
}

const OUTPUTS = {
  acsEntranceIds: undefined,
  createdAt: undefined,
  customerData: undefined,
  customerKey: undefined,
  deviceIds: undefined,
  displayName: undefined,
  errors: undefined,
  geolocation: undefined,
  name: undefined,
  spaceId: undefined,
  spaceKey: undefined,
  warnings: undefined,
  workspaceId: undefined,
} as const satisfies Record<Exclude<keyof Space, keyof pulumi.CustomResource>, undefined>;
