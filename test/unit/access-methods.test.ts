import {
  inRequestedOrder,
  liveRequests,
  type MethodsOfGrant,
  methodsChange,
  type WireMethod,
} from "../../provider/resources/access-methods";

/** A method of Seam's: `code:a=4321` is one with id a and PIN 4321. */
function method(text: string): WireMethod {
  const [, mode = "", access_method_id = "", code] = /^(\w+):(\w+)(?:=(\d+))?$/.exec(text) ?? [];
  return { access_method_id, mode, code, errors: [], warnings: [] } as unknown as WireMethod;
}

/** A grant with these methods. @param made by request, its mode and what Seam has made for it: `code>a,b` */
function grant(methods: readonly string[], made: readonly string[]): MethodsOfGrant {
  return {
    access_grant_id: "grant",
    access_methods: methods.map(method),
    requested_access_methods: made.map((text) => {
      const [mode, ids = ""] = text.split(">");
      return { mode, created_access_method_ids: ids === "" ? [] : ids.split(",") };
    }),
  };
}

const idsOf = (methods: readonly WireMethod[]) => methods.map(({ access_method_id }) => access_method_id);
const code = { mode: "code" };
const pin = (value: string) => ({ ...code, code: value });
const key = (instantKeyMaxUseCount: number) => ({ mode: "mobile_key", instantKeyMaxUseCount });

describe("the methods of a grant", () => {
  it("stand beside what Seam made them for, in whatever order they are shown", () => {
    const shown = grant(["mobile_key:b", "mobile_key:a"], ["mobile_key>a", "mobile_key>b"]);
    expect(idsOf(inRequestedOrder([key(1), key(9)], shown))).toEqual(["a", "b"]);
  });

  it("that Seam has made for one request are all its own", () => {
    const shown = grant(["code:a=1111", "code:b=2222"], ["code>a,b"]);
    expect(liveRequests([code], shown)).toEqual([code]);
    expect(idsOf(methodsChange(shown, [code, key(1)], [key(1)]).leaving)).toEqual(["a", "b"]);
  });

  it("that Seam makes later are there", () => {
    const shown = grant(["code:a=1111"], ["code>a", "mobile_key>"]);
    expect(liveRequests([code, key(1)], shown)).toEqual([code, key(1)]);
    expect(methodsChange(shown, [code], [code, key(1)]).missing).toEqual([]);
  });
});

describe("a change of a grant's methods", () => {
  it.each([
    ["another PIN is a new way in", ["code:a=1111"], [pin("1111")], [pin("2222")], [pin("2222")], ["a"]],
    ["a PIN that is there already is not asked for", ["code:a=1111"], [code], [pin("1111")], [], []],
    ["a PIN that is no longer declared goes", ["code:a=1111"], [pin("1111")], [code], [code], ["a"]],
    [
      "what Seam chose in place of a declared PIN stays with it",
      ["code:a=5555", "code:b=2222"],
      [pin("1111"), code],
      [pin("1111")],
      [],
      ["b"],
    ],
    [
      "of two PINs the one that is taken out goes",
      ["code:a=1111", "code:b=2222"],
      [pin("1111"), pin("2222")],
      [pin("2222")],
      [],
      ["a"],
    ],
    ["what is gone is asked for again", [], [code], [code], [code], []],
  ])("%s", (_, methods, before, after, missing, leaving) => {
    const made = methods.map((text) => `code>${method(text).access_method_id}`);
    const change = methodsChange(grant(methods, made), before, after);
    expect(change.missing).toEqual(missing);
    expect(idsOf(change.leaving)).toEqual(leaving);
  });
});
