import type { SeamClient } from "../http/client";
import { listAll } from "../http/pages";
import type { Properties } from "../values/record";

/**
 * Which entrances stand on a credential. Seam tells only which ones it opens: those of the access groups of its
 * user are among them, and are no part of the credential.
 */
export class OwnEntrances {
  readonly #seam: SeamClient;
  readonly #ofUsers = new Map<string, Promise<Set<string>>>();
  readonly #ofGroups = new Map<string, Promise<string[]>>();

  constructor(seam: SeamClient) {
    this.#seam = seam;
  }

  /** All entrances that the credential opens, and those among them that stand on itself. */
  async of(id: string, acsUserId: unknown): Promise<{ all: string[]; own: string[] }> {
    const all = await this.#list(
      "/acs/credentials/list_accessible_entrances",
      { acs_credential_id: id },
      `list the entrances of acs_credential ${id}`,
    );
    if (all.length === 0 || !acsUserId) return { all, own: all };
    const ofGroups = await once(this.#ofUsers, String(acsUserId), (user) => this.#throughGroups(user));
    return { all, own: all.filter((entrance) => !ofGroups.has(entrance)) };
  }

  async #throughGroups(user: string): Promise<Set<string>> {
    const action = `list the access groups of acs_user ${user}`;
    const groups = await listAll(this.#seam, {
      path: "/acs/access_groups/list",
      key: "acs_access_groups",
      query: { acs_user_id: user },
      action,
    });
    const entrances = await Promise.all(
      groups.map((group) =>
        once(this.#ofGroups, String(group["acs_access_group_id"]), (id) =>
          this.#list(
            "/acs/access_groups/list_accessible_entrances",
            { acs_access_group_id: id },
            `list the entrances of acs_access_group ${id}`,
          ),
        ),
      ),
    );
    return new Set(entrances.flat());
  }

  async #list(path: string, query: Properties, action: string): Promise<string[]> {
    const entrances = await listAll(this.#seam, { path, key: "acs_entrances", query, action });
    return entrances.map((entrance) => String(entrance["acs_entrance_id"]));
  }
}

function once<V>(cache: Map<string, Promise<V>>, key: string, make: (key: string) => Promise<V>): Promise<V> {
  const existing = cache.get(key);
  if (existing !== undefined) return existing;
  const made = make(key);
  cache.set(key, made);
  return made;
}
