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
 * @param changes by the resource's name, or by its URN where two have the same name
 * @throws AssertionError that lists every resource that fared otherwise
 */
export function assertChanges(result: StackResult, changes: Readonly<Record<string, Change>>): void {
  const actual: Record<string, Change> = {};
  for (const [urn, steps] of byUrn(result.operations)) {
    const change = changeOf(steps);
    const key = keyOf(urn, steps[0]?.name ?? urn, changes);
    if (change !== "unchanged" || changes[key] === "unchanged") actual[key] = change;
  }
  const names = new Set([...Object.keys(changes), ...Object.keys(actual)]);
  const wrong = [...names].filter((name) => changes[name] !== actual[name]);
  if (wrong.length === 0) return;
  const lines = wrong.map((name) => {
    const diffs = result.operations
      .filter((step) => step.name === name || step.urn === name)
      .flatMap((o) => o.diffs);
    const because = diffs.length > 0 ? ` (${[...new Set(diffs)].join(", ")})` : "";
    const became =
      actual[name] ?? (result.operations.some((o) => o.name === name) ? "unchanged" : "not in the stack");
    return `  ${name}: expected ${changes[name] ?? "unchanged"}, but it is ${became}${because}`;
  });
  const title = `pulumi ${result.command} did not make the expected changes:`;
  fail([title, ...lines].join("\n"), actual, changes, assertChanges);
}

/** Nothing changes: no resource is created, updated, replaced or deleted. @throws AssertionError */
export function assertNoChanges(result: StackResult): void {
  assertChanges(result, {});
}

/**
 * Exactly these requests that change something were made since `emulator.requests` was cleared last, in any
 * order. Requests that only read (`/get`, `/list`, `/list_…`) do not count.
 *
 * @example assertRequests(seam, [{ path: "/acs/credentials/update", body: { code: "***" } }]);
 * @throws AssertionError that shows what is missing and what was not expected
 */
export function assertRequests(
  emulator: { readonly requests: Iterable<SeenRequest> },
  expected: readonly RequestPattern[],
): void {
  const unexpected = [...emulator.requests].filter(({ path }) => !/\/(get|list|list_\w+)$/.test(path));
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

function byUrn(operations: readonly Operation[]): Map<string, Operation[]> {
  const steps = new Map<string, Operation[]>();
  for (const operation of operations)
    steps.set(operation.urn, [...(steps.get(operation.urn) ?? []), operation]);
  return steps;
}

function keyOf(urn: string, name: string, changes: Readonly<Record<string, Change>>): string {
  return urn in changes ? urn : name;
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
