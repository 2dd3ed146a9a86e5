import * as grpc from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { SECRET, SIGNATURE } from "../../provider/values/secret-mark";

type Properties = Record<string, unknown>;

/** How the engine sends and reads a secret. */
export const secret = (value: unknown) => ({ [SIGNATURE]: SECRET, value });

/** What the engine does with one resource, on top of its properties. */
interface Options {
  readonly preview?: boolean;
  readonly timeoutSeconds?: number;
}

/** Calls the provider plugin over gRPC as the engine does, about resources of one type. */
export class PluginClient {
  readonly client: ResourceProviderClient;
  readonly #type: string;

  /** @param name of the resource, such as `AcsCredential` */
  constructor(port: string | number, name: string) {
    this.client = new ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
    this.#type = `seam:index:${name}`;
  }

  /** @param config inputs of the provider, such as `{ apiKey: … }` */
  async configure(config: Properties): Promise<void> {
    const request = new messages.ConfigureRequest();
    request.setArgs(struct(config));
    await this.call("configure", request);
  }

  async check(olds: Properties, news: Properties) {
    const request = this.#about(new messages.CheckRequest());
    request.setOlds(struct(olds));
    request.setNews(struct(news));
    const reply = await this.call<messages.CheckResponse>("check", request);
    return { inputs: plain(reply.getInputs()), failures: failuresOf(reply) };
  }

  async diff(id: string, olds: Properties, news: Properties, oldInputs: Properties = {}) {
    const request = this.#about(new messages.DiffRequest());
    request.setId(id);
    request.setOlds(struct(olds));
    request.setNews(struct(news));
    request.setOldInputs(struct(oldInputs));
    const reply = await this.call<messages.DiffResponse>("diff", request);
    const details: Record<string, string | undefined> = {};
    reply.getDetaileddiffMap().forEach((detail, property) => {
      details[property] = KINDS[detail.getKind()];
    });
    return {
      changes: (["unknown", "none", "some"] as const)[reply.getChanges()],
      replaces: reply.getReplacesList(),
      deleteBeforeReplace: reply.getDeletebeforereplace(),
      details,
    };
  }

  async create(properties: Properties, options: Options = {}) {
    const reply = await this.call<messages.CreateResponse>(
      "create",
      this.#createRequest(properties, options),
    );
    return { id: reply.getId(), properties: plain(reply.getProperties()) };
  }

  /** As it comes over the wire, with its marks. */
  async createMarked(properties: Properties, options: Options = {}) {
    const reply = await this.call<messages.CreateResponse>(
      "create",
      this.#createRequest(properties, options),
    );
    return reply.getProperties()?.toJavaScript() as Properties;
  }

  /** @param name of another resource than the one that the other messages are about */
  async read(id: string, properties: Properties, inputs: Properties = {}, name?: string) {
    const reply = await this.#read(id, properties, inputs, name);
    const found = reply.getInputs();
    return {
      id: reply.getId(),
      properties: plain(reply.getProperties()),
      inputs: found && plain(found),
    };
  }

  /** As it comes over the wire, with its marks. */
  async readMarked(id: string, properties: Properties, inputs: Properties = {}) {
    return (await this.#read(id, properties, inputs)).getProperties()?.toJavaScript() as Properties;
  }

  async update(id: string, olds: Properties, news: Properties, options: Options = {}) {
    return plain((await this.#update(id, olds, news, options)).getProperties());
  }

  /** As it comes over the wire, with its marks. */
  async updateMarked(id: string, olds: Properties, news: Properties, options: Options = {}) {
    return (await this.#update(id, olds, news, options)).getProperties()?.toJavaScript() as Properties;
  }

  #read(id: string, properties: Properties, inputs: Properties, name?: string) {
    const request = this.#about(new messages.ReadRequest(), name);
    request.setId(id);
    request.setProperties(struct(properties));
    request.setInputs(struct(inputs));
    return this.call<messages.ReadResponse>("read", request);
  }

  #update(id: string, olds: Properties, news: Properties, options: Options) {
    const request = this.#about(new messages.UpdateRequest());
    request.setId(id);
    request.setOlds(struct(olds));
    request.setNews(struct(news));
    request.setPreview(options.preview ?? false);
    request.setTimeout(options.timeoutSeconds ?? 0);
    return this.call<messages.UpdateResponse>("update", request);
  }

  async delete(id: string, properties: Properties) {
    const request = this.#about(new messages.DeleteRequest());
    request.setId(id);
    request.setProperties(struct(properties));
    await this.call("delete", request);
  }

  async invoke(name: string, args: Properties) {
    const request = new messages.InvokeRequest();
    request.setTok(`seam:index:${name}`);
    request.setArgs(struct(args));
    const reply = await this.call<messages.InvokeResponse>("invoke", request);
    return { result: plain(reply.getReturn()), failures: failuresOf(reply) };
  }

  cancel(): Promise<unknown> {
    return this.call("cancel", new Empty());
  }

  call<Reply>(method: keyof ResourceProviderClient, request: unknown): Promise<Reply> {
    const send = this.client[method] as (
      request: unknown,
      answered: (error: grpc.ServiceError | null, reply: Reply) => void,
    ) => void;
    return new Promise((resolve, reject) => {
      send.call(this.client, request, (error, reply) => (error ? reject(error) : resolve(reply)));
    });
  }

  #createRequest(properties: Properties, { preview = false, timeoutSeconds = 0 }: Options) {
    const request = this.#about(new messages.CreateRequest());
    request.setProperties(struct(properties));
    request.setPreview(preview);
    request.setTimeout(timeoutSeconds);
    return request;
  }

  #about<Request extends { setType(type: string): void; setUrn(urn: string): void }>(
    request: Request,
    name = "one",
  ): Request {
    request.setType(this.#type);
    request.setUrn(`urn:pulumi:dev::test::${this.#type}::${name}`);
    return request;
  }
}

const KINDS = ["add", "add-replace", "delete", "delete-replace", "update", "update-replace"] as const;

export function struct(properties: Properties): Struct {
  return Struct.fromJavaScript(properties as never);
}

/** The resource that an error of a partial failure carries for the engine to save; nothing of another error. */
export function initFailed(error: unknown) {
  const [packed] = (error as grpc.ServiceError).metadata.get("grpc-status-details-bin");
  if (packed === undefined) return {};
  const [detail] = Status.deserializeBinary(packed as Buffer).getDetailsList();
  const failed = messages.ErrorResourceInitFailed.deserializeBinary(detail?.getValue_asU8() as Uint8Array);
  return { id: failed.getId(), properties: plain(failed.getProperties()), reasons: failed.getReasonsList() };
}

function failuresOf(reply: messages.CheckResponse | messages.InvokeResponse) {
  return reply
    .getFailuresList()
    .map((failure) => ({ property: failure.getProperty(), reason: failure.getReason() }));
}

/** Properties without the marks of secrets. */
function plain(properties: Struct | undefined): Properties {
  return unmarked(properties?.toJavaScript() ?? {}) as Properties;
}

function unmarked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unmarked);
  if (typeof value !== "object" || value === null) return value;
  if (SIGNATURE in value) return unmarked((value as unknown as { value: unknown }).value);
  return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, unmarked(child)]));
}
