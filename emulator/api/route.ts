import type { z } from "zod";
import type { Context } from "../world/context";
import { type ParameterKind, parameterKinds } from "./query";

/** One of Seam's routes: what it takes and what it answers, besides `ok: true`. */
export interface Route {
  path: string;
  methods: ReadonlySet<string>;
  input: z.ZodType;
  queryKinds: ReadonlyMap<string, ParameterKind>;
  /** A personal access token may leave out the workspace. */
  isAboutAllWorkspaces: boolean;
  handle(context: Context, input: unknown): object;
}

export function route<S extends z.ZodType>(
  path: string,
  input: S,
  handle: (context: Context, input: z.output<S>) => object | undefined,
  options = { isAboutAllWorkspaces: false },
): Route {
  return {
    path,
    methods: methodsOf(path),
    input,
    queryKinds: parameterKinds(input),
    ...options,
    handle: (context, checked) => handle(context, checked as z.output<S>) ?? {},
  };
}

// Every route takes POST, and the verb of what it does.
function methodsOf(path: string): ReadonlySet<string> {
  const action = path.slice(path.lastIndexOf("/") + 1);
  if (/^(get|list)/.test(action)) return new Set(["POST", "GET"]);
  if (/^(update|assign|unassign)$/.test(action)) return new Set(["POST", "PATCH"]);
  if (/^(delete|remove)/.test(action)) return new Set(["POST", "DELETE"]);
  if (/^add/.test(action)) return new Set(["POST", "PUT"]);
  return new Set(["POST"]);
}
