import * as pulumi from "@pulumi/pulumi";
import { ROSTER_CARD, type RosterCard } from "../../provider/values/roster-card";
import { recover } from "../pulumi-recover";
import { AcsAccessGroupMembership } from "../resources/acs-access-group-membership";
import { AcsCredential, type AcsCredentialArgs } from "../resources/acs-credential";
import { AcsUser } from "../resources/acs-user";
import { isolated, orFailed } from "./isolation";
import type { Roster, RosterGroup } from "./roster";
import { tellWhoIsOver } from "./roster/over";
import { findPlaces, type Places } from "./roster/places";
import type { ResolvedAccessGroup, ResolvedPerson } from "./roster/resolve";
import { RosterGuard } from "./roster/roster-guard";

/** Inputs of {@link StaffAccess}. */
export interface StaffAccessArgs {
  /** The access system that the people get access to. */
  acsSystemId: pulumi.Input<string>;
  /**
   * Who may open what and when: a {@link Roster}, or the path of a `.yaml`, `.json` or `.csv` file, relative to the
   * program's folder. All mistakes are reported at once, with line numbers, before the first request to Seam.
   */
  roster: Roster | string;
  /** Groups in addition to the roster's: a CSV file has only people. */
  groups?: Record<string, RosterGroup>;
  /** Time zone of a roster that has none: a CSV file has only people. See {@link Roster.timeZone}. */
  timeZone?: string;
  /** Share of the people, from 0 to 1, that may be removed from the roster in one run; default 0.2. */
  maxShrink?: number;
  /** Confirms a shrink beyond `maxShrink`: how many people stay. Any other number confirms nothing. */
  confirmShrinkTo?: number;
  /**
   * Confirms that this many people are locked out until somebody encodes new cards for them: other doors or times need
   * a new credential, and the card of the old one opens nothing. Any other number confirms nothing; the preview says
   * who and how many they are.
   */
  confirmNewCards?: number;
  /**
   * Takes over people who are already in the access system instead of creating them again: the user with the person's
   * e-mail address or the `acsUserId` of their line, and their one credential of the same method. The run fails before
   * it changes anything if several users have the address, or if a user or credential differs from the roster. Groups
   * and credentials that the roster does not name stay. Default false. Remove it after the first `up`: while it is
   * there, every run reads all users and credentials.
   */
  adopt?: boolean;
  /** Other properties of every credential, such as `visionlineMetadata` or `credentialManagerAcsSystemId`. */
  credential?: Pick<
    AcsCredentialArgs,
    "assaAbloyVostioMetadata" | "credentialManagerAcsSystemId" | "saltoSpaceMetadata" | "visionlineMetadata"
  >;
}

/** What one person has. */
export interface StaffMember {
  /** The person's user in the access system. */
  readonly user: AcsUser;
  readonly credential: AcsCredential;
  /** By the access group's name. */
  readonly memberships: Readonly<Record<string, AcsAccessGroupMembership>>;
}

/**
 * Gives a list of people access to one access system: a user, memberships and one credential for each.
 *
 * Removing somebody's line revokes everything they have. Somebody who moves between groups gets other memberships; if
 * the credential has the doors, it is replaced. Resource names contain the people's keys, so the order of the roster
 * does not matter. A roster that suddenly lacks many people is refused: see `maxShrink`. So is one that makes encoded
 * cards invalid: see `confirmNewCards`.
 *
 * Somebody who is `suspended` keeps card and PIN, but these open nothing.
 *
 * Somebody whose end is past has no access, as if you had removed their line: the next `up` deletes what is left. An
 * end that you move into the past counts for `maxShrink`; an end that comes as planned does not.
 *
 * @example
 * ```ts
 * const staff = new seam.StaffAccess("staff", {
 *   acsSystemId: "7113de29-6130-4153-a6ea-1b7ca0fe3198",
 *   roster: "roster.yaml",
 * });
 * export const pins = staff.pins;
 * ```
 */
export class StaffAccess extends pulumi.ComponentResource {
  /** By the people's keys. */
  readonly members: Readonly<Record<string, StaffMember>>;
  /** PINs by the people's keys, for those who have one; secret. */
  readonly pins: pulumi.Output<Record<string, string>>;

