import fc from "fast-check";
import type { FaultRule } from "../../emulator";
import { DOORS, type Door } from "../doors/in-process";
import { SLOT_NAMES } from "./universe";
import { type Step, World } from "./world";

/** The same stories in every `npm test`, 2,000 by each door in `npm run test:model`; MODEL_SEED repeats a failure's. */
const RUNS = process.env["MODEL_RUNS"];
/** What the plugin is asked and answers goes over gRPC. */
const USUAL = { dynamic: 60, plugin: 20 };
const SEED = process.env["MODEL_SEED"] ?? "2036";
/** Most of a story's time is waiting. */
const AT_ONCE = 6;

const ROUTES = [
  ...["credentials", "users"].flatMap((kind) =>
    ["create", "update", "delete", "get", "list"].map((route) => `/acs/${kind}/${route}`),
  ),
  ...["/user_identities", "/access_grants"].flatMap((kind) =>
    ["create", "update", "delete", "get", "list"].map((route) => `${kind}/${route}`),
  ),
  ...["add_user", "remove_user", "list", "list_users"].map((route) => `/acs/access_groups/${route}`),
];

const slot = fc.constantFrom(...SLOT_NAMES);
const rule: fc.Arbitrary<FaultRule> = fc
  .tuple(
    fc.constantFrom<FaultRule>(
      { fault: "reset-before-work" },
      { fault: "reset-after-work" },
      { fault: "internal-error" },
      { fault: "internal-error", workIsDone: true },
      { fault: "unavailable", workIsDone: true },
      { fault: "bad-gateway" },
      { fault: "truncated-json" },
      { fault: "rate-limited", retryAfterSeconds: 0 },
    ),
    fc.constantFrom(...ROUTES),
    fc.integer({ min: 1, max: 2 }),
  )
  .map(([fault, route, call]) => ({ ...fault, route, call }));

const doing = <D extends Step["do"]>(name: D) => fc.constant(name);
const steps: [number, fc.Arbitrary<Step>][] = [
  [8, fc.record({ do: doing("declare"), slot, variant: fc.nat(2) })],
  [3, fc.record({ do: doing("remove"), slot })],
  [3, fc.record({ do: doing("rename"), slot, isAliased: fc.boolean() })],
  [2, fc.record({ do: doing("twin"), slot })],
  [2, fc.record({ do: doing("drift"), nth: fc.nat(20), isDeleted: fc.boolean() })],
  [1, fc.record({ do: doing("sicken"), nth: fc.nat(20) })],
  [1, fc.constantFrom<Step>({ do: "heal" })],
  [2, fc.record({ do: doing("fault"), rule })],
  [6, fc.record({ do: doing("up"), refresh: fc.boolean(), continueOnError: fc.boolean() })],
  [1, fc.constantFrom<Step>({ do: "refresh" })],
  [1, fc.record({ do: doing("target"), slots: fc.array(slot, { minLength: 1, maxLength: 4 }) })],
  [2, fc.record({ do: doing("replace"), slots: fc.array(slot, { minLength: 1, maxLength: 3 }) })],
  [1, fc.record({ do: doing("fail"), slot })],
  [1, fc.record({ do: doing("kill"), at: fc.integer({ min: 1, max: 6 }) })],
  [1, fc.record({ do: doing("foreign"), command: fc.constantFrom("up", "refresh", "destroy") })],
];
const story = fc.array(fc.oneof(...steps.map(([weight, arbitrary]) => ({ weight, arbitrary }))), {
  minLength: 1,
  maxLength: 30,
  size: "max",
});

async function live(door: Door, taken: readonly Step[]): Promise<void> {
  const world = await World.begin(door);
  try {
    for (const step of taken) await world.take(step);
    await world.converge();
  } finally {
    await world.end();
  }
}

describe.each(DOORS)("any story of a stack of all kinds, by $name", (door) => {
  const runs = Number(RUNS ?? USUAL[door.kind]);
  it(
    `takes away nothing that is declared, touches no other workspace, and ends as declared (${runs} stories)`,
    async () => {
      const seed = SEED === "new" ? Date.now() % 1_000_000 : Number(SEED);
      console.log(`model: ${runs} stories by ${door.name}, MODEL_SEED=${seed}`);
      const told = await Promise.all(
        Array.from({ length: AT_ONCE }, (_, index) =>
          fc.check(
            fc.asyncProperty(story, (taken) => live(door, taken)),
            { numRuns: Math.ceil(runs / AT_ONCE), seed: seed + index },
          ),
        ),
      );
      const failed = told.filter((run) => run.failed);
      expect(failed.map((run) => `${fc.defaultReportMessage(run)}\n${run.errorInstance}`).join("\n\n")).toBe(
        "",
      );
    },
    60_000 + runs * 10_000,
  );
});
