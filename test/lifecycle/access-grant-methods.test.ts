import { post } from "../emulator/api";
import {
  count,
  create,
  emulator,
  failureOf,
  grant,
  methods,
  plan,
  refresh,
  start,
  stop,
  update,
} from "./one-grant";

afterEach(() => stop());

describe("the access methods of a grant", () => {
  it("come in the order of the request, with the PIN and the link as soon as Seam has them", async () => {
    await start({ delays: { issueMs: 1_000, codeMs: 1_000 } });
    await create({ waitForSync: true });
    expect(methods()).toMatchObject([
      { mode: "mobile_key", instantKeyUrl: expect.stringMatching(/^https:/), isIssued: true, errors: [] },
      { mode: "code", code: expect.stringMatching(/^\d{4,9}$/), isIssued: true, warnings: [] },
    ]);
    expect(plan().changed).toBe(false);
  });

  it("are waited for by the next update, too, where one was not issued in time", async () => {
    await start({ delays: { issueMs: 3_600_000 } });
    const waiting = { requestedAccessMethods: [{ mode: "cloud_key" }], waitForSync: { timeoutSeconds: 1 } };
    const failure = await failureOf(create(waiting));
    expect(failure.message).toContain("Not every access method was issued within 1 s");
    Object.assign(grant, { id: failure.id, outputs: failure.outputs });
    expect(plan()).toMatchObject({ changed: true, replaces: [] });
    await expect(update({})).rejects.toThrow("Not every access method was issued within 1 s");
    emulator.clock.advance({ hours: 1 });
    await update({});
    expect(plan().changed).toBe(false);
  });

  it("are added and taken out in place, and what stays keeps its PIN", async () => {
    await start();
    await create({ requestedAccessMethods: [{ mode: "code" }] });
    const [pin] = methods();
    await update({ requestedAccessMethods: [{ mode: "mobile_key" }, { mode: "code" }] });
    expect(methods().map(({ mode }) => mode)).toEqual(["mobile_key", "code"]);
    expect(methods()[1]).toEqual(pin);
    await update({ requestedAccessMethods: [{ mode: "code" }] });
    expect(methods()).toEqual([pin]);
    expect(count("/access_grants/create")).toBe(0);
    expect(count("/access_grants/update")).toBe(0);
  });

  it("are compared in any order", async () => {
    await start();
    await create();
    grant.inputs["requestedAccessMethods"] = [{ mode: "code" }, { mode: "mobile_key" }];
    expect(plan().changed).toBe(false);
  });

  it("get another PIN by a new way in, before the old one goes", async () => {
    await start();
    await create({ requestedAccessMethods: [{ mode: "code", code: "4321" }] });
    await update({ requestedAccessMethods: [{ mode: "code", code: "8765" }] });
    expect(methods().map(({ code }) => code)).toEqual(["8765"]);
    const paths = emulator.requests.all().map(({ path }) => path);
    expect(paths.indexOf("/access_methods/delete")).toBeGreaterThan(
      paths.indexOf("/access_grants/request_access_methods"),
    );
  });

  it("are asked for once, although the answer is lost", async () => {
    await start();
    await create({ requestedAccessMethods: [{ mode: "code" }] });
    emulator.faults.add({
      route: "/access_grants/request_access_methods",
      fault: "reset-after-work",
      call: 1,
    });
    await update({ requestedAccessMethods: [{ mode: "code" }, { mode: "mobile_key" }] });
    expect(methods().map(({ mode }) => mode)).toEqual(["code", "mobile_key"]);
  });

  it("are changed once, although the first update ended half-way", async () => {
    await start();
    await create();
    const [key, pin] = methods();
    const change = { requestedAccessMethods: [{ mode: "code" }, { mode: "cloud_key" }] };
    emulator.faults.add({ route: "/access_methods/delete", fault: "internal-error", call: 1 });
    const failure = await failureOf(update(change));
    expect(failure.message).toContain("delete access_method");
    grant.outputs = failure.outputs;
    await update(change);
    expect(methods()[0]).toEqual(pin);
    expect(methods().map(({ mode }) => mode)).toEqual(["code", "cloud_key"]);
    expect(methods()).not.toContainEqual(key);
  });

  it("have no PIN twice, whatever ended half-way", async () => {
    await start();
    await create({ requestedAccessMethods: [{ mode: "code", code: "4321" }] });
    const change = { requestedAccessMethods: [{ mode: "code", code: "8765" }] };
    emulator.faults.add({ route: "/access_methods/delete", fault: "internal-error", call: 1 });
    const failure = await failureOf(update(change));
    grant.outputs = failure.outputs;
    await update(change);
    expect(methods().map(({ code }) => code)).toEqual(["8765"]);
  });

  it("take a generated PIN that the program writes down for the same", async () => {
    await start();
    await create({ requestedAccessMethods: [{ mode: "code" }] });
    const [pin] = methods();
    await update({ requestedAccessMethods: [{ mode: "code", code: pin?.code }] });
    expect(methods()).toEqual([pin]);
    expect(count("/access_grants/request_access_methods")).toBe(0);
  });

  it("get back the one of two PINs that was deleted by hand, beside the request that names it", async () => {
    await start();
    const requestedAccessMethods = ["1111", "2222"].map((code) => ({ mode: "code", code }));
    await create({ requestedAccessMethods });
    const [first, second] = methods();
    await post(emulator, "/access_methods/delete", { access_method_id: first?.accessMethodId });
    expect((await refresh())["requestedAccessMethods"]).toEqual([{ mode: "code", code: "2222" }]);
    await update({});
    expect(methods().map(({ code }) => code)).toEqual(["1111", "2222"]);
    expect(methods()[1]).toEqual(second);
  });

  it("that a change has added go again, although the change failed and was taken back", async () => {
    await start();
    await create({ requestedAccessMethods: [{ mode: "code" }] });
    const before = grant.inputs;
    const body = { error: { type: "invalid_input", message: "No" } };
    emulator.faults.add({ route: "/access_grants/update", fault: "answer", status: 400, body });
    const change = { requestedAccessMethods: [{ mode: "code" }, { mode: "cloud_key" }], name: "Stay" };
    grant.outputs = (await failureOf(update(change))).outputs;
    emulator.faults.clear();
    grant.inputs = before;
    expect(plan().changed).toBe(true);
    await update({});
    expect(methods().map(({ mode }) => mode)).toEqual(["code"]);
  });

  it.each([
    ["Seam cannot be read", "/access_grants/get", 503],
    ["Seam refuses to make the new one", "/access_grants/request_access_methods", 400],
  ])("are as they were where %s, and the next up changes them", async (_, route, status) => {
    await start();
    await create({ requestedAccessMethods: [{ mode: "code", code: "4321" }] });
    const body = { error: { type: "some_error", message: "No" } };
    emulator.faults.add({ route, fault: "answer", status, body });
    const change = { requestedAccessMethods: [{ mode: "code", code: "8765" }] };
    const failure = await failureOf(update(change));
    expect(failure.name).not.toBe("PartialFailure");
    emulator.faults.clear();
    await update(change);
    expect(methods().map(({ code }) => code)).toEqual(["8765"]);
  });

  it("that somebody added by hand go, and not the one that was there before", async () => {
    await start();
    await create({ requestedAccessMethods: [{ mode: "code" }] });
    const [pin] = methods();
    const requested_access_methods = [{ mode: "code" }];
    await post(emulator, "/access_grants/request_access_methods", {
      access_grant_id: grant.id,
      requested_access_methods,
    });
    expect((await refresh())["requestedAccessMethods"]).toEqual([{ mode: "code" }, { mode: "code" }]);
    await update({});
    expect(methods()).toEqual([pin]);
  });

  it("are looked for by the next up where they could not be read", async () => {
    await start();
    emulator.faults.add({
      route: "/access_grants/get_related",
      fault: "answer",
      status: 403,
      body: { error: { type: "unauthorized", message: "No" } },
    });
    const failure = await failureOf(create({ requestedAccessMethods: [{ mode: "code" }] }));
    emulator.faults.clear();
    Object.assign(grant, { id: failure.id, outputs: failure.outputs });
    expect(plan().changed).toBe(true);
    await update({});
    expect(methods()[0]?.code).toMatch(/^\d+$/);
  });

  it("that were taken away by hand show in a refresh, and come back", async () => {
    await start();
    await create();
    await post(emulator, "/access_methods/delete", { access_method_id: methods()[0]?.accessMethodId });
    expect((await refresh())["requestedAccessMethods"]).toEqual([{ mode: "code" }]);
    expect(plan()).toMatchObject({ changed: true, replaces: [] });
    const [pin] = methods();
    await update({});
    expect(methods()).toMatchObject([{ mode: "mobile_key" }, pin]);
  });

  it("are fetched by the next up where the PIN comes late", async () => {
    await start({ delays: { issueMs: 3_600_000 }, clock: new Date().toISOString() });
    await create({ requestedAccessMethods: [{ mode: "code" }] });
    expect(methods()[0]?.code).toBeUndefined();
    emulator.clock.advance(3_600_000);
    expect(plan()).toMatchObject({ changed: true, replaces: [], isInOutputs: true });
    await update({});
    expect(methods()[0]?.code).toMatch(/^\d+$/);
    expect(plan().changed).toBe(false);
  }, 30_000);
});
