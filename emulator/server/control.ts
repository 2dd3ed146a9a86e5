import { z } from "zod";
import type { WorkspaceView } from "../view/workspace-view";
import type { Clock } from "../world/clock";
import { told } from "../world/mistakes";
import type { FaultRule } from "./fault-rules";
import type { Faults } from "./faults";
import type { RequestFilter, RequestLog } from "./request-log";

const clockInput = z.union([
  z.strictObject({ set: z.string() }),
  z.strictObject({
    advance: z.union([
      z.number(),
      z.strictObject({
        days: z.number().optional(),
        hours: z.number().optional(),
        minutes: z.number().optional(),
        seconds: z.number().optional(),
        ms: z.number().optional(),
      }),
    ]),
  }),
  z.strictObject({ run: z.literal(true) }),
]);

const CHANGES = [
  "acsCredential",
  "acsUser",
  "userIdentity",
  "acsAccessGroup",
  "accessGrant",
  "accessMethod",
  "acsSystem",
  "acsEntrance",
  "device",
  "space",
] as const;

const DELETIONS = [
  "deleteAcsCredential",
  "deleteAcsUser",
  "deleteUserIdentity",
  "deleteAcsAccessGroup",
  "deleteAccessGrant",
  "deleteAccessMethod",
  "deleteSpace",
] as const;

const MEMBERSHIPS = ["addToAccessGroup", "removeFromAccessGroup"] as const;

const edited = { workspace: z.string().optional(), id: z.string() };

const editInput = z.discriminatedUnion("edit", [
  z.strictObject({ edit: z.enum(CHANGES), ...edited, changes: z.record(z.string(), z.unknown()) }),
  z.strictObject({ edit: z.enum(DELETIONS), ...edited }),
  z.strictObject({ edit: z.enum(MEMBERSHIPS), ...edited, acs_user_id: z.string() }),
  z.strictObject({ edit: z.literal("encodeCard"), ...edited, card_number: z.string() }),
]);

/** The parts of an emulator that other processes drive; it is its first workspace's view too. */
interface Emulator extends WorkspaceView {
  readonly url: string;
  readonly personalAccessToken: string;
  readonly workspaces: ReadonlyMap<string, WorkspaceView>;
  readonly requests: RequestLog;
  readonly faults: Faults;
  readonly clock: Clock;
}

/** What other processes use to drive the emulator: the same things as the object of `startEmulator`. */
export function answerControl(emulator: Emulator, method: string, url: URL, body: unknown): unknown {
  const what = `${method} ${url.pathname}`;
  switch (what) {
    case "GET /_emulator":
      return describe(emulator);
    case "GET /_emulator/requests":
      return { requests: emulator.requests.all(filterOf(url)) };
    case "GET /_emulator/requests/counts":
      return { counts: emulator.requests.counts(), max_in_flight: emulator.requests.maxInFlight };
    case "DELETE /_emulator/requests":
      return emulator.requests.clear();
    case "GET /_emulator/faults":
      return { faults: emulator.faults.list() };
    case "POST /_emulator/faults":
      return { id: emulator.faults.add(body as FaultRule) };
    case "DELETE /_emulator/faults":
      return removeFaults(emulator, url.searchParams.get("id"));
    case "GET /_emulator/clock":
      return { now: emulator.clock.now(), is_stopped: emulator.clock.isStopped };
    case "POST /_emulator/clock":
      return moveClock(emulator, body);
    case "POST /_emulator/edits":
      return edit(emulator, body);
    case "GET /_emulator/snapshot":
      return workspaceNamed(emulator, url.searchParams.get("workspace")).snapshot();
    default:
      throw new Error(`There is no ${what}; see the emulator's documentation`);
  }
}

function describe(emulator: Emulator): unknown {
  const workspaces = [...emulator.workspaces].map(([key, { workspaceId, apiKey, ids }]) => ({
    key,
    workspaceId,
    apiKey,
    ids,
  }));
  return { url: emulator.url, personalAccessToken: emulator.personalAccessToken, workspaces };
}

function filterOf(url: URL): RequestFilter {
  const { path, method, status, workspaceId } = Object.fromEntries(url.searchParams) as Record<
    string,
    string | undefined
  >;
  return {
    ...(path !== undefined && { path }),
    ...(method !== undefined && { method }),
    ...(status !== undefined && { status: Number(status) }),
    ...(workspaceId !== undefined && { workspaceId }),
  };
}

function removeFaults({ faults }: Emulator, id: string | null): void {
  if (id === null) faults.clear();
  else faults.remove(Number(id));
}

function moveClock({ clock }: Emulator, body: unknown): unknown {
  const input = checked(clockInput, body);
  if ("set" in input) clock.set(input.set);
  else if ("advance" in input) clock.advance(input.advance);
  else clock.run();
  return { now: clock.now(), is_stopped: clock.isStopped };
}

function edit(emulator: Emulator, body: unknown): void {
  const input = checked(editInput, body);
  const edits = workspaceNamed(emulator, input.workspace).edit;
  if ("changes" in input) edits[input.edit](input.id, input.changes);
  else if ("acs_user_id" in input) edits[input.edit](input.id, input.acs_user_id);
  else if ("card_number" in input) edits[input.edit](input.id, input.card_number);
  else edits[input.edit](input.id);
}

function checked<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body);
  if (!result.success) throw new Error(told(result.error.issues).join("; "));
  return result.data;
}

function workspaceNamed(emulator: Emulator, key: string | null | undefined): WorkspaceView {
  if (key === null || key === undefined) return emulator;
  const workspace = emulator.workspaces.get(key);
  if (!workspace)
    throw new Error(
      `There is no workspace "${key}"; there are ${[...emulator.workspaces.keys()].join(", ")}`,
    );
  return workspace;
}
