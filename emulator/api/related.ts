import { z } from "zod";
import { findMethod, methodsOf, presentMethod } from "../world/access-methods";
import { instantKeysOf, sessionsOf } from "../world/client-sessions";
import { presentAccount } from "../world/connected-accounts";
import type { Context } from "../world/context";
import { presentCredential } from "../world/credentials";
import { devicesOf, presentDevice } from "../world/devices";
import { entrancesOf } from "../world/doors";
import { SeamError } from "../world/errors";
import { deviceIdsOf, entranceIdsOf } from "../world/grant-places";
import { findGrant, presentGrant } from "../world/grants";
import { presentIdentity } from "../world/identities";
import { credentialsOf } from "../world/provisioning";
import type { AccessGrant, Space } from "../world/rows";
import { findSpace, presentSpace } from "../world/spaces";
import { shown } from "../world/store";
import { presentSystem } from "../world/systems";
import { ids, text } from "./input";
import { route } from "./route";

const selection = <K extends string>(kinds: readonly [K, ...K[]]) => ({
  include: z.array(z.enum(kinds)).optional(),
  exclude: z.array(z.enum(kinds)).optional(),
});

/** What belongs to several objects, all in one: a batch does not say what belongs to which. */
export const relatedRoutes = [
  route(
    "/access_grants/get_related",
    z.object({
      access_grant_ids: ids().optional(),
      access_grant_keys: z.array(text()).optional(),
      ...selection([
        "spaces",
        "devices",
        "acs_entrances",
        "connected_accounts",
        "acs_systems",
        "user_identities",
        "acs_access_groups",
        "access_methods",
      ]),
    }),
    (context, input) => {
      const { access_grant_ids = [], access_grant_keys = [] } = input;
      const grants = found(context, [
        ...access_grant_ids.map((access_grant_id) => () => findGrant(context, { access_grant_id })),
        ...access_grant_keys.map((access_grant_key) => () => findGrant(context, { access_grant_key })),
      ]);
      const places = placesOf(context, grants);
      const identities = new Set(grants.map((grant) => grant.user_identity_id));
      return batch(input, {
        ...places,
        user_identities: () =>
          [...identities]
            .map((identityId) => context.workspace.identities.get(identityId))
            .filter((identity) => identity !== undefined)
            .map((identity) => presentIdentity(context, identity)),
        // The emulator gives access by credentials, never by groups.
        acs_access_groups: () => [],
        access_methods: () => methodsOfGrants(context, grants),
      });
    },
  ),

  route(
    "/access_methods/get_related",
    z.object({
      access_method_ids: ids(),
      ...selection([
        "spaces",
        "devices",
        "acs_entrances",
        "access_grants",
        "access_methods",
        "instant_keys",
        "client_sessions",
        "acs_credentials",
      ]),
    }),
    (context, input) => {
      const methods = found(
        context,
        input.access_method_ids.map((methodId) => () => findMethod(context, methodId)),
      );
      const grants = [...new Set(methods.map((method) => method.hidden.grantId))]
        .map((grantId) => context.workspace.accessGrants.get(grantId))
        .filter((grant) => grant !== undefined);
      const credentials = methods.flatMap((method) => credentialsOf(context, method));
      const doors = new Set(credentials.flatMap((credential) => credential.hidden.allowedEntranceIds));
      const { spaces } = placesOf(context, grants);
      return batch(input, {
        spaces,
        devices: () =>
          devicesOf(context, new Set(methods.flatMap((method) => method.hidden.deviceIds))).map(
            presentDevice,
          ),
        acs_entrances: () => entrancesOf(context, doors).map(shown),
        access_grants: () => grants.map((grant) => presentGrant(context, grant)),
        access_methods: () => methods.map(presentMethod),
        instant_keys: () => instantKeysOf(context, methods),
        client_sessions: () => sessionsOf(context, methods),
        acs_credentials: () => credentials.map((credential) => presentCredential(context, credential)),
      });
    },
  ),

  route(
    "/spaces/get_related",
    z.object({
      space_ids: ids().optional(),
      space_keys: z.array(z.string()).optional(),
      ...selection([
        "spaces",
        "devices",
        "acs_entrances",
        "connected_accounts",
        "acs_systems",
        "access_methods",
      ]),
    }),
    (context, input) => {
      const { space_ids = [], space_keys = [] } = input;
      const spaces = found(context, [
        ...space_ids.map((space_id) => () => findSpace(context, { space_id })),
        ...space_keys.map((space_key) => () => findSpace(context, { space_key })),
      ]);
      const grants = new Set(
        spaces.flatMap((space) => [...context.workspace.accessGrants.by("space", space.space_id)]),
      );
      return batch(input, {
        ...shownPlaces(context, {
          spaces,
          doors: spaces.flatMap((space) => space.hidden.entranceIds),
          devices: spaces.flatMap((space) => space.hidden.deviceIds),
        }),
        access_methods: () => methodsOfGrants(context, [...grants]),
      });
    },
  ),
];

/** Each object once. What is not there is left out, or the whole request is refused: a setting says which. */
function found<T>(context: Context, finders: readonly (() => T)[]): T[] {
  const all = finders.map((find) => {
    try {
      return find();
    } catch (error) {
      if (!(error instanceof SeamError) || context.settings.missingInBatch === "not-found") throw error;
      return undefined;
    }
  });
  return [...new Set(all)].filter((row) => row !== undefined);
}

function batch<K extends string>(
  { include, exclude }: { include?: K[] | undefined; exclude?: K[] | undefined },
  parts: Record<K, () => object[]>,
) {
  const kinds = (Object.keys(parts) as K[]).filter(
    (kind) => (!include || include.includes(kind)) && !exclude?.includes(kind),
  );
  return { batch: Object.fromEntries(kinds.map((kind) => [kind, parts[kind]()])) };
}

function placesOf(context: Context, grants: readonly AccessGrant[]) {
  const spaceIds = new Set(grants.flatMap((grant) => grant.space_ids));
  return shownPlaces(context, {
    spaces: [...spaceIds]
      .map((spaceId) => context.workspace.spaces.get(spaceId))
      .filter((space) => space !== undefined),
    doors: grants.flatMap((grant) => entranceIdsOf(context, grant)),
    devices: grants.flatMap((grant) => deviceIdsOf(context, grant)),
  });
}

function shownPlaces(context: Context, places: { spaces: Space[]; doors: string[]; devices: string[] }) {
  const entrances = entrancesOf(context, new Set(places.doors));
  const devices = devicesOf(context, new Set(places.devices));
  const systems = [...new Set(entrances.map((entrance) => entrance.acs_system_id))]
    .map((systemId) => context.workspace.systems.get(systemId))
    .filter((system) => system !== undefined);
  const accounts = new Map(
    [...systems, ...devices].map((owner) => [owner.connected_account_id, presentAccount(owner)]),
  );
  return {
    spaces: () => places.spaces.map(presentSpace),
    devices: () => devices.map(presentDevice),
    acs_entrances: () => entrances.map(shown),
    connected_accounts: () => [...accounts.values()],
    acs_systems: () => systems.map((system) => presentSystem(context, system)),
  };
}

function methodsOfGrants(context: Context, grants: readonly AccessGrant[]) {
  return grants.flatMap((grant) => methodsOf(context, grant)).map(presentMethod);
}