  constructor(name: string, args: StaffAccessArgs, opts?: pulumi.ComponentResourceOptions) {
    super("seam:index:StaffAccess", name, {}, opts);
    // Only programs with a roster load the parsers.
    const { resolveRoster } = require("./roster/resolve") as typeof import("./roster/resolve");
    const roster = resolveRoster(args.roster, args);
    const parent = { parent: this };
    const { maxShrink = DEFAULT_MAX_SHRINK, confirmShrinkTo, confirmNewCards, adopt = false } = args;
    const guardName = `${name}-roster`;
    const limits = { maxShrink, confirmShrinkTo, confirmNewCards };
    const guard = (after?: Promise<void>) => new RosterGuard(guardName, roster, limits, parent, after);
    const isGuardLast = pulumi.runtime.isDryRun() && roster.people.some(hasCard);
    // Pulumi is told of nobody before the guard has let the roster pass: what it has begun by then goes on.
    const passed = isGuardLast ? undefined : registered([guard()]);
    void tellWhoIsOver(roster.over, this);
    const places = pulumi
      .all([findPlaces(args.acsSystemId, roster, adopt, parent), passed])
      .apply(([found]) => found);
    this.members = Object.fromEntries(
      roster.people.map((person) => [
        person.key,
        member(`${name}-${person.key}`, person, args, places, guardName, parent),
      ]),
    );
    if (isGuardLast) guard(registered(Object.values(this.members).map(({ credential }) => credential)));
    this.pins = pulumi.secret(
      pulumi
        .all(
          Object.entries(this.members).map(([key, { credential }]) =>
            pulumi.all([key, recover(credential.code, () => undefined)]),
          ),
        )
        .apply((pins) => Object.fromEntries(pins.flatMap(([key, pin]) => (pin ? [[key, pin]] : [])))),
    );
    this.registerOutputs({});
  }
}

const DEFAULT_MAX_SHRINK = 0.2;

function member(
  name: string,
  person: ResolvedPerson,
  { credential: more, adopt, confirmNewCards }: StaffAccessArgs,
  places: pulumi.Output<Places>,
  guardName: string,
  opts: pulumi.CustomResourceOptions,
): StaffMember {
  const { startsAt, endsAt, method, doors, accessGroups } = person;
  const window = { ...(startsAt && { startsAt }), ...(endsAt && { endsAt }) };
  const isBounded = Object.keys(window).length > 0;
  const mayBeThere = person.acsUserId !== undefined || (adopt && person.email !== undefined);
  const adopted = (idOf: (found: Places) => string | undefined) =>
    // Of somebody who is not there it is left out.
    mayBeThere ? { adopt: places.apply(idOf) as pulumi.Output<string> } : {};
  const card = hasCard(person) && {
    [ROSTER_CARD]: {
      roster: guardName,
      person: person.key,
      name: person.name,
      ...(confirmNewCards !== undefined && { confirmed: confirmNewCards }),
      isPreview: pulumi.runtime.isDryRun(),
    } satisfies RosterCard,
  };
  const user = new AcsUser(
    name,
    {
      // Nobody is made before it is known that every place is there.
      acsSystemId: places.apply((found) => found.acsSystemId),
      fullName: person.name,
      ...(person.email && { emailAddress: person.email }),
      ...(person.phone && { phoneNumber: person.phone }),
      // Doors of access groups open by the user's schedule, whatever the credential's times are.
      ...(accessGroups.length > 0 && isBounded && { accessSchedule: window }),
      ...(person.suspended && { isSuspended: true }),
      ...adopted((found) => found.acsUserId(person)),
      ...card,
    },
    opts,
  );
  // In a preview that updates the user its id is known, and no other output.
  const acsUserId = orFailed(user.id);
  const memberships = accessGroups.map((group): [string, AcsAccessGroupMembership] => [
    group.name,
    new AcsAccessGroupMembership(
      `${name}-group-${group.handle}`,
      { acsAccessGroupId: places.apply((found) => found.accessGroupId(group.name)), acsUserId },
      { ...opts, aliases: formerNames(name, group, accessGroups) },
    ),
  ]);
  const credential = new AcsCredential(
    `${name}-${method.replace("_", "-")}`,
    {
      accessMethod: method,
      acsUserId,
      ...window,
      ...(doors.length > 0 && {
        allowedAcsEntranceIds: places.apply((found) => doors.map((door) => found.entranceId(door))),
      }),
      ...(method === "mobile_key" && { isMultiPhoneSyncCredential: true }),
      ...adopted((found) => found.acsCredentialId(person)),
      ...more,
      ...card,
    },
    opts,
  );
  for (const resource of [user, credential, ...memberships.map(([, membership]) => membership)]) {
    isolated(resource);
  }
  return { user, credential, memberships: Object.fromEntries(memberships) };
}

function hasCard({ method }: ResolvedPerson): boolean {
  return method === "card";
}

/** Settles when the engine has compared all these with the state; none of them has to succeed. */
function registered(resources: readonly pulumi.Resource[]): Promise<void> {
  const urns = resources.map(({ urn }) => recover(urn, () => undefined));
  return new Promise((resolve) => {
    pulumi.all(urns).apply(() => resolve());
  });
}

/** What releases before 0.2 called a membership; they could not tell groups whose names differ in signs only. */
function formerNames(
  name: string,
  group: ResolvedAccessGroup,
  all: readonly ResolvedAccessGroup[],
): pulumi.Alias[] {
  const isAlone = all.every((other) => other === group || slug(other.name) !== slug(group.name));
  return isAlone ? [{ name: `${name}-in-${slug(group.name)}` }] : [];
}

function slug(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "");
}
