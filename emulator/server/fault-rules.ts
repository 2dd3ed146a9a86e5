import { z } from "zod";
import { type Mistake, told } from "../world/mistakes";

/** What goes wrong. "Work" is what the request asks for: an object is created, changed or deleted. */
export type Fault =
  /** 429; with `retryAfterSeconds` also the header. The work is not done. */
  | { fault: "rate-limited"; retryAfterSeconds?: number }
  /** 500 in Seam's error shape. */
  | { fault: "internal-error"; workIsDone?: boolean }
  /** 503 with an empty body. */
  | { fault: "unavailable"; workIsDone?: boolean }
  /** 502 with an HTML page, as a proxy sends it. */
  | { fault: "bad-gateway"; workIsDone?: boolean }
  /** Any other answer. An object as `body` is sent as JSON. */
  | {
      fault: "answer";
      status: number;
      body?: unknown;
      headers?: Record<string, string>;
      workIsDone?: boolean;
    }
  /** The connection breaks before or after the work is done. */
  | { fault: "reset-before-work" }
  | { fault: "reset-after-work" }
  /** No answer ever comes: the client has to give up. */
  | { fault: "timeout-before-work" }
  | { fault: "timeout-after-work" }
  /** The work is done at once, the answer comes after so many real milliseconds. */
  | { fault: "slow"; ms: number }
  /** The work is done, the answer ends in the middle. */
  | { fault: "truncated-json" }
  /** The work is done, the answer says that it is plain text. */
  | { fault: "wrong-content-type" }
  /** 429 once `capacity` requests have used up the bucket, which fills with `perSecond` (real time). */
  | { fault: "token-bucket"; capacity: number; perSecond: number; retryAfterSeconds?: number };

/** Which requests a fault meets. A rule without any of these meets every one. */
export interface FaultSelection {
  /** A path such as `/acs/credentials/create`, or several; `*` stands for any text. */
  route?: string | readonly string[];
  /** Only in this workspace. */
  workspaceId?: string;
  /** Only these calls of the ones that the rule's route meets, counted from 1 since the rule was added. */
  call?: number | readonly number[];
  /** At most so often. */
  times?: number;
  /** With this probability, from 0 to 1. */
  probability?: number;
  /** The same seed meets the same calls. Default 1. */
  seed?: number;
}

export type FaultRule = Fault & FaultSelection;

const selection = {
  route: z.union([z.string(), z.array(z.string()).min(1)]).optional(),
  workspaceId: z.string().optional(),
  call: z.union([z.int().positive(), z.array(z.int().positive()).min(1)]).optional(),
  times: z.int().positive().optional(),
  probability: z.number().min(0).max(1).optional(),
  seed: z.number().optional(),
};

const fault = <F extends Fault["fault"]>(name: F, fields: z.ZodRawShape = {}) =>
  z.strictObject({ fault: z.literal(name), ...fields, ...selection });

const workIsDone = z.boolean().optional();
const retryAfterSeconds = z.number().min(0).optional();

const ruleSchema = z.discriminatedUnion("fault", [
  fault("rate-limited", { retryAfterSeconds }),
  fault("internal-error", { workIsDone }),
  fault("unavailable", { workIsDone }),
  fault("bad-gateway", { workIsDone }),
  fault("answer", {
    status: z.int().min(200).max(599),
    body: z.unknown().optional(),
    headers: z.record(z.string(), z.string()).optional(),
    workIsDone,
  }),
  fault("reset-before-work"),
  fault("reset-after-work"),
  fault("timeout-before-work"),
  fault("timeout-after-work"),
  fault("slow", { ms: z.number().min(0) }),
  fault("truncated-json"),
  fault("wrong-content-type"),
  fault("token-bucket", { capacity: z.number().min(0), perSecond: z.number().min(0), retryAfterSeconds }),
]);

/** What there is that a rule can meet. */
export interface Reach {
  readonly routes: readonly string[];
  readonly workspaceIds: readonly string[];
}

/** Refuses a rule that is misspelt or that no request could ever meet. */
export function checkRule(rule: FaultRule, reach: Reach): void {
  const result = ruleSchema.safeParse(rule);
  const isRule = typeof rule === "object" && rule !== null;
  const mistakes = [...(result.success ? [] : result.error.issues), ...(isRule ? missesOf(rule, reach) : [])];
  if (mistakes.length > 0)
    throw new Error(`This fault rule would never do what it should: ${told(mistakes).join("; ")}`);
}

function missesOf({ route, workspaceId }: FaultRule, { routes, workspaceIds }: Reach): Mistake[] {
  const missed = [route ?? []]
    .flat()
    .filter((wanted) => typeof wanted === "string" && !routes.some((path) => wildcard(wanted).test(path)));
  return [
    ...missed.map((wanted) => ({ path: ["route"], message: `the emulator has no route "${wanted}"` })),
    ...(typeof workspaceId === "string" && !workspaceIds.includes(workspaceId)
      ? [{ path: ["workspaceId"], message: `there is no workspace ${workspaceId}` }]
      : []),
  ];
}

/** A route's pattern, in which `*` stands for any text. */
export function wildcard(route: string): RegExp {
  return new RegExp(`^${route.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*")}$`);
}
