import * as fs from "node:fs";
import * as path from "node:path";
import { type Emulator, type Fault, startEmulator } from "../../emulator";
import { createClient, type SeamClient } from "../../provider/http/client";
import { Run } from "../../provider/lifecycle/run";
import { acsCredential } from "../../provider/resources/acs-credential";

const RESOURCES = 10;
/** Which of the ten calls of the operation's route meet the fault; those sent again have higher numbers. */
const CALLS = [2, 5, 9];
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

interface Operation {
  readonly route: string;
  run(client: SeamClient, saved: Saved, news: Properties): Promise<Saved | undefined>;
}

const OPERATIONS: Record<string, Operation> = {
  create: {
    route: "/acs/credentials/create",
    run: (client, _, news) => acsCredential.create(client, news, new Run()),
  },
  read: {
    route: "/acs/credentials/get",
    run: async (client, { id, outputs }) => {
      const observed = await acsCredential.read(client, id, outputs, new Run());
      return observed && { id, outputs: observed.outputs };
    },
  },
  update: {
    route: "/acs/credentials/update",
    run: async (client, { id, outputs }, news) => ({
      id,
      outputs: await acsCredential.update(
        client,
        id,
        outputs,
        {
          ...news,
          endsAt: "2041-01-01T00:00:00.000Z",
        },
        new Run(),
      ),
    }),
  },
  delete: {
    route: "/acs/credentials/delete",
    run: async (client, { id, outputs }) => {
      await acsCredential.remove(client, id, outputs, { run: new Run(), awaitGone: false });
      return undefined;
    },
  },
};

interface Row {
  readonly fault: string;
  readonly operation: string;
  /** Resources whose operation failed. */
  readonly failed: number;
  /** Credentials in Seam that no state has; for a delete, ones that should be gone. */
  readonly lost: number;
  /** Credentials in Seam beyond one a resource; states that share one. */
  readonly doubled: number;
  readonly requests: number;
}

async function play(faultName: string, operationName: string): Promise<Row> {
  const operation = OPERATIONS[operationName] as Operation;
  const seam = (await startEmulator()) as unknown as Emulator;
  const client = createClient(
    { endpoint: seam.url, token: seam.apiKey },
    { ...SENT_AGAIN, listsReads: false },
  );
  try {
    const declared = Array.from({ length: RESOURCES }, (_, n) => ({
      accessMethod: "code",
      acsUserId: seam.ids.acsUsers["salto-ks/ada"],
      code: String(1000 + n),
      endsAt: "2040-01-01T00:00:00.000Z",
    }));
    const nothing: Saved = { id: "", outputs: {} };
    const before =
      operationName === "create"
        ? declared.map(() => nothing)
        : await Promise.all(declared.map((inputs) => acsCredential.create(client, inputs, new Run())));
    seam.requests.clear();
    seam.faults.add({ ...(FAULTS[faultName] as Fault), route: operation.route, call: CALLS });
    const results = await Promise.allSettled(
      declared.map((inputs, n) => operation.run(client, before[n] as Saved, inputs)),
    );
    const failed = results.filter(({ status }) => status === "rejected").length;
    // What the engine has in the state afterwards: a failed read, update or delete leaves what was there.
    const kept = results.flatMap((result, n) => {
      const after = result.status === "fulfilled" ? result.value : before[n];
      return after?.id ? [after.id] : [];
    });
    const live = seam.credentials().map(({ acs_credential_id: id }) => id);
    return {
      fault: faultName,
      operation: operationName,
      failed,
      lost:
        operationName === "read"
          ? before.filter(({ id }) => !kept.includes(id)).length
          : live.filter((id) => !kept.includes(id)).length,
      doubled: Math.max(0, live.length - RESOURCES) + (kept.length - new Set(kept).size),
      requests: seam.requests.count(),
    };
  } finally {
    await client.close();
    await seam.close();
  }
}

describe("every fault in every operation", () => {
  it("fails no resource, loses no credential and doubles none", async () => {
    const cells = Object.keys(FAULTS).flatMap((fault) =>
      Object.keys(OPERATIONS).map((operation) => [fault, operation] as const),
    );
    const rows: Row[] = [];
    for (let next = 0; next < cells.length; next += 12) {
      rows.push(
        ...(await Promise.all(
          cells.slice(next, next + 12).map(([fault, operation]) => play(fault, operation)),
        )),
      );
    }
    if (process.env["WRITE_RELIABILITY"]) {
      fs.writeFileSync(path.join(__dirname, "../../docs/reliability.md"), page(rows));
    }
    expect(rows.filter(({ failed, lost, doubled }) => failed + lost + doubled > 0)).toEqual([]);
    expect(rows).toHaveLength(60);
  });
});

function page(rows: readonly Row[]): string {
  const body = rows.map(
    ({ fault, operation, failed, lost, doubled, requests }) =>
      `| ${fault} | ${operation} | ${failed} | ${lost} | ${doubled} | ${requests} |`,
  );
  const text = fs.readFileSync(path.join(__dirname, "reliability.md"), "utf8");
  return text.replace(
    "{{table}}",
    [
      "| fault | operation | failed | lost | doubled | requests |",
      "| --- | --- | --- | --- | --- | --- |",
      ...body,
    ].join("\n"),
  );
}
