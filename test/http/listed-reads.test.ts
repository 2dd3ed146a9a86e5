import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { type Emulator, startEmulator } from "../../emulator";
import { createClient, type SeamClient } from "../../provider/http/client";
import { NotFoundError } from "../../provider/http/errors";
import type { ListedIn, SeamReply, SeamRequest } from "../../provider/http/exchange";
import { listedReads } from "../../provider/http/listed-reads";

jest.setTimeout(20_000);

setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");

const GET = "/acs/credentials/get";
const LIST = "/acs/credentials/list";

let seam: Emulator;
let client: SeamClient;

beforeAll(async () => {
  seam = (await startEmulator()) as unknown as Emulator;
});
beforeEach(() => {
  client = createClient({ endpoint: seam.url, token: seam.apiKey });
});
afterEach(async () => {
  await client.close();
  seam.faults.clear();
});
afterAll(() => seam.close());

const SYSTEMS = ["salto-ks", "brivo", "pti", "latch"] as const;

async function create(system: (typeof SYSTEMS)[number], count: number): Promise<string[]> {
  const path = "/acs/credentials/create";
  const body = { access_method: "code", acs_user_id: seam.ids.acsUsers[`${system}/ada`] };
  const doors = Object.entries(seam.ids.acsEntrances).filter(([key]) => key.startsWith(`${system}/`));
  const more = system === "latch" ? { allowed_acs_entrance_ids: [doors[0]?.[1]] } : {};
  const replies = await Promise.all(
    Array.from({ length: count }, () =>
      client.call({ path, body: { ...body, ...more }, effect: "create", action: "create" }),
    ),
  );
  return replies.map(
    ({ json }) => (json["acs_credential"] as { acs_credential_id: string }).acs_credential_id,
  );
}

const listedIn = (system: (typeof SYSTEMS)[number]): ListedIn => ({
  path: LIST,
  query: { acs_system_id: seam.ids.acsSystems[system] },
  key: "acs_credentials",
  name: "acs_credential",
});

const read = (system: (typeof SYSTEMS)[number], id: string, from: SeamClient = client) =>
  from.call({
    path: GET,
    body: { acs_credential_id: id },
    effect: "read",
    action: `read acs_credential ${id}`,
    listedIn: listedIn(system),
  });

/** Reads as the engine does: 8 at a time. */
async function readAll(system: (typeof SYSTEMS)[number], ids: readonly string[]) {
  const left = [...ids];
  const objects = new Map<string, unknown>();
  seam.requests.clear();
  const work = async () => {
    for (let id = left.shift(); id !== undefined; id = left.shift())
      objects.set(id, (await read(system, id)).json["acs_credential"]);
  };
  await Promise.all(Array.from({ length: 8 }, work));
  return { objects, gets: seam.requests.count(GET), pages: seam.requests.count(LIST) };
}

