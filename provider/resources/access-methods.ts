import { z } from "zod";
import type { SeamClient } from "../http/client";
import { isNotFound, NoAnswerError, ServerError } from "../http/errors";
import { isBeingDeleted } from "../lifecycle/outputs";
import { isRecord, type Properties, textsIn } from "../values/record";
import { toWireNames } from "../wire/names";
import { objectId, reported, shown, shownFlag } from "../wire/types";

/** One way in that a program asks a grant for. */
export interface RequestedMethod {
  readonly mode: string;
  readonly code?: string;
  readonly instantKeyMaxUseCount?: number;
}

/** Seam's `access_method`, one way in that a grant has, as it is read here. */
export const accessMethodWire = z.object({
  access_method_id: objectId,
  mode: z.string(),
  client_session_token: shown,
  code: shown,
  instant_key_url: shown,
  is_assignment_required: shownFlag,
  is_encoding_required: shownFlag,
  is_issued: shownFlag,
  is_ready_for_assignment: shownFlag,
  is_ready_for_encoding: shownFlag,
  issued_at: shown,
  ...reported,
});

export type WireMethod = z.output<typeof accessMethodWire>;

/** A grant as far as its ways in are concerned. */
export interface MethodsOfGrant {
  readonly access_grant_id: string;
  readonly requested_access_methods?: readonly Properties[] | null | undefined;
  readonly access_methods?: readonly WireMethod[] | undefined;
}

/** The methods among what Seam shows, without those that are as good as deleted. */
export function readMethods(related: readonly Properties[]): WireMethod[] {
  return related
    .flatMap((json) => z.safeParse(accessMethodWire, json).data ?? [])
    .filter((method) => !isBeingDeleted(method));
}

/** The methods in the order in which they were asked for; those that nobody asked for come last. */
export function inRequestedOrder(
  requested: readonly RequestedMethod[],
  grant: MethodsOfGrant,
): readonly WireMethod[] {
  const { paired, left } = pairs(requested, grant, grant.access_methods ?? []);
  return [...paired.flat(), ...left];
}

/**
 * For each request the methods that stand for it, and those that are left. A PIN tells best; then what Seam says that it
 * has made for a request of that mode; then the mode alone.
 * @param isOnlyItsPin requests for which no other PIN will do
 */
function pairs(
  requested: readonly RequestedMethod[],
  grant: MethodsOfGrant,
  methods: readonly WireMethod[],
  isOnlyItsPin: (request: RequestedMethod) => boolean = () => false,
): { readonly paired: readonly (readonly WireMethod[])[]; readonly left: readonly WireMethod[] } {
  const left = [...methods];
  const made = (grant.requested_access_methods ?? []).map((entry) =>
    textsIn(entry["created_access_method_ids"]),
  );
  /** Takes the method, with the others that Seam has made for the same request. */
  const taken = (found: WireMethod | undefined): readonly WireMethod[] => {
    if (!found) return [];
    const ids = made.find((some) => some.includes(found.access_method_id)) ?? [];
    const own = left.filter((method) => method === found || ids.includes(method.access_method_id));
    for (const method of own) left.splice(left.indexOf(method), 1);
    return own;
  };
  const byPin = requested.map(({ mode, code }) =>
    taken(
      code === undefined ? undefined : left.find((method) => method.mode === mode && method.code === code),
    ),
  );
  const byMode = (mode: string) => {
    const of = left.filter((method) => method.mode === mode);
    const inOrder = made.flatMap((ids) => of.filter((method) => ids.includes(method.access_method_id)));
    return inOrder[0] ?? of[0];
  };
  const paired = requested.map((request, at) => {
    const own = byPin[at] ?? [];
    return own.length > 0 || isOnlyItsPin(request) ? own : taken(byMode(request.mode));
  });
  return { paired, left };
}

/** The ways in that are not issued yet, and for which nobody has to do anything. */
export function unissued({ access_methods: methods = [] }: MethodsOfGrant): readonly WireMethod[] {
  return methods.filter(
    (method) => !method.is_issued && !method.is_encoding_required && !method.is_assignment_required,
  );
}

/**
 * What is live of the requested methods: without those whose method was taken away by hand, and with those that were
 * added by hand. A PIN that was asked for is not compared: Seam may have chosen another one.
 */
export function liveRequests(
  declared: readonly RequestedMethod[],
  grant: MethodsOfGrant,
): readonly RequestedMethod[] {
  const { requested_access_methods: shownRequests, access_methods: methods } = grant;
  if (!shownRequests || !methods) return declared;
  const pending = pendingModes(grant);
  const { paired, left } = pairs(declared, grant, methods);
  const live = declared.filter(({ mode }, at) => paired[at]?.length || take(pending, mode));
  return left.length === 0 && live.length === declared.length
    ? declared
    : [...live, ...left.map(({ mode }) => ({ mode }))];
}

/**
 * The same, with what Seam shows otherwise than it is declared: how often a key may be used, and that a PIN is another
 * one, which is not shown.
 */
export function requestsAsShown(
  declared: readonly RequestedMethod[],
  grant: MethodsOfGrant,
): readonly RequestedMethod[] {
  const { paired } = pairs(declared, grant, grant.access_methods ?? []);
  const shownAs = new Map(
    declared.map((request, at) => [request, asShown(request, paired[at] ?? [], grant)]),
  );
  return liveRequests(declared, grant).map((request) => shownAs.get(request) ?? request);
}

