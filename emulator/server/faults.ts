import { checkRule, type Fault, type FaultRule, type Reach, wildcard } from "./fault-rules";

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
  readonly #reach: Reach;

  /** @internal */
  constructor(reach: Reach) {
    this.#reach = reach;
  }

  /** Adds a rule behind the others; returns its number for `remove`. */
  add(rule: FaultRule): number {
    checkRule(rule, this.#reach);
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
