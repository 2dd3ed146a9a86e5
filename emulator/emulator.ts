import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { ROUTES } from "./api/routes";
import { type EmulatorOptions, settingsOf } from "./options";
import { DEFAULT_PORTFOLIO, type DefaultKeys } from "./seeds/default-portfolio";
import { plant } from "./seeds/plant";
import type { Planted } from "./seeds/planted";
import { readSeed } from "./seeds/read";
import { Authorization } from "./server/authorization";
import { answerControl } from "./server/control";
import { Faults } from "./server/faults";
import { RequestLog } from "./server/request-log";
import { createEmulatorServer } from "./server/server";
import { type AnyKeys, WorkspaceView } from "./view/workspace-view";
import { Clock } from "./world/clock";
import type { Context } from "./world/context";

const DEFAULT_TOKEN = "seam_at1Emul_personalAccessTokenXXXXX";

/**
 * Starts a Seam on 127.0.0.1. Close it when you are done. It does not keep the process alive: a test that fails before
 * it closes the emulator still ends. `ref()` makes it stay.
 */
export function startEmulator(options?: EmulatorOptions & { seed?: never }): Promise<Emulator<DefaultKeys>>;
export function startEmulator(options: EmulatorOptions): Promise<Emulator>;
export async function startEmulator(options: EmulatorOptions = {}): Promise<unknown> {
  const settings = settingsOf(options);
  const seed = await readSeed(options.seed ?? DEFAULT_PORTFOLIO);
  const clock = new Clock(options.clock);
  const planted = seed.workspaces.map((workspace) => plant(workspace, clock, settings));
  const emulator = new Emulator(planted, clock, seed.personal_access_token ?? DEFAULT_TOKEN);
  await emulator.listen(options.port ?? 0);
  return emulator;
}

/** A running Seam; what it has of a workspace (key, ids, edits …) is its first workspace's. */
export class Emulator<K = AnyKeys> extends WorkspaceView<K> {
  /** Such as `http://127.0.0.1:41234`, without a slash at the end. */
  url = "";
  /** A token for all workspaces; requests with it need the header `seam-workspace`. */
  readonly personalAccessToken: string;
  /** Every request that came, whatever its workspace. */
  readonly requests = new RequestLog();
  readonly faults: Faults;
  readonly clock: Clock;
  /** All workspaces by seed key. */
  readonly workspaces: ReadonlyMap<string, WorkspaceView>;
  readonly #contexts: Context[];
  readonly #server: Server;

  /** @internal Use `startEmulator`. */
  constructor(planted: readonly Planted[], clock: Clock, personalAccessToken: string) {
    const [first] = planted;
    if (!first) throw new Error("A seed needs a workspace");
    super(first.context, first.ids);
    this.clock = clock;
    this.personalAccessToken = personalAccessToken;
    this.workspaces = new Map(planted.map(({ key, context, ids }) => [key, new WorkspaceView(context, ids)]));
    this.#contexts = planted.map(({ context }) => context);
    this.faults = new Faults({
      routes: [...ROUTES.keys()],
      workspaceIds: this.#contexts.map((context) => context.workspace.id),
    });
    const byWorkspace = new Map(this.#contexts.map((context) => [context.workspace, context]));
    this.#server = createEmulatorServer({
      clock,
      faults: this.faults,
      requests: this.requests,
      authorization: new Authorization(byWorkspace.keys(), personalAccessToken),
      contextOf: (workspace) => byWorkspace.get(workspace) ?? first.context,
      control: (method, url, body) => answerControl(this as unknown as Emulator, method, url, body),
    });
  }

  /** @internal */
  async listen(port: number): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen(port, "127.0.0.1", resolve);
    });
    this.#server.unref();
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    for (const context of this.#contexts) context.url = this.url;
  }

  /** Keeps the process alive until `close`, as a server of its own has to. */
  ref(): this {
    this.#server.ref();
    return this;
  }

  /** Stops listening and breaks what connections there are. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#server.closeAllConnections();
    await closed;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}
