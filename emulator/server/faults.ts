import { z } from "zod";

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

interface ActiveRule {
  id: number;
  rule: FaultRule;
  calls: number;
  hits: number;
  random: () => number;
  routes: RegExp[];
  bucket: { tokens: number; filledAt: number } | undefined;
}

/** The rules in force; the first one that meets a request is played. */
export class Faults {
  #active: ActiveRule[] = [];
  #nextId = 1;
  #suspended = 0;

  /** Adds a rule behind the others; returns its number for `remove`. */
  add(rule: FaultRule): number {
    checkRule(rule);
    const routes = rule.route === undefined ? ["*"] : [rule.route].flat();
    this.#active.push({
      id: this.#nextId,
      rule,
      calls: 0,
      hits: 0,
      random: seededRandom(rule.seed ?? 1),
      routes: routes.map(wildcard),
      bucket: rule.fault === "token-bucket" ? { tokens: rule.capacity, filledAt: Date.now() } : undefined,
    });
    return this.#nextId++;
  }

  remove(id: number): void {
    this.#active = this.#active.filter((active) => active.id !== id);
  }

  clear(): void {
    this.#active = [];
  }

  /** Lets every rule rest, as if no request came, until what it returns is called. */
  suspend(): () => void {
    this.#suspended += 1;
    let isOver = false;
    return () => {
      if (!isOver) this.#suspended -= 1;
      isOver = true;
    };
  }

  /** The rules in force with how many calls they saw and met. */
  list(): { id: number; rule: FaultRule; calls: number; hits: number }[] {
    return this.#active.map(({ id, rule, calls, hits }) => ({ id, rule, calls, hits }));
  }

  /** @internal The fault of this request. Every rule counts the call, also behind another one's fault. */
  next(path: string, workspaceId: string | undefined): Fault | undefined {
    if (this.#suspended > 0) return undefined;
    let chosen: Fault | undefined;
    for (const active of this.#active) {
      const { rule } = active;
      if (rule.workspaceId !== undefined && rule.workspaceId !== workspaceId) continue;
      if (!active.routes.some((route) => route.test(path))) continue;
      active.calls += 1;
      if (!meets(active) || chosen) continue;
      active.hits += 1;
      chosen = rule;
    }
    return chosen;
  }
}

const selection = {
  route: z.union([z.string(), z.array(z.string())]).optional(),
  workspaceId: z.string().optional(),
  call: z.union([z.int().positive(), z.array(z.int().positive())]).optional(),
  times: z.int().positive().optional(),
  probability: z.number().min(0).max(1).optional(),
  seed: z.number().optional(),
};

const fault = <F extends Fault["fault"]>(name: F, fields: z.ZodRawShape = {}) =>
  z.strictObject({ fault: z.literal(name), ...fields, ...selection });

const workIsDone = z.boolean().optional();
const retryAfterSeconds = z.number().optional();

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
  fault("token-bucket", { capacity: z.number(), perSecond: z.number(), retryAfterSeconds }),
]);

function checkRule(rule: FaultRule): void {
  const result = ruleSchema.safeParse(rule);
  if (result.success) return;
  const mistakes = result.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
  throw new Error(`This fault rule would never do what it should: ${mistakes.join("; ")}`);
}

function meets(active: ActiveRule): boolean {
  const { rule, calls, hits } = active;
  // Drawn for every call, so that a seed gives the same series whatever else the rule says.
  const isDrawn = rule.probability === undefined || active.random() < rule.probability;
  if (rule.times !== undefined && hits >= rule.times) return false;
  if (rule.call !== undefined && ![rule.call].flat().includes(calls)) return false;
  return isDrawn && (rule.fault !== "token-bucket" || isBucketEmpty(active));
}

function isBucketEmpty(active: ActiveRule): boolean {
  const { rule, bucket } = active;
  if (rule.fault !== "token-bucket" || !bucket) return false;
  const now = Date.now();
  const filled = bucket.tokens + ((now - bucket.filledAt) / 1000) * rule.perSecond;
  bucket.tokens = Math.min(rule.capacity, filled);
  bucket.filledAt = now;
  if (bucket.tokens < 1) return true;
  bucket.tokens -= 1;
  return false;
}

function wildcard(route: string): RegExp {
  return new RegExp(`^${route.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*")}$`);
}

// mulberry32: small, and the same on every machine.
function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
