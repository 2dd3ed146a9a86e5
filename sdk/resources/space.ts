import * as pulumi from "@pulumi/pulumi";
import type { SeamObjectError, SeamObjectWarning } from "../errors-and-warnings";
import { shortenTraces } from "../short-traces";
import { isOfClass, registration } from "./registration";

/** Inputs of a {@link Space}. Properties that you leave out are not compared, whatever Seam holds. */
export interface SpaceArgs {
  /**
   * Your own key for the space, unique in the workspace. Grants can name the space by it. With a key, the provider can
   * always find a space whose create got no answer. A change replaces the space.
   * @see https://docs.seam.co/latest/api/spaces/create
   */
  spaceKey?: pulumi.Input<string>;
  /** The space's name. A change updates in place. */
  name: pulumi.Input<string>;
  /**
   * Entrances in the space; ids, compared as a set. A change updates in place, and every grant for the space follows;
   * removing the property removes all of them.
   */
  acsEntranceIds?: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * Devices in the space; ids, compared as a set. A change updates in place, and every grant for the space follows;
   * removing the property removes all of them.
   */
  deviceIds?: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * `space_id` of an existing space to take over instead of creating one. It must match every declared property;
   * otherwise the run fails, lists all differences, and changes nothing. It only has an effect when the resource is
   * created; remove it afterwards. The stack then owns the space: removing the resource deletes it.
   */
  adopt?: pulumi.Input<string>;
}

/**
 * A place, declared once: doors and devices that belong together, such as a floor or a guest's way to the room.
 *
 * An {@link AccessGrant} for a space opens whatever is in it. If you add or remove a door, every grant for the space
 * follows, without a change to the grants. Deleting the space removes its doors from all of them.
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
  /** What Seam knows about stays there, such as the time of check-in. */
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