function asShown(
  request: RequestedMethod,
  methods: readonly WireMethod[],
  { requested_access_methods: requests }: MethodsOfGrant,
): RequestedMethod {
  const isOtherPin = request.code !== undefined && methods.some(({ code }) => code && code !== request.code);
  const ids = methods.map(({ access_method_id }) => access_method_id);
  const made = requests?.find((one) =>
    textsIn(one["created_access_method_ids"]).some((id) => ids.includes(id)),
  );
  const uses = made?.["instant_key_max_use_count"];
  return {
    ...request,
    ...(isOtherPin && { code: "another PIN" }),
    ...(typeof uses === "number" && { instantKeyMaxUseCount: uses }),
  };
}

/** Modes that Seam has been asked for, and has made nothing for yet. */
function pendingModes({ requested_access_methods }: MethodsOfGrant): string[] {
  return (requested_access_methods ?? [])
    .filter((request) => textsIn(request["created_access_method_ids"]).length === 0)
    .map((request) => String(request["mode"]));
}

/** What a change that ended half-way may have left: a PIN that is not wanted any more is not named. */
export function eitherWay(
  before: readonly RequestedMethod[],
  after: readonly RequestedMethod[],
): readonly RequestedMethod[] {
  return [...after, ...without(before, after).map(({ mode }) => ({ mode }))];
}

/** What there is to do at a grant, so that its ways in are those that are declared. */
export interface MethodsChange {
  readonly grant: MethodsOfGrant;
  readonly missing: readonly RequestedMethod[];
  readonly leaving: readonly WireMethod[];
}

/**
 * Works out from what is live what a change of the requests means, so that it may be done twice. What stays keeps its
 * PIN; a PIN that is taken out goes, and another one is a new way in.
 */
export function methodsChange(
  grant: MethodsOfGrant,
  before: readonly RequestedMethod[],
  after: readonly RequestedMethod[],
): MethodsChange {
  const [removed, added] = [without(before, after), without(after, before)];
  const methods = grant.access_methods ?? [];
  const unwanted = methods.filter(({ mode, code }) =>
    removed.some((request) => request.mode === mode && request.code !== undefined && request.code === code),
  );
  const { paired, left } = pairs(
    after,
    grant,
    methods.filter((method) => !unwanted.includes(method)),
    (request) => request.code !== undefined && added.includes(request),
  );
  const pending = pendingModes(grant);
  // Of a PIN that was taken out and is not there Seam had chosen another one.
  const others = removed.filter(({ code }) => !unwanted.some((method) => method.code === code));
  return {
    grant,
    missing: after.filter(({ mode }, at) => !paired[at]?.length && !take(pending, mode)),
    leaving: [...unwanted, ...pairs(others, grant, left).paired.flat()],
  };
}

/**
 * Asks for the ways in that are missing.
 * @see https://docs.seam.co/latest/api/access_grants/request_access_methods
 */
export async function requestMissing(
  seam: SeamClient,
  read: () => Promise<MethodsOfGrant>,
  { grant, missing }: MethodsChange,
): Promise<void> {
  if (missing.length > 0) await request(seam, read, grant, missing);
}

/** Deletes the ways in that are not wanted any more. */
export async function deleteLeaving(seam: SeamClient, { grant, leaving }: MethodsChange): Promise<void> {
  for (const { access_method_id } of leaving) {
    await seam
      .call({
        path: "/access_methods/delete",
        body: { access_method_id },
        effect: "delete",
        action: `delete access_method ${access_method_id} of access_grant ${grant.access_grant_id}`,
      })
      .catch((error: unknown) => {
        if (!isNotFound(error, "access_method")) throw error;
      });
  }
}

async function request(
  seam: SeamClient,
  read: () => Promise<MethodsOfGrant>,
  grant: MethodsOfGrant,
  wanted: readonly RequestedMethod[],
): Promise<void> {
  const { access_grant_id, requested_access_methods: requested } = grant;
  const body = { access_grant_id, requested_access_methods: wanted.map(toWireNames) };
  const action = `ask for access methods of access_grant ${access_grant_id}`;
  const path = "/access_grants/request_access_methods";
  try {
    await seam.call({ path, body, effect: "create", action });
  } catch (error) {
    if (!(error instanceof NoAnswerError || error instanceof ServerError)) throw error;
    // The answer is lost: Seam shows whether it has taken them.
    const now = await read();
    const isTaken = (now.requested_access_methods?.length ?? 0) > (requested?.length ?? 0);
    if (!isTaken) await seam.call({ path, body, effect: "create", action });
  }
}

/** The requests of `some` that are not among `others`, each counted as often as it is there. */
function without(some: readonly RequestedMethod[], others: readonly RequestedMethod[]): RequestedMethod[] {
  const left = others.map(keyOf);
  return some.filter((request) => !take(left, keyOf(request)));
}

function keyOf(request: RequestedMethod): string {
  return JSON.stringify(Object.entries(request).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Takes one such text out of the list. @returns whether there was one */
function take(list: string[], value: string): boolean {
  const at = list.indexOf(value);
  if (at >= 0) list.splice(at, 1);
  return at >= 0;
}

/** The requested methods among declared inputs. */
export function requestedIn(inputs: Properties): readonly RequestedMethod[] {
  const { requestedAccessMethods: list } = inputs;
  return Array.isArray(list) ? (list.filter(isRecord) as unknown as RequestedMethod[]) : [];
}
