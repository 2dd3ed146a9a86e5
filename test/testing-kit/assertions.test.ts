import { AssertionError } from "node:assert";
import {
  assertChanges,
  assertNoChanges,
  assertRequests,
  type Operation,
  type SeenRequest,
  type StackResult,
} from "pulumi-seam/testing";

const URN = "urn:pulumi:test::test::pulumi-nodejs:dynamic/seam:AcsCredential";

function preview(
  ...steps: readonly (readonly [name: string, op: Operation["op"], ...diffs: string[]])[]
): StackResult {
  const operations = steps.map(([name, op, ...diffs]) => {
    return {
      urn: `${URN}::${name}`,
      name,
      type: "pulumi-nodejs:dynamic/seam:AcsCredential",
      op,
      diffs,
      failed: false,
    };
  });
  return { command: "preview", operations, diagnostics: [], outputs: {} };
}

function failureOf(assertion: () => void): string {
  try {
    assertion();
  } catch (error) {
    expect(error).toBeInstanceOf(AssertionError);
    return (error as Error).message;
  }
  throw new Error("The assertion passed");
}

describe("assertChanges", () => {
  const replaced = [
    ["pin", "create-replacement", "startsAt"],
    ["pin", "replace", "startsAt"],
    ["pin", "delete-replaced"],
  ] as const;

  it("passes when exactly the named resources change in the named ways", () => {
    const result = preview(
      ["new", "create"],
      ["old", "delete"],
      ["same", "same"],
      ["moved", "update"],
      ...replaced,
    );
    assertChanges(result, { new: "created", old: "deleted", moved: "updated", pin: "replaced" });
    assertChanges(result, {
      new: "created",
      old: "deleted",
      moved: "updated",
      pin: "replaced",
      same: "unchanged",
    });
  });

  it("takes a replacement that deletes first for one replacement", () => {
    const [create, replace, remove] = replaced;
    assertChanges(preview(remove, replace, create), { pin: "replaced" });
  });

  it("names each resource that fared otherwise, and which properties differ", () => {
    const result = preview(["pin", "update", "endsAt", "code"], ["card", "same"]);
    expect(failureOf(() => assertChanges(result, { card: "replaced", key: "created" }))).toBe(
      [
        "pulumi preview did not make the expected changes:",
        "  card: expected replaced, but it is unchanged",
        "  key: expected created, but it is not in the stack",
        "  pin: expected unchanged, but it is updated (endsAt, code)",
      ].join("\n"),
    );
  });

  it("tells resources of the same name apart by URN", () => {
    const result = preview(["pin", "update"]);
    assertChanges(result, { [`${URN}::pin`]: "updated" });
    expect(() => assertChanges(result, { [`${URN}::other`]: "updated" })).toThrow("not in the stack");
  });

  describe("on two resources of the same name", () => {
    const OTHER = URN.replace("AcsCredential", "AcsUser");
    const step = { name: "ada", diffs: [], failed: false };
    const two = (first: Operation["op"], second: Operation["op"]): StackResult => ({
      command: "preview",
      operations: [
        { ...step, urn: `${URN}::ada`, type: "seam:AcsCredential", op: first },
        { ...step, urn: `${OTHER}::ada`, type: "seam:AcsUser", op: second },
      ],
      diagnostics: [],
      outputs: {},
    });

    it("takes no name for either, even if both fared so, and lists their URNs", () => {
      for (const result of [two("create", "update"), two("update", "update"), two("create", "same")]) {
        expect(() => assertChanges(result, { ada: "updated" })).toThrow("ada: is the name of 2 resources");
      }
      expect(failureOf(() => assertChanges(two("create", "update"), { ada: "updated", ben: "read" }))).toBe(
        [
          "pulumi preview did not make the expected changes:",
          "  ada: is the name of 2 resources, name the one that is meant by its URN:",
          `    ${URN}::ada (created)`,
          `    ${OTHER}::ada (updated)`,
          "  ben: expected read, but it is not in the stack",
        ].join("\n"),
      );
    });

    it("takes their URNs, and names by URN the one that nobody expected", () => {
      assertChanges(two("create", "update"), { [`${URN}::ada`]: "created", [`${OTHER}::ada`]: "updated" });
      assertChanges(two("create", "same"), { [`${URN}::ada`]: "created" });
      expect(
        failureOf(() => assertChanges(two("create", "update"), { [`${URN}::ada`]: "created" })),
      ).toContain(`  ${OTHER}::ada: expected unchanged, but it is updated`);
    });
  });
});

describe("assertNoChanges", () => {
  it("passes when everything stays as it is, and on an empty stack", () => {
    assertNoChanges(preview(["pin", "same"], ["looked-up", "same"]));
    assertNoChanges(preview());
  });

  it.each(["create", "update", "delete", "create-replacement", "delete-replaced", "import"] as const)(
    "fails on %s",
    (op) => {
      expect(() => assertNoChanges(preview(["pin", op]))).toThrow(AssertionError);
    },
  );
});

describe("assertRequests", () => {
  const create = (body: Record<string, unknown>, status = 200): SeenRequest => {
    return { method: "POST", path: "/acs/credentials/create", body, status };
  };
  const requests = [
    create({ access_method: "code", code: "***", allowed_acs_entrance_ids: ["a", "b"] }),
    { method: "POST", path: "/acs/credentials/get", body: {}, status: 200 },
    { method: "POST", path: "/acs/entrances/list", body: {}, status: 200 },
    create({ access_method: "card", visionline_metadata: { override: true, card_format: "rfid48" } }),
  ];

  it("passes on exactly these changing requests, in any order, whatever else their bodies hold", () => {
    assertRequests({ requests }, [
      { path: "/acs/credentials/create", body: { visionline_metadata: { override: true } } },
      { path: "/acs/credentials/create", body: { allowed_acs_entrance_ids: ["a", "b"] }, status: 200 },
    ]);
    assertRequests({ requests }, [
      { path: "/acs/credentials/create" },
      { path: "/acs/credentials/create", body: { access_method: "code" } },
    ]);
  });

  it("shows what is missing and what was not expected", () => {
    const expected = [{ path: "/acs/credentials/create", body: { access_method: "code", code: "1234" } }];
    const message = failureOf(() => assertRequests({ requests: requests.slice(0, 2) }, expected));
    expect(message).toContain(
      'missing: {"path":"/acs/credentials/create","body":{"access_method":"code","code":"1234"}}',
    );
    expect(message).toContain('not expected: {"method":"POST","path":"/acs/credentials/create","status":200');
  });

  it("fails on a request more, one less, another status and a list in another order", () => {
    const path = "/acs/credentials/create";
    expect(() => assertRequests({ requests }, [{ path }])).toThrow("not expected");
    expect(() => assertRequests({ requests }, [{ path }, { path }, { path }])).toThrow("missing");
    expect(() => assertRequests({ requests }, [{ path }, { path, status: 400 }])).toThrow("missing");
    const body = { allowed_acs_entrance_ids: ["b", "a"] };
    expect(() => assertRequests({ requests }, [{ path }, { path, body }])).toThrow("missing");
  });
});
