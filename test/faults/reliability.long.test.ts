import * as fs from "node:fs";
import * as path from "node:path";
import { type Fault, startEmulator } from "../../emulator";
import { createClient, type SeamClient } from "../../provider/http/client";
import { Run } from "../../provider/lifecycle/run";
import { KINDS, type Kind } from "./kinds";

const RESOURCES = 10;
/** Which of the ten calls of the operation's route meet the fault; those sent again have higher numbers. */
const CALLS = [2, 5, 9];
/** Most of the time is waiting. */
const AT_ONCE = 60;
const SENT_AGAIN = { tryTimeoutMs: 1_500, deadlineMs: 30_000 };

const FAULTS: Record<string, Fault> = {
  "429 with Retry-After": { fault: "rate-limited", retryAfterSeconds: 1 },
  "429 without Retry-After": { fault: "rate-limited" },
  "500, nothing done": { fault: "internal-error" },
  "500 after the work": { fault: "internal-error", workIsDone: true },
  "503 with empty body, nothing done": { fault: "unavailable" },
  "503 with empty body after the work": { fault: "unavailable", workIsDone: true },
  "HTML 502, nothing done": { fault: "bad-gateway" },
  "HTML 502 after the work": { fault: "bad-gateway", workIsDone: true },
  "connection reset, nothing done": { fault: "reset-before-work" },
  "connection reset after the work": { fault: "reset-after-work" },
  "time-out, nothing done": { fault: "timeout-before-work" },
  "time-out after the work": { fault: "timeout-after-work" },
  "truncated JSON": { fault: "truncated-json" },
  "wrong content type": { fault: "wrong-content-type" },
  "slow reply": { fault: "slow", ms: 300 },
};

type Properties = Record<string, unknown>;
interface Saved {
  readonly id: string;
  readonly outputs: Properties;
}

type OperationName = keyof Kind["routes"];
const OPERATIONS = ["create", "read", "update", "delete"] as const;

/** What the engine would have in the state after the operation. */
async function operate(
  { lifecycle, change }: Kind,
  operation: OperationName,
  client: SeamClient,
  { id, outputs }: Saved,
  inputs: Properties,
): Promise<Saved | undefined> {
  const run = new Run();
  switch (operation) {
    case "create":
      return lifecycle.create(client, inputs, run);
    case "read": {
      const observed = await lifecycle.read(client, id, outputs, run);
      return observed && { id, outputs: observed.outputs };
    }
    case "update":
      return { id, outputs: await lifecycle.update(client, id, outputs, { ...inputs, ...change }, run) };
    case "delete":
      await lifecycle.remove(client, id, outputs, { run, awaitGone: false });
      return undefined;
  }
}

interface Row {
  readonly fault: string;
  readonly kind: string;
  readonly operation: OperationName;
  /** Resources whose operation failed. */
  readonly failed: number;
  /** Objects in Seam that no state has; for a delete, ones that should be gone. */
  readonly lost: number;
  /** Objects in Seam beyond one a resource; states that share one. */
  readonly doubled: number;
  readonly requests: number;
  /** Of what failed, for whoever reads a failing test. */
  readonly messages: readonly string[];
}

async function play(faultName: string, kind: Kind, operation: OperationName): Promise<Row> {
  const emulator = await startEmulator();
  const client = createClient(
    { endpoint: emulator.url, token: emulator.apiKey },
    { ...SENT_AGAIN, listsReads: false },
  );
  const seeded = new Set(kind.live(emulator));
  const liveIds = () => kind.live(emulator).filter((id) => !seeded.has(id));
  try {
    const declared = Array.from({ length: RESOURCES }, (_, n) => kind.inputs(emulator, n));
    const nothing: Saved = { id: "", outputs: {} };
    const before =
      operation === "create"
        ? declared.map(() => nothing)
        : await Promise.all(declared.map((inputs) => kind.lifecycle.create(client, inputs, new Run())));
    emulator.requests.clear();
    emulator.faults.add({
      ...(FAULTS[faultName] as Fault),
      route: kind.routes[operation] as string,
      call: CALLS,
    });
    const results = await Promise.allSettled(
      declared.map((inputs, n) => operate(kind, operation, client, before[n] as Saved, inputs)),
    );
    const failed = results.filter(({ status }) => status === "rejected").length;
    // What the engine has in the state afterwards: a failed read, update or delete leaves what was there.
    const kept = results.flatMap((result, n) => {
      const after = result.status === "fulfilled" ? result.value : before[n];
      return after?.id ? [after.id] : [];
    });
    const live = liveIds();
    return {
      fault: faultName,
      kind: kind.name,
      operation,
      failed,
      lost:
        operation === "read"
          ? before.filter(({ id }) => !kept.includes(id)).length
          : live.filter((id) => !kept.includes(id)).length,
      doubled: Math.max(0, live.length - RESOURCES) + (kept.length - new Set(kept).size),
      requests: emulator.requests.count(),
      messages: results.flatMap((result) => (result.status === "rejected" ? String(result.reason) : [])),
    };
  } finally {
    await client.close();
    await emulator.close();
  }
}

const rows: Row[] = [];

describe("every fault in every operation", () => {
  it.each(KINDS)(
    "fails no resource, loses no object and doubles none: $name",
    async (kind) => {
      const operations = OPERATIONS.filter((operation) => kind.routes[operation] !== undefined);
      const cells = Object.keys(FAULTS).flatMap((fault) =>
        operations.map((operation) => [fault, operation] as const),
      );
      const played: Row[] = [];
      for (let next = 0; next < cells.length; next += AT_ONCE) {
        played.push(
          ...(await Promise.all(
            cells.slice(next, next + AT_ONCE).map(([fault, operation]) => play(fault, kind, operation)),
          )),
        );
      }
      rows.push(...played);
      expect(played.filter(({ failed, lost, doubled }) => failed + lost + doubled > 0)).toEqual([]);
      expect(played).toHaveLength(15 * operations.length);
    },
    120_000,
  );

  afterAll(() => {
    if (!process.env["WRITE_RELIABILITY"]) return;
    const file = path.join(__dirname, "../../docs/reliability.md");
    fs.writeFileSync(file, withTables(fs.readFileSync(file, "utf8")));
  });
});

/** The page with its tables: the first kind fault by fault; of all kinds, the sums. */
function withTables(page: string): string {
  const [first] = KINDS;
  const byFault = rows
    .filter(({ kind }) => kind === first?.name)
    .map((row) => [row.fault, row.operation, row.failed, row.lost, row.doubled, row.requests]);
  const byKind = KINDS.flatMap(({ name }) =>
    OPERATIONS.flatMap((operation) => {
      const played = rows.filter((row) => row.kind === name && row.operation === operation);
      const sum = (column: "failed" | "lost" | "doubled" | "requests") =>
        played.reduce((total, row) => total + row[column], 0);
      const columns = [sum("failed"), sum("lost"), sum("doubled"), sum("requests")];
      return played.length === 0 ? [] : [[name, operation, played.length * RESOURCES, ...columns]];
    }),
  );
  return [
    ["faults", table(["fault", "operation", "failed", "lost", "doubled", "requests"], byFault)],
    [
      "kinds",
      table(["resource", "operation", "operations", "failed", "lost", "doubled", "requests"], byKind),
    ],
  ].reduce(
    (text, [name, rows]) =>
      text.replace(new RegExp(`(<!-- ${name} -->\\n)[\\s\\S]*?(<!-- /${name} -->)`), `$1${rows}\n$2`),
    page,
  );
}

function table(head: readonly string[], body: readonly (readonly unknown[])[]): string {
  return [head, head.map(() => "---"), ...body].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
