import { isRecord } from "../values/record";
import type { Interceptor, ListedIn, SeamReply, Send } from "./exchange";
import { nextCursor } from "./pages";

/** So many objects are read by themselves before any is listed: that is sooner for few. */
const SINGLE_READS = 4;
/** The most that Seam lists at once. */
const PAGE_SIZE = 500;
/** A list that began longer ago is made anew. */
const LONGEST_USE_MS = 60_000;
/** A page is read for at least so many reads of a list, so that few objects in a large system hardly cost more. */
const READS_A_PAGE = 4;
/** Objects of one list that are kept for whoever may ask for them: a credential takes 1 kB. */
const MOST_KEPT = 50_000;

/**
 * Answers many reads by few pages of a list: a refresh of 1,000 credentials of one access system takes about 6
 * requests instead of 1,000. Only for reads that say where they are listed. Pages are read one by one, as long as
 * reads wait that are in none of them, and one page for every four reads of that list, so that a few objects in a
 * large system never read it whole.
 *
 * A list only ever confirms: what is not in it is asked for by itself. What was listed serves the first read of an
 * object only, for a minute, and never across a write of this process: who reads again wants to know anew.
 */
export function listedReads(now: () => number = Date.now): Interceptor {
  let lists = new Map<string, List>();
  const objectsRead = new Set<string>();
  return (next) => async (request) => {
    if (request.effect !== "read") {
      lists = new Map();
      return next(request).finally(() => {
        lists = new Map();
      });
    }
    const { listedIn } = request;
    const id = listedIn && request.body[`${listedIn.name}_id`];
    if (typeof id !== "string" || objectsRead.has(id)) return next(request);
    objectsRead.add(id);
    if (objectsRead.size <= SINGLE_READS) return next(request);
    const key = `${listedIn?.path} ${JSON.stringify(listedIn?.query)}`;
    let list = lists.get(key);
    if (!list || now() - list.beganAt > LONGEST_USE_MS) {
      list = new List(listedIn as ListedIn, next, now());
      lists.set(key, list);
      forgetLater(lists, key);
    }
    return (await list.find(id)) ?? next(request);
  };
}

/** What nobody has asked for by then must not stay in memory for the rest of the run. */
function forgetLater(lists: Map<string, List>, key: string): void {
  const list = lists.get(key);
  setTimeout(() => {
    if (lists.get(key) === list) lists.delete(key);
  }, LONGEST_USE_MS).unref();
}

class List {
  readonly beganAt: number;
  readonly #in: ListedIn;
  readonly #send: Send;
  /** What was listed and not asked for so far, the oldest first. */
  readonly #objects = new Map<string, unknown>();
  #reads = 0;
  #pages = 0;
  #cursor: unknown;
  #isOver = false;
  #page: Promise<void> | undefined;

  constructor(listedIn: ListedIn, send: Send, now: number) {
    this.#in = listedIn;
    this.#send = send;
    this.beganAt = now;
  }

  /** The object as a single read would have answered it; `undefined` when it is not known from the list. */
  async find(id: string): Promise<SeamReply | undefined> {
    this.#reads++;
    for (;;) {
      const object = this.#objects.get(id);
      // Nobody looks for it here a second time.
      if (this.#objects.delete(id))
        return { status: 200, headers: {}, json: { [this.#in.name]: object, ok: true }, isListed: true };
      if (!this.#page && (this.#isOver || this.#pages >= this.#reads / READS_A_PAGE + 1)) return undefined;
      this.#page ??= this.#readPage().finally(() => {
        this.#page = undefined;
      });
      await this.#page;
    }
  }

  async #readPage(): Promise<void> {
    const { path, query, key, name } = this.#in;
    this.#pages++;
    const cursor = this.#cursor ? { page_cursor: this.#cursor } : {};
    const page = await this.#send({
      path,
      body: { ...query, limit: PAGE_SIZE, ...cursor },
      effect: "read",
      action: `list ${key}`,
      // Any failure is the single reads' to report.
    }).catch(() => undefined);
    const json = page?.status === 200 && isRecord(page.json) ? page.json : {};
    for (const object of Array.isArray(json[key]) ? json[key] : []) {
      const id = isRecord(object) ? object[`${name}_id`] : undefined;
      if (typeof id === "string") this.#objects.set(id, object);
    }
    for (const id of this.#objects.keys()) {
      if (this.#objects.size <= MOST_KEPT) break;
      this.#objects.delete(id);
    }
    this.#cursor = nextCursor(json);
    this.#isOver = this.#cursor === undefined;
  }
}
