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

/**
 * The methods in the order in which they were asked for, each PIN beside the request that names it; those that nobody
 * asked for come last.
 */
export function inRequestedOrder(
  requested: readonly RequestedMethod[],
  grant: MethodsOfGrant,
): readonly WireMethod[] {
  const { paired, left } = pairs(requested, grant.access_methods ?? []);
  return [...paired.flatMap((method) => method ?? []), ...left];
}

/** For each request the method that stands for it, first by the PIN, then by the mode; and those that are left. */
function pairs(
  requested: readonly RequestedMethod[],
  methods: readonly WireMethod[],
): { readonly paired: readonly (WireMethod | undefined)[]; readonly left: readonly WireMethod[] } {
  const left = [...methods];
  const taken = (isIts: (method: WireMethod) => boolean) => {
    const at = left.findIndex(isIts);
    return at < 0 ? undefined : left.splice(at, 1)[0];
  };
  const byPin = requested.map(({ mode, code }) =>
    code === undefined ? undefined : taken((method) => method.mode === mode && method.code === code),
  );
  const paired = requested.map(({ mode }, at) => byPin[at] ?? taken((method) => method.mode === mode));
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
  const pending = shownRequests
    .filter((request) => textsIn(request["created_access_method_ids"]).length === 0)
    .map((request) => String(request["mode"]));
  const { paired, left } = pairs(declared, methods);
  const live = declared.filter(({ mode }, at) => paired[at] !== undefined || take(pending, mode));
  return left.length === 0 && live.length === declared.length
    ? declared
    : [...live, ...left.map(({ mode }) => ({ mode }))];
}

/** What a change that ended half-way may have left: a PIN that is not wanted any more is not named. */
export function eitherWay(
  before: readonly RequestedMethod[],
  after: readonly RequestedMethod[],
): readonly RequestedMethod[] {
  return [...after, ...without(before, after).map(({ mode }) => ({ mode }))];
}

/**
 * Asks for ways in that are missing and deletes those that are not wanted any more; what stays keeps its PIN. Works out
 * from what is live what there is to do, so that it may be done twice.
 * @see https://docs.seam.co/latest/api/access_grants/request_access_methods
 */
export async function changeMethods(
  seam: SeamClient,
  read: () => Promise<MethodsOfGrant>,
  before: readonly RequestedMethod[],
  after: readonly RequestedMethod[],
): Promise<void> {
  const grant = await read();
  const [removed, added] = [without(before, after), without(after, before)];
  const leaving = methodsFor(removed, after, grant.access_methods ?? []);
  const staying = (grant.access_methods ?? []).filter((method) => !leaving.includes(method));
  await request(seam, read, grant, missing(added, after, staying));
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
  if (wanted.length === 0) return;
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

/** The wanted ones of `added` that the methods which stay do not stand for already. */
function missing(
  added: readonly RequestedMethod[],
  after: readonly RequestedMethod[],
  staying: readonly WireMethod[],
): RequestedMethod[] {
  const others = without(after, added);
  const { left } = pairs(others, staying);
  const { paired } = pairs(added, left);
  return added.filter(
    ({ code }, at) => paired[at] === undefined || (code !== undefined && paired[at].code !== code),
  );
}

/** Methods that go with the requests that were taken out: of a PIN that was asked for its own, else any but a kept PIN. */
function methodsFor(
  removed: readonly RequestedMethod[],
  after: readonly RequestedMethod[],
  methods: readonly WireMethod[],
): readonly WireMethod[] {
  const left = [...methods];
  const kept = new Set<string | null | undefined>(after.flatMap(({ code }) => code ?? []));
  return removed.flatMap(({ mode, code }) => {
    const of = left.filter((method) => method.mode === mode);
    const found =
      of.find((method) => code !== undefined && method.code === code) ??
      of.find((method) => !kept.has(method.code));
    if (found) left.splice(left.indexOf(found), 1);
    return found ?? [];
  });
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
