import { AssertionError } from "node:assert";
import type { Operation } from "./engine-events";
import type { StackResult } from "./test-stack";

/** What became of a resource, or in a preview would. */
export type Change = "created" | "updated" | "replaced" | "deleted" | "read" | "unchanged";

/** A request as an emulator records it; secrets are masked as `***`. */
export interface SeenRequest {
  readonly path: string;
  readonly method: string;
  readonly body: unknown;
  readonly status: number | undefined;
}

/** What a request has to look like; what is left out does not matter. */
export interface RequestPattern {
  readonly path: string;
  /** Parameters that have to be there with these values, at any depth; others may be there too. */
  readonly body?: Readonly<Record<string, unknown>>;
  readonly status?: number;
}

/**
 * Exactly these resources changed, in these ways, and every other one stays as it is.
 *
 * @example assertChanges(await stack.preview(), { "ada-front-door": "updated" });
 * @param changes by the resource's name, or by its URN where several have the same name
 * @throws AssertionError that lists every resource that fared otherwise, and every name that does not say which
 *   resource is meant
 */
export function assertChanges(result: StackResult, changes: Readonly<Record<string, Change>>): void {
  const fates = fatesOf(result.operations);
  const meant = new Map(Object.keys(changes).map((key) => [key, fates.filter((fate) => isMeant(key, fate))]));
  const actual: Record<string, Change> = {};
  const wrong: string[] = [];
  for (const [key, expected] of Object.entries(changes)) {
    const [fate, ...more] = meant.get(key) ?? [];
    if (fate !== undefined && more.length === 0) actual[key] = fate.change;
    if (fate === undefined) wrong.push(`  ${key}: expected ${expected}, but it is not in the stack`);
    else if (more.length > 0) wrong.push(ambiguous(key, [fate, ...more]));
    else if (fate.change !== expected) wrong.push(otherwise(key, expected, fate));
  }
  const others = fates.filter((fate) => ![...meant.values()].some((named) => named.includes(fate)));
  for (const fate of others) {
    if (fate.change === "unchanged") continue;
    const key = fates.some(({ name, urn }) => name === fate.name && urn !== fate.urn) ? fate.urn : fate.name;
    actual[key] = fate.change;
    wrong.push(otherwise(key, "unchanged", fate));
  }
  if (wrong.length === 0) return;
  const title = `pulumi ${result.command} did not make the expected changes:`;
  fail([title, ...wrong].join("\n"), actual, changes, assertChanges);
}

/** Nothing changes: no resource is created, updated, replaced or deleted. @throws AssertionError */
export function assertNoChanges(result: StackResult): void {
  assertChanges(result, {});
}

/**
 * Exactly these requests that change something were made since `emulator.requests` was cleared last, in any
 * order. Requests that only read (`/get`, `/get_…`, `/list`, `/list_…`) do not count.
 *
 * @example assertRequests(seam, [{ path: "/acs/credentials/update", body: { code: "***" } }]);
 * @throws AssertionError that shows what is missing and what was not expected
 */
export function assertRequests(
  emulator: { readonly requests: Iterable<SeenRequest> },
  expected: readonly RequestPattern[],
): void {
  const unexpected = [...emulator.requests].filter(({ path }) => !/\/(get|list)(_\w+)?$/.test(path));
  // The most particular first, so that a general pattern does not take the request that it is meant for.
  const particular = [...expected].sort((a, b) => JSON.stringify(b).length - JSON.stringify(a).length);
  const missing = particular.filter((pattern) => {
    const at = unexpected.findIndex((request) => includes(request, pattern));
    if (at >= 0) unexpected.splice(at, 1);
    return at < 0;
  });
  if (missing.length === 0 && unexpected.length === 0) return;
  const seen = unexpected.map(({ method, path, status, body }) => ({ method, path, status, body }));
  const lines = [
    "The requests that changed something are not the expected ones:",
    ...missing.map((pattern) => `  missing: ${JSON.stringify(pattern)}`),
    ...seen.map((request) => `  not expected: ${JSON.stringify(request)}`),
  ];
  fail(lines.join("\n"), seen, missing, assertRequests);
}

/** What became of one resource in all its steps. */
interface Fate {
  readonly urn: string;
  readonly name: string;
  readonly change: Change;
  readonly diffs: readonly string[];
}

function fatesOf(operations: readonly Operation[]): Fate[] {
  const byUrn = new Map<string, Operation[]>();
  for (const operation of operations)
    byUrn.set(operation.urn, [...(byUrn.get(operation.urn) ?? []), operation]);
  return [...byUrn].map(([urn, steps]) => ({
    urn,
    name: steps[0]?.name ?? urn,
    change: changeOf(steps),
    diffs: [...new Set(steps.flatMap(({ diffs }) => diffs))],
  }));
}

function isMeant(key: string, { urn, name }: Fate): boolean {
  return key === urn || key === name;
}

function otherwise(key: string, expected: Change, { change, diffs }: Fate): string {
  const because = diffs.length > 0 ? ` (${diffs.join(", ")})` : "";
  return `  ${key}: expected ${expected}, but it is ${change}${because}`;
}

function ambiguous(key: string, fates: readonly Fate[]): string {
  const urns = fates.map(({ urn, change }) => `    ${urn} (${change})`);
  return [
    `  ${key}: is the name of ${fates.length} resources, name the one that is meant by its URN:`,
    ...urns,
  ].join("\n");
}

function changeOf(steps: readonly Operation[]): Change {
  const ops = steps.map(({ op }) => op);
  if (ops.some((op) => op === "replace" || op.endsWith("-replacement") || op.endsWith("-replaced")))
    return "replaced";
  if (ops.includes("create") || ops.includes("import")) return "created";
  if (ops.includes("update")) return "updated";
  if (ops.includes("delete") || ops.includes("discard")) return "deleted";
  return ops.includes("read") ? "read" : "unchanged";
}

/** Whether `actual` has everything that `expected` has; lists have to be equal in length and order. */
function includes(actual: unknown, expected: unknown): boolean {
  if (typeof expected !== "object" || expected === null) return Object.is(actual, expected);
  if (typeof actual !== "object" || actual === null) return false;
  if (Array.isArray(expected) && (!Array.isArray(actual) || actual.length !== expected.length)) return false;
  return Object.entries(expected).every(([name, value]) =>
    includes((actual as Record<string, unknown>)[name], value),
  );
}

/** An error that test frameworks know, and show with a comparison of what is with what was expected. */
// biome-ignore lint/complexity/noBannedTypes: Node's own type for where the stack trace begins.
function fail(message: string, actual: unknown, expected: unknown, caller: Function): never {
  throw new AssertionError({ message, actual, expected, operator: caller.name, stackStartFn: caller });
}
