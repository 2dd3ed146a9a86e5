import { SYSTEMS } from "../systems/index";
import type { Mistake } from "../world/mistakes";
import { apiKeyOf, workspaceIdOf } from "./ids";
import type { CompleteSeed, CompleteSystem, CompleteWorkspace } from "./schema";

type Path = readonly PropertyKey[];

/** What the form of a seed cannot say: what has a key or an id of its own has it alone, and what is named is there. */
export function* mistakesOf({ workspaces }: CompleteSeed): Iterable<Mistake> {
  const path = ["workspaces"];
  yield* twice("key", placed(workspaces, path));
  // A workspace of the same key has the same id and API key, too: that is one mistake.
  const distinct = placed(workspaces, path).filter(
    ({ item }, index) => workspaces.findIndex((other) => other.key === item.key) === index,
  );
  yield* twice("workspace_id", distinct, workspaceIdOf);
  yield* twice("api_key", distinct, apiKeyOf);
  for (const [index, workspace] of workspaces.entries()) yield* ofWorkspace(workspace, [...path, index]);
}

function* ofWorkspace(workspace: CompleteWorkspace, path: Path): Iterable<Mistake> {
  const people = placed(workspace.user_identities, [...path, "user_identities"]);
  yield* twice("key", people);
  yield* twice("user_identity_id", people);
  const systems = placed(workspace.acs_systems, [...path, "acs_systems"]);
  yield* twice("key", systems);
  yield* twice("acs_system_id", systems);
  const inSystems = <L extends "entrances" | "encoders" | "access_groups" | "users">(list: L) =>
    systems.flatMap(({ item, at }) => placed<CompleteSystem[L][number]>(item[list], [...at, list]));
  yield* twice("acs_entrance_id", inSystems("entrances"));
  yield* twice("acs_encoder_id", inSystems("encoders"));
  yield* twice("acs_access_group_id", inSystems("access_groups"));
  yield* twice("acs_user_id", inSystems("users"));
  for (const { item, at } of systems) yield* ofSystem(workspace, item, at);
  yield* ofPlaces(workspace, path);
}

/** Devices, spaces and access grants, which name what stands above them. */
function* ofPlaces(workspace: CompleteWorkspace, path: Path): Iterable<Mistake> {
  const doors = workspace.acs_systems.flatMap((system) =>
    system.entrances.map((door) => ({ key: `${system.key}/${door.key}` })),
  );
  const devices = placed(workspace.devices, [...path, "devices"]);
  yield* twice("key", devices);
  yield* twice("device_id", devices);
  const spaces = placed(workspace.spaces, [...path, "spaces"]);
  for (const name of ["key", "space_id", "space_key"] as const) yield* twice(name, spaces);
  const grants = placed(workspace.access_grants, [...path, "access_grants"]);
  for (const name of ["key", "access_grant_id", "access_grant_key"] as const) yield* twice(name, grants);
  for (const { item, at } of [...spaces, ...grants]) {
    yield* missing(doors, [...at, "entrances"], item.entrances);
    yield* missing(workspace.devices, [...at, "devices"], item.devices);
  }
  for (const { item, at } of grants) {
    yield* missing(workspace.spaces, [...at, "spaces"], item.spaces);
    yield* missing(workspace.user_identities, [...at, "user_identity"], [item.user_identity]);
  }
}

function* ofSystem(workspace: CompleteWorkspace, system: CompleteSystem, path: Path): Iterable<Mistake> {
  const kind = SYSTEMS.get(system.kind ?? "");
  if (system.kind !== undefined && !kind)
    yield {
      path: [...path, "kind"],
      message: `there is no kind "${system.kind}"; there are ${[...SYSTEMS.keys()].join(", ")}`,
    };
  yield* missing(workspace.acs_systems, [...path, "credential_managers"], system.credential_managers);
  yield* twice("key", placed(system.entrances, [...path, "entrances"]));
  yield* twice("key", placed(system.encoders, [...path, "encoders"]));

  const groups = placed(system.access_groups, [...path, "access_groups"]);
  yield* twice("key", groups);
  const types: readonly string[] = system.rules.accessGroupTypes ?? kind?.rules.accessGroupTypes ?? [];
  for (const { item: group, at } of groups) {
    yield* missing(system.entrances, [...at, "entrances"], group.entrances);
    const isKnown = system.kind === undefined || kind !== undefined;
    if (isKnown && !types.includes(group.external_type ?? types[0] ?? ""))
      yield {
        path: [...at, "external_type"],
        message: `${system.kind ?? "a credential manager"} has ${types.join(" or ") || "no access groups"}`,
      };
  }

  const users = placed(system.users, [...path, "users"]);
  yield* twice("key", users);
  for (const { item: user, at } of users) {
    yield* missing(system.access_groups, [...at, "access_groups"], user.access_groups);
    const named = user.user_identity === undefined ? [] : [user.user_identity];
    yield* missing(workspace.user_identities, [...at, "user_identity"], named);
  }
}

/** An item of a list, and where it stands. */
interface Placed<T> {
  item: T;
  at: Path;
}

function placed<T>(items: readonly T[], path: Path): Placed<T>[] {
  return items.map((item, index) => ({ item, at: [...path, index] }));
}

/** Each item with a key or an id that an earlier one has. */
function* twice<N extends string, T extends { [K in N]?: string | undefined }>(
  name: N,
  items: readonly Placed<T>[],
  idOf: (item: T) => string | undefined = (item) => item[name],
): Iterable<Mistake> {
  const earlier = new Map<string, Path>();
  for (const { item, at } of items) {
    const value = idOf(item);
    if (value === undefined) continue;
    const first = earlier.get(value);
    if (first) yield { path: [...at, name], message: `${first.join(".")} has the same ${name}` };
    else earlier.set(value, at);
  }
}

function* missing(known: readonly { key: string }[], path: Path, keys: readonly string[]): Iterable<Mistake> {
  for (const key of keys)
    if (!known.some((item) => item.key === key)) yield { path, message: `"${key}" is not in the seed` };
}
