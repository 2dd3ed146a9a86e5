import { isNotFound } from "../../provider/http/errors";
import type { Reader } from "./reader";

const ROUTES = { acs_entrance: "/acs/entrances/get", acs_access_group: "/acs/access_groups/get" } as const;

/**
 * Whether the object is gone whose list was not found. Nobody can open a door that is gone; of one that is there, a list
 * that cannot be found tells nothing.
 */
export async function isGone(
  reader: Reader,
  error: unknown,
  kind: keyof typeof ROUTES,
  id: unknown,
): Promise<boolean> {
  if (!isNotFound(error, kind)) return false;
  try {
    const action = `look whether ${kind} ${id} is there`;
    await reader.call({ path: ROUTES[kind], body: { [`${kind}_id`]: id }, effect: "read", action });
    return false;
  } catch (again) {
    return isNotFound(again, kind);
  }
}
