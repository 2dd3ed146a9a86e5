import * as fs from "node:fs";
import * as path from "node:path";
import { type Fault, startEmulator } from "../../emulator";
import { sharedClient } from "../../provider/engine/shared-client";
import { resolveSettings, SINGLE_READS } from "../../provider/http/settings";
import { DOORS, type Door, kept, type Provider, type ResourceName } from "../doors/in-process";
import { KINDS, type Kind } from "./kinds";

const RESOURCES = 10;
/** Which of the ten calls of the operation's route meet the fault; those sent again have higher numbers. */
const CALLS = [2, 5, 9];
/** Most of the time is waiting. */
const AT_ONCE = 20;
const SENT_AGAIN = { tryTimeoutMs: 3_000, deadlineMs: 60_000 };

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
  provider: Provider,
  { change }: Kind,
  operation: OperationName,
  { id, outputs }: Saved,
  inputs: Properties,
): Promise<Saved | undefined> {
  switch (operation) {
    case "create": {
      const created = await provider.create(inputs);
      return { id: created.id, outputs: created.outs ?? {} };
    }
    case "read": {
      const observed = await provider.read(id, outputs);
      return observed.id ? { id, outputs: observed.props ?? {} } : undefined;
    }
    case "update": {
      const { outs = {} } = await provider.update(id, outputs, { ...inputs, ...change });
      return { id, outputs: outs };
    }
    case "delete":
      await provider.delete(id, outputs);
      return undefined;
  }
}

interface Row {
  readonly door: string;
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

async function play(door: Door, faultName: string, kind: Kind, operation: OperationName): Promise<Row> {
  const emulator = await startEmulator();
  const settings = { apiKey: emulator.apiKey, endpoint: emulator.url };
  // Whoever asks first says how patient the client of this account is.
  sharedClient(
    resolveSettings((name) => (name in settings ? settings[name as "apiKey"] : undefined)),
    SENT_AGAIN,
  );
  const name = kind.lifecycle.name as ResourceName;
  /** A command of Pulumi's that does the same to all resources. */
  const command = async <T>(act: (provider: Provider, n: number) => Promise<T>) => {
    const { providers, close } = await door.open(settings);
    try {
      return await Promise.allSettled(declared.map((_, n) => act(providers[name], n)));
    } finally {
      await close();
    }
  };
  const declared = Array.from({ length: RESOURCES }, (_, n) => kept(door, name, kind.inputs(emulator, n)));
  const seeded = new Set(kind.live(emulator));
  const liveIds = () => kind.live(emulator).filter((id) => !seeded.has(id));
  try {
    const before: Saved[] = declared.map(() => ({ id: "", outputs: {} }));
    if (operation !== "create") {
      const made = await command(async (provider, n) => {
        const { id, outs } = await provider.create(declared[n] as Properties);
        before[n] = { id, outputs: kept(door, name, outs) };
      });
      expect(made.filter(({ status }) => status === "rejected")).toEqual([]);
    }
    emulator.requests.clear();
    emulator.faults.add({
      ...(FAULTS[faultName] as Fault),
      route: kind.routes[operation] as string,
      call: CALLS,
    });
    const results = await command((provider, n) =>
      operate(provider, kind, operation, before[n] as Saved, declared[n] as Properties),
    );
    const failed = results.filter(({ status }) => status === "rejected").length;
    // What the engine has in the state afterwards: a failed read, update or delete leaves what was there.
    const inState = results.flatMap((result, n) => {
      const after = result.status === "fulfilled" ? result.value : before[n];
      return after?.id ? [after.id] : [];
    });
    const live = liveIds();
    return {
      door: door.name,
      fault: faultName,
      kind: kind.name,
      operation,
      failed,
      lost:
        operation === "read"
          ? before.filter(({ id }) => !inState.includes(id)).length
          : live.filter((id) => !inState.includes(id)).length,
      doubled: Math.max(0, live.length - RESOURCES) + (inState.length - new Set(inState).size),
      requests: emulator.requests.count(),
      messages: results.flatMap((result) => (result.status === "rejected" ? String(result.reason) : [])),
    };
  } finally {
    // The client stays: another emulator may get the same port.
    await emulator.close();
  }
}

const rows: Row[] = [];

beforeAll(() => {
  process.env[SINGLE_READS] = "true";
});
afterAll(() => {
  delete process.env[SINGLE_READS];
  if (!process.env["WRITE_RELIABILITY"]) return;
  const file = path.join(__dirname, "../../docs/reliability.md");
  fs.writeFileSync(file, withTables(fs.readFileSync(file, "utf8")));
});

describe.each(DOORS)("every fault in every operation, by $name", (door) => {
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
            cells.slice(next, next + AT_ONCE).map(([fault, operation]) => play(door, fault, kind, operation)),
          )),
        );
      }
      rows.push(...played);
      expect(played.filter(({ failed, lost, doubled }) => failed + lost + doubled > 0)).toEqual([]);
      expect(played).toHaveLength(15 * operations.length);
    },
    600_000,
  );
});

/** The page with its tables: the first kind by the first door, fault by fault; of all kinds by both, the sums. */
function withTables(page: string): string {
  const [first] = KINDS;
  const byFault = rows
    .filter(({ kind, door }) => kind === first?.name && door === DOORS[0]?.name)
    .map((row) => [row.fault, row.operation, row.failed, row.lost, row.doubled, row.requests]);
  const byKind = KINDS.flatMap(({ name }) =>
    DOORS.flatMap((door) => OPERATIONS.map((operation) => ({ door: door.name, operation }))).flatMap(
      ({ door, operation }) => {
        const played = rows.filter(
          (row) => row.kind === name && row.operation === operation && row.door === door,
        );
        const sum = (column: "failed" | "lost" | "doubled" | "requests") =>
          played.reduce((total, row) => total + row[column], 0);
        const columns = [sum("failed"), sum("lost"), sum("doubled"), sum("requests")];
        return played.length === 0 ? [] : [[name, door, operation, played.length * RESOURCES, ...columns]];
      },
    ),
  );
  return [
    ["faults", table(["fault", "operation", "failed", "lost", "doubled", "requests"], byFault)],
    [
      "kinds",
      table(["resource", "by", "operation", "operations", "failed", "lost", "doubled", "requests"], byKind),
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