describe("reading many credentials of one access system", () => {
  let ids: string[];
  beforeAll(async () => {
    client = createClient({ endpoint: seam.url, token: seam.apiKey });
    ids = await create("salto-ks", 1_000);
    await client.close();
  }, 60_000);

  it("takes 2 pages and 4 single reads for 1,000, and shows each as a single read does", async () => {
    const { objects, gets, pages } = await readAll("salto-ks", ids);
    expect({ gets, pages }).toEqual({ gets: 4, pages: 2 });
    const live = seam.credentials().filter((credential) => ids.includes(credential.acs_credential_id));
    expect(live).toHaveLength(1_000);
    for (const { user_identity_id, allowed_acs_entrance_ids, create_body, ...shown } of live) {
      expect(objects.get(shown.acs_credential_id)).toEqual(shown);
    }
  });

  it("reads them in any order with as few requests", async () => {
    const { gets, pages } = await readAll("salto-ks", [...ids].reverse());
    expect({ gets, pages }).toEqual({ gets: 4, pages: 2 });
  });

  it("takes one request for one", async () => {
    expect(await readAll("salto-ks", ids.slice(-1))).toMatchObject({ gets: 1, pages: 0 });
  });

  it("takes one request each for four", async () => {
    expect(await readAll("salto-ks", ids.slice(-4))).toMatchObject({ gets: 4, pages: 0 });
  });

  it("sends at most half as many requests again where few of a large system are wanted", async () => {
    const scattered = ids.slice(500).filter((_, index) => index % 50 === 0);
    const { gets, pages } = await readAll("salto-ks", scattered);
    expect(gets + pages).toBeLessThanOrEqual(scattered.length * 1.5);
  });

  it("reads every one by itself when that is asked for", async () => {
    await client.close();
    client = createClient({ endpoint: seam.url, token: seam.apiKey }, { listsReads: false });
    expect(await readAll("salto-ks", ids.slice(0, 40))).toMatchObject({ gets: 40, pages: 0 });
  });

  it("reads them by themselves when the list fails", async () => {
    const body = { error: { type: "invalid_input", message: "no" }, ok: false };
    seam.faults.add({ fault: "answer", status: 400, body, route: LIST });
    const { objects, gets, pages } = await readAll("salto-ks", ids.slice(0, 40));
    expect(objects.size).toBe(40);
    expect({ gets, pages }).toEqual({ gets: 40, pages: 1 });
  });
});

describe("a list", () => {
  it("never says that a credential is gone: that one is asked for by itself", async () => {
    const ids = await create("brivo", 12);
    await readAll("brivo", ids.slice(0, 4));
    seam.edit.deleteAcsCredential(ids[11] ?? "");
    seam.requests.clear();
    await read("brivo", ids[5] ?? "");
    await expect(read("brivo", ids[11] ?? "")).rejects.toBeInstanceOf(NotFoundError);
    expect(seam.requests.count(GET)).toBe(1);
  });

  it("is forgotten when this process writes, so that no read is older than a write before it", async () => {
    const ids = await create("pti", 12);
    await readAll("pti", ids.slice(0, 6));
    const ends_at = "2036-01-01T00:00:00.000Z";
    const body = { acs_credential_id: ids[7], ends_at };
    await client.call({ path: "/acs/credentials/update", body, effect: "update", action: "update" });
    expect((await read("pti", ids[7] ?? "")).json["acs_credential"]).toMatchObject({ ends_at });
  });

  it("is one for each access system", async () => {
    const [brivo, latch] = [await create("brivo", 8), await create("latch", 8)];
    const first = await readAll("brivo", brivo);
    const second = await readAll("latch", latch);
    expect([first.gets, first.pages, second.gets, second.pages]).toEqual([4, 1, 0, 1]);
  });
});

