import * as grpc from "@grpc/grpc-js";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { type Spawned, spawnProvider } from "./spawned";

const { ResourceProviderClient } = require("@pulumi/pulumi/proto/provider_grpc_pb");
const messages = require("@pulumi/pulumi/proto/provider_pb");

type Properties = Record<string, unknown>;
type GrpcClient = grpc.Client & Record<string, unknown>;

/** Pulumi's own dynamic-provider process, driven over gRPC as the engine drives it. */
export class ProviderProcess {
  readonly #spawned: Spawned;
  readonly #client: GrpcClient;
  /** Ends this process and starts the one of the next command: each of Pulumi's has its own. */
  readonly nextCommand: () => Promise<ProviderProcess>;

  private constructor(spawned: Spawned, client: GrpcClient, restart: () => Promise<ProviderProcess>) {
    this.#spawned = spawned;
    this.#client = client;
    this.nextCommand = async () => {
      await this.stop();
      return restart();
    };
  }

  /** @param config what the engine hands to configure, such as `{ "seam:apiKey": … }` */
  static async start(config: Properties, environment: NodeJS.ProcessEnv = {}): Promise<ProviderProcess> {
    const spawned = await spawnProvider(require.resolve("@pulumi/pulumi/cmd/dynamic-provider"), environment);
    const client = new ResourceProviderClient(`127.0.0.1:${spawned.port}`, grpc.credentials.createInsecure());
    const restart = () => ProviderProcess.start(config, environment);
    const provider = new ProviderProcess(spawned, client, restart);
    await provider.#call("configure", new messages.ConfigureRequest(), { args: config });
    return provider;
  }

  /** Everything the process has written. */
  output(): string {
    return this.#spawned.output();
  }

  async check(olds: Properties, news: Properties) {
    const reply = await this.#call("check", new messages.CheckRequest(), { olds, news });
    return {
      inputs: reply.getInputs().toJavaScript() as Properties,
      failures: (reply.getFailuresList() as { getProperty(): string; getReason(): string }[]).map(
        (failure) => ({
          property: failure.getProperty(),
          reason: failure.getReason(),
        }),
      ),
    };
  }

  async diff(id: string, olds: Properties, news: Properties) {
    const reply = await this.#call("diff", new messages.DiffRequest(), { id, olds, news });
    return {
      changes: (["unknown", "none", "some"] as const)[reply.getChanges() as 0 | 1 | 2],
      replaces: reply.getReplacesList() as string[],
      deleteBeforeReplace: reply.getDeletebeforereplace() as boolean,
    };
  }

  async create(properties: Properties) {
    const reply = await this.#call("create", new messages.CreateRequest(), { properties });
    return { id: reply.getId() as string, properties: reply.getProperties().toJavaScript() as Properties };
  }

  /** `inputs` is undefined and `id` empty for what is gone. */
  async read(id: string, properties: Properties) {
    const reply = await this.#call("read", new messages.ReadRequest(), { id, properties });
    return {
      id: reply.getId() as string,
      properties: reply.getProperties()?.toJavaScript() as Properties,
      inputs: reply.getInputs()?.toJavaScript() as Properties | undefined,
    };
  }

  async update(id: string, olds: Properties, news: Properties) {
    const reply = await this.#call("update", new messages.UpdateRequest(), { id, olds, news });
    return reply.getProperties().toJavaScript() as Properties;
  }

  async delete(id: string, properties: Properties) {
    await this.#call("delete", new messages.DeleteRequest(), { id, properties });
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
    this.#client.close();
    return this.#spawned.stop();
  }

  // biome-ignore lint/suspicious/noExplicitAny: the generated protobuf classes have no types
  async #call(method: string, request: any, fields: Record<string, string | Properties>): Promise<any> {
    for (const [field, value] of Object.entries(fields)) {
      const setter = `set${field[0]?.toUpperCase()}${field.slice(1)}`;
      request[setter](typeof value === "string" ? value : Struct.fromJavaScript(value as never));
    }
    const send = (this.#client[method] as (...args: unknown[]) => void).bind(this.#client);
    return new Promise((resolve, reject) => {
      send(request, (error: grpc.ServiceError | null, reply: unknown) =>
        error ? reject(error) : resolve(reply),
      );
    });
  }
}
