import { z } from "zod";
import { invalidInput } from "../world/errors";
import type { SeamEvent } from "../world/rows";
import { id, ids } from "./input";
import { route } from "./route";

// What an event can be about, with the plural that the list also takes.
const SUBJECTS = [
  "access_code_id",
  "access_grant_id",
  "access_method_id",
  "acs_access_group_id",
  "acs_credential_id",
  "acs_encoder_id",
  "acs_entrance_id",
  "acs_system_id",
  "acs_user_id",
  "connect_webview_id",
  "connected_account_id",
  "device_id",
  "space_id",
  "user_identity_id",
] as const;

const subjectInputs = Object.fromEntries(SUBJECTS.map((name) => [name, id().optional()])) as Record<
  (typeof SUBJECTS)[number],
  z.ZodOptional<ReturnType<typeof id>>
>;

export const eventRoutes = [
  route(
    "/events/list",
    z.object({
      ...subjectInputs,
      access_code_ids: ids().optional(),
      device_ids: ids().optional(),
      customer_key: z.string().optional(),
      access_grant_ids: ids().optional(),
      access_method_ids: ids().optional(),
      acs_system_ids: ids().optional(),
      space_ids: ids().optional(),
      event_ids: ids().optional(),
      since: z.string().optional(),
      between: z.array(z.string()).length(2).optional(),
      event_type: z.string().optional(),
      event_types: z.array(z.string()).optional(),
      limit: z.number().default(500),
      unstable_offset: z.number().default(0),
    }),
    (context, { since, between, limit, unstable_offset: offset, ...filter }) => {
      if (since === undefined && between === undefined) throw invalidInput("since or between is required");
      const [after = since, before] = between ?? [];
      const events = context.workspace.events.filter(
        (event) =>
          (after === undefined || Date.parse(event.created_at) > Date.parse(after)) &&
          (before === undefined || Date.parse(event.created_at) < Date.parse(before)) &&
          matches(event, filter),
      );
      return { events: events.slice(offset, offset + limit) };
    },
  ),
];

function matches(event: SeamEvent, filter: Record<string, string | string[] | undefined>): boolean {
  return Object.entries(filter).every(([name, wanted]) => {
    if (wanted === undefined) return true;
    if (!Array.isArray(wanted)) return has(event, name, wanted);
    return wanted.some((value) => has(event, name.slice(0, -1), value));
  });
}

/** Events about an access method name its grants in a list. */
function has(event: SeamEvent, name: string, value: string): boolean {
  const list = event[`${name}s`];
  return event[name] === value || (Array.isArray(list) && list.includes(value));
}
