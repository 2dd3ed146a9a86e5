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

/** Any time that can be read; without a zone it is one of UTC, the zone of Seam's servers. */
const time = () =>
  z.string().transform((given, ctx) => {
    const isComplete = /(Z|[+-]\d\d:?\d\d|^\d{4}-\d\d-\d\d)$/i.test(given);
    const zone = given.includes("T") ? "Z" : " UTC";
    const ms = Date.parse(isComplete ? given : given + zone);
    if (Number.isNaN(ms)) ctx.addIssue("Must be parsable date string if defined");
    return ms;
  });

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
      since: time().optional(),
      between: z.array(time()).length(2).optional(),
      event_type: z.string().optional(),
      event_types: z.array(z.string()).optional(),
      limit: z.number().default(500),
      unstable_offset: z.number().default(0),
    }),
    (context, { since, between, limit, unstable_offset: offset, ...filter }) => {
      if (since === undefined && between === undefined)
        throw invalidInput("Must specify either since or between");
      if (since !== undefined && between !== undefined)
        throw invalidInput("Cannot specify both since and between");
      const [after = since ?? 0, before = Number.POSITIVE_INFINITY] = between ?? [];
      const events = context.workspace.events.filter((event) => {
        const createdAt = Date.parse(event.created_at);
        return createdAt > after && createdAt < before && matches(event, filter);
      });
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
