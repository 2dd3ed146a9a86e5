import * as path from "node:path";
import { PluginClient } from "./plugin-client";
import { type Spawned, spawnProvider } from "./spawned";

type Properties = Record<string, unknown>;

const SCRIPT = path.join(__dirname, "../../dist/plugin/pulumi-resource-seam.js");

/** The provider plugin's process, driven as the engine drives it, for resources of one type. */
export class PluginProcess extends PluginClient {
  readonly #spawned: Spawned;
  /** Ends this process and starts the one of the next command: each of Pulumi's has its own. */
  readonly nextCommand: () => Promise<PluginProcess>;
  /** What the same engine starts for another provider of the program, with the same account. */
  readonly neighbour: (name: string) => Promise<PluginProcess>;

  private constructor(
    spawned: Spawned,
    name: string,
    restart: () => Promise<PluginProcess>,
    neighbour: (name: string) => Promise<PluginProcess>,
  ) {
    super(spawned.port, name);
    this.#spawned = spawned;
    this.neighbour = neighbour;
    this.nextCommand = async () => {
      await this.stop();
      return restart();
    };
  }

  /**
   * @param name of the resource, such as `AcsCredential`
   * @param config inputs of the provider, such as `{ apiKey: … }`
   * @param engine the address of one that runs already
   */
  static async start(
    name: string,
    config: Properties,
    environment: NodeJS.ProcessEnv = {},
    engine?: string,
  ): Promise<PluginProcess> {
    const spawned = await spawnProvider(SCRIPT, environment, engine);
    const plugin = new PluginProcess(
      spawned,
      name,
      () => PluginProcess.start(name, config, environment),
      (other) => PluginProcess.start(other, config, environment, spawned.engine),
    );
    await plugin.configure(config);
    return plugin;
  }

  /** Everything the process has written. */
  output(): string {
    return this.#spawned.output();
  }

  /** Lets the engine vanish, as when it is killed: nobody listens at its address any more. */
  killEngine(): Promise<void> {
    return this.#spawned.killEngine();
  }

  /** Resolves when the process has ended. */
  ended(): Promise<void> {
    return this.#spawned.ended();
  }

  stop(): Promise<void> {
    this.client.close();
    return this.#spawned.stop();
  }
}
