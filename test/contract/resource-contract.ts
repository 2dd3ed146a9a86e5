import { startEmulator } from "../../emulator";
import { DOORS, type Door, type DoorProcess } from "./doors";

type Properties = Record<string, unknown>;

/** The emulator that a contract is tried on, and a way to Seam past the provider. */
export interface World {
  readonly seam: Awaited<ReturnType<typeof start>>;
  /** Sends a request as somebody else's program would. @throws Error with Seam's type if it is refused */
  call(path: string, body: Properties): Promise<Properties>;
}

/** What one resource gives to the contract that all resources keep. */
export interface ResourceContract {
  /** Inputs as `check` normalises them. */
  valid(world: World): Properties | Promise<Properties>;
  /** Inputs that are wrong each in itself; a PIN among them holds `12ab`. */
  readonly invalid: Properties;
  /** A change that is made in place; left out where there is none. */
  readonly update?: Properties;
  /** A change that replaces. */
  replace(world: World): Properties;
  /** The route whose answer may get lost. */
  readonly createRoute: string;
  /** Whether Seam has it, by another way than the provider's. */
  exists(world: World, id: string): Promise<boolean>;
  /** A change made elsewhere, and the inputs in which it shows; left out where nothing can change. */
  readonly drift?: { make(world: World, id: string): Promise<unknown>; readonly shows: Properties };
  removeElsewhere(world: World, id: string): Promise<unknown>;
  /** Everything of this kind that is in Seam: a lost answer must not double it. */
  count(world: World): Promise<number>;
}

const start = () => startEmulator({ delays: { deletionMs: 300 } });

/**
 * The life of a resource, driven in the provider process as the engine drives it, against the emulator: the same by
 * every door through which an engine comes.
 */
export function resourceContract(name: string, contract: ResourceContract): void {
  for (const door of DOORS) contractThrough(door, name, contract);
}

function contractThrough(door: Door, name: string, contract: ResourceContract): void {
  let world: World;
  let process: DoorProcess;
  let inputs: Properties;
  const own = door.ownInputs(name);

  beforeAll(async () => {
    const seam = await start();
    world = { seam, call: caller(seam.url, seam.apiKey) };
    process = await door.start(name, { apiKey: seam.apiKey, endpoint: seam.url });
    inputs = { ...(await contract.valid(world)), ...own };
  });
  afterAll(async () => {
    await process?.stop();
    await world?.seam.close();
  });

  describe(`contract of ${name}, by ${door.name}`, () => {
    it("lives: create, read, no change, update, drift, delete, delete again, gone", async () => {
      expect(await process.check({}, inputs)).toEqual({ inputs, failures: [] });
      const { id, properties } = await process.create(inputs);
      expect(properties).toMatchObject(inputs);
      expect(await contract.exists(world, id)).toBe(true);

      expect(await process.read(id, properties)).toEqual({ id, properties, inputs });
      expect(await process.diff(id, properties, inputs)).toMatchObject({ changes: "none" });

      let outputs = properties;
      if (contract.update) {
        const news = { ...inputs, ...contract.update };
        expect(await process.diff(id, outputs, news)).toMatchObject({ changes: door.changed, replaces: [] });
        outputs = await process.update(id, outputs, news);
        expect(outputs).toMatchObject(news);
        expect(await process.read(id, outputs)).toEqual({ id, properties: outputs, inputs: news });
        expect(await process.diff(id, outputs, news)).toMatchObject({ changes: "none" });
      }
      if (contract.drift) {
        await contract.drift.make(world, id);
        const read = await process.read(id, outputs);
        expect(read.inputs).toMatchObject(contract.drift.shows);
        expect(await process.diff(id, read.properties, { ...inputs, ...contract.update })).toMatchObject({
          changes: door.changed,
        });
        outputs = read.properties;
      }
      process = await process.nextCommand();
      await process.delete(id, outputs);
      expect((await process.read(id, outputs)).id).toBe("");
      await process.delete(id, outputs);
      await eventually(async () => expect(await contract.exists(world, id)).toBe(false));
      await process.delete(id, outputs);
    });

    it("is replaced by a change that Seam cannot make in place", async () => {
      const { id, properties } = await process.create(inputs);
      const change = contract.replace(world);
      const { replaces } = await process.diff(id, properties, { ...inputs, ...change });
      expect(replaces).toEqual(Object.keys(change));
      await remove(id, properties);
    });

    it("is gone for a refresh once it was removed elsewhere, even while Seam still shows it", async () => {
      const { id, properties } = await process.create(inputs);
      await contract.removeElsewhere(world, id);
      expect((await process.read(id, properties)).id).toBe("");
      await eventually(async () => expect(await contract.exists(world, id)).toBe(false));
    });

    it("can be read by its id alone, and fails to when there is none", async () => {
      const { id, properties } = await process.create(inputs);
      const read = await process.read(id, own);
      expect(read.id).toBe(id);
      expect(Object.keys(read.properties).length).toBeGreaterThan(0);
      await remove(id, properties);
      await expect(process.read(id, own)).rejects.toThrow(/Cannot read /);
    });

    it("is there once when the answer of its create is lost", async () => {
      const before = await contract.count(world);
      world.seam.faults.add({ fault: "reset-after-work", route: contract.createRoute, times: 1 });
      const { id, properties } = await process.create(inputs);
      expect(properties).toMatchObject(inputs);
      expect(await contract.count(world)).toBe(before + 1);
      await remove(id, properties);
    });

    it("says for every wrong input what is wrong, naming it, and shows nothing secret", async () => {
      const { failures } = await process.check({}, { ...contract.invalid, ...own });
      expect(failures.map(({ property }) => property).join("")).toBe("");
      for (const property of Object.keys(contract.invalid)) {
        expect(failures.map(({ reason }) => reason)).toContainEqual(
          expect.stringMatching(new RegExp(`^${property}\\b.*: .+[.?]$`)),
        );
      }
      expect(JSON.stringify(failures)).not.toContain("12ab");
    });

    async function remove(id: string, properties: Properties): Promise<void> {
      process = await process.nextCommand();
      await process.delete(id, properties);
      await eventually(async () => expect(await contract.exists(world, id)).toBe(false));
    }
  });
}

/** True unless Seam says, in the way it does, that there is no such thing. */
export async function isFound(request: Promise<unknown>): Promise<boolean> {
  try {
    await request;
    return true;
  } catch (error) {
    if (/_not_found/.test(String(error))) return false;
    throw error;
  }
}

function caller(url: string, apiKey: string): World["call"] {
  return async (route, body) => {
    const response = await fetch(`${url}${route}`, {
      method: "POST",
      headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    const json = (await response.json()) as Properties;
    if (!response.ok) throw new Error(`${route}: ${JSON.stringify(json)}`);
    return json;
  };
}

async function eventually(expectation: () => Promise<void>): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      return await expectation();
    } catch (error) {
      if (tries >= 20) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
