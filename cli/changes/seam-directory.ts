import { z } from "zod";
import type { SeamClient } from "../../provider/http/client";
import { NotFoundError, SeamError } from "../../provider/http/errors";
import { ownWords } from "../../provider/http/own-words";
import { listAll } from "../../provider/http/pages";
import type { Properties } from "../../provider/values/record";
import { isRecord } from "../../provider/values/record";
import type { Directory, Named } from "../../report/changes";

/** Names, doors and systems as Seam has them; each is asked for once. Many of a kind are read from pages of its list. */
export interface SeamDirectory extends Directory {
  /** Why Seam could not be asked, if so. */
  problem(): string | undefined;
}

export function seamDirectory(seam: SeamClient): SeamDirectory {
  let problem: string | undefined;
  const objects = new Map<string, Promise<Properties | undefined>>();
  const doors = new Map<string, Promise<readonly string[] | undefined>>();

  /** What Seam does not tell stays an id. After an error, such as of a wrong key, nothing else is asked. */
  const orUndefined = async <T>(ask: () => Promise<T>): Promise<T | undefined> => {
    if (problem !== undefined) return undefined;
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof SeamError)) throw error;
      if (!(error instanceof NotFoundError)) problem ??= ownWords(error);
      return undefined;
    }
  };

  const ask = async (kind: Named, id: string): Promise<Properties | undefined> => {
    const { path, listPath } = ROUTES[kind];
    const { json } = await seam.call({
      path,
      // Grants name spaces by their keys, too.
      body: { [kind === "space" && !isId(id) ? "space_key" : `${kind}_id`]: id },
      effect: "read",
      action: `look up ${kind} ${id}`,
      listedIn: { path: listPath, query: {}, key: listKey(kind), name: kind },
    });
    const object = json[kind];
    return isRecord(object) ? object : undefined;
  };
  const objectOf = (kind: Named, id: string) =>
    once(objects, `${kind} ${id}`, () => orUndefined(() => ask(kind, id)));

  const doorsIn = async (path: string, query: Properties, what: string): Promise<readonly string[]> => {
    const found = await listAll(seam, {
      path,
      key: "acs_entrances",
      query,
      action: `list the doors of ${what}`,
    });
    for (const entrance of found) {
      objects.set(`acs_entrance ${entrance["acs_entrance_id"]}`, Promise.resolve(entrance));
    }
    return found.map((entrance) => String(entrance["acs_entrance_id"]));
  };

  return {
    problem: () => problem,
    nameOf: async (kind, id) => {
      const object = await objectOf(kind, id);
      return object && ROUTES[kind].nameOf(object);
    },
    systemOf: async (kind, id) => text((await objectOf(kind, id))?.["acs_system_id"]),
    doorsOfGroup: (id) =>
      once(doors, id, () =>
        orUndefined(() =>
          doorsIn(
            "/acs/access_groups/list_accessible_entrances",
            { acs_access_group_id: id },
            `acs_access_group ${id}`,
          ),
        ),
      ),
    doorsOfSpace: (id) =>
      once(doors, id, () =>
        orUndefined(() => doorsIn("/acs/entrances/list", { space_id: id }, `space ${id}`)),
      ),
  };
}

function once<T>(known: Map<string, Promise<T>>, key: string, ask: () => Promise<T>): Promise<T> {
  const given = known.get(key);
  if (given !== undefined) return given;
  const asking = ask();
  known.set(key, asking);
  return asking;
}

interface Route {
  readonly path: string;
  readonly listPath: string;
  nameOf(object: Properties): string | undefined;
}

function route(folder: string, nameOf = nameIn): Route {
  return { path: `${folder}/get`, listPath: `${folder}/list`, nameOf };
}

function nameIn({ display_name, name }: Properties): string | undefined {
  return text(display_name) ?? text(name);
}

function personName({ full_name, display_name, email_address }: Properties): string | undefined {
  return text(full_name) ?? text(display_name) ?? text(email_address);
}

const ROUTES: Readonly<Record<Named, Route>> = {
  acs_entrance: route("/acs/entrances"),
  acs_access_group: route("/acs/access_groups"),
  acs_system: route("/acs/systems"),
  acs_user: route("/acs/users", personName),
  user_identity: route("/user_identities", personName),
  space: route("/spaces"),
  device: route("/devices"),
};

function listKey(kind: Named): string {
  return kind === "user_identity" ? "user_identities" : `${kind}s`;
}

function isId(text: string): boolean {
  return z.guid().safeParse(text).success;
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