describe("what was listed", () => {
  const requests: SeamRequest[] = [];
  let now = 0;
  let version = 1;
  const next = async (request: SeamRequest): Promise<SeamReply> => {
    requests.push(request);
    const objects = Array.from({ length: 20 }, (_, index) => ({ thing_id: `${index}`, version }));
    const id = request.body["thing_id"];
    const json = request.path === "/things/list" ? { things: objects } : { thing: objects[Number(id)] };
    return { status: 200, headers: {}, json };
  };
  const thing: ListedIn = { path: "/things/list", query: {}, key: "things", name: "thing" };
  const readThing = (send: typeof next, id: number) =>
    send({ path: "/things/get", body: { thing_id: `${id}` }, effect: "read", action: "", listedIn: thing });
  const lists = () => requests.filter(({ path }) => path === "/things/list").length;
  beforeEach(() => {
    requests.length = 0;
    now = 0;
    version = 1;
  });

  it("serves for a minute", async () => {
    const send = listedReads(() => now)(next);
    for (let id = 0; id < 6; id++) await readThing(send, id);
    expect(lists()).toBe(1);
    version = 2;
    now = 59_000;
    expect((await readThing(send, 6)).json).toMatchObject({ thing: { version: 1 } });
    now = 61_000;
    expect((await readThing(send, 7)).json).toMatchObject({ thing: { version: 2 } });
  });

  it("serves once: who asks again wants to know anew", async () => {
    const send = listedReads(() => now)(next);
    for (let id = 0; id < 6; id++) await readThing(send, id);
    version = 2;
    expect((await readThing(send, 5)).json).toMatchObject({ thing: { version: 2 } });
  });

  it("never serves what was read by itself before", async () => {
    const send = listedReads(() => now)(next);
    for (let id = 0; id < 6; id++) await readThing(send, id);
    version = 2;
    expect((await readThing(send, 0)).json).toMatchObject({ thing: { version: 2 } });
  });

  it("is forgotten also when it was listed while a write was under way", async () => {
    let finishWrite = () => {};
    const send = listedReads(() => now)(async (request) => {
      if (request.effect === "update")
        await new Promise<void>((resolve) => {
          finishWrite = resolve;
        });
      return next(request);
    });
    for (let id = 0; id < 4; id++) await readThing(send, id);
    const write = send({ path: "/things/update", body: {}, effect: "update", action: "" });
    await readThing(send, 4);
    version = 2;
    finishWrite();
    await write;
    expect((await readThing(send, 5)).json).toMatchObject({ thing: { version: 2 } });
  });
});

describe("of a list of 60,000", () => {
  const PAGE = 500;
  const COUNT = 60_000;
  const thing: ListedIn = { path: "/things/list", query: {}, key: "things", name: "thing" };
  let requests: { readonly path: string }[];
  let listed: WeakRef<object>[];
  const next = async ({ path, body }: SeamRequest): Promise<SeamReply> => {
    requests.push({ path });
    if (path !== thing.path)
      return { status: 200, headers: {}, json: { thing: { thing_id: body["thing_id"] } } };
    const from = Number(body["page_cursor"] ?? 0);
    const things = Array.from({ length: PAGE }, (_, index) => ({ thing_id: `${from + index}` }));
    listed.push(...things.map((object) => new WeakRef(object)));
    const pagination = { has_next_page: from + PAGE < COUNT, next_page_cursor: `${from + PAGE}` };
    return { status: 200, headers: {}, json: { things, pagination } };
  };
  const read = (send: typeof next, id: number) =>
    send({ path: "/things/get", body: { thing_id: `${id}` }, effect: "read", action: "", listedIn: thing });
  const pages = () => requests.filter(({ path }) => path === thing.path).length;
  /** Objects of the list that are still in memory. */
  const kept = async () => {
    await new Promise((resolve) => setImmediate(resolve));
    collectGarbage();
    return listed.filter((reference) => reference.deref()).length;
  };
  beforeEach(() => {
    requests = [];
    listed = [];
  });

  it("one page is read for every four objects that are wanted, however many there are", async () => {
    const send = listedReads()(next);
    for (let id = 0; id < 40; id++) await read(send, id * 1_499);
    expect(pages()).toBeLessThanOrEqual(10);
    expect(requests.length).toBeLessThanOrEqual(50);
  });

  it("50,000 are kept at most for those who may ask, the latest", async () => {
    const send = listedReads()(next);
    for (let id = 0; id < 1_000; id++) await read(send, COUNT + id);
    expect(pages()).toBe(COUNT / PAGE);
    expect(await kept()).toBe(50_000);
    requests = [];
    await read(send, COUNT - 1);
    expect(requests).toEqual([]);
    await read(send, 1);
    expect(requests).toEqual([{ path: "/things/get" }]);
  });

  it("none are kept for longer than they serve", async () => {
    jest.useFakeTimers({ doNotFake: ["setImmediate"] });
    const send = listedReads()(next);
    for (let id = 0; id < 20; id++) await read(send, id);
    expect(await kept()).toBeGreaterThan(0);
    jest.advanceTimersByTime(60_000);
    jest.useRealTimers();
    expect(await kept()).toBe(0);
  });
});
