import * as grpc from "@grpc/grpc-js";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { Properties } from "../provider/values/record";
import {
  changedSettings,
  SECRET_SETTINGS,
  settingsFailures,
  settingsNotices,
  withStackEndpoint,
} from "./configuration";
import { diffResponse } from "./diff";
import { rpcError } from "./errors";
import { maskOf, type Received, received, sent, sentOutputs } from "./properties";
import { schemaText, VERSION } from "./schema";
import type { SeamProvider, Subject } from "./seam-provider";

/**
 * Pulumi's provider protocol over gRPC: what each message means is decided elsewhere, here it is read and answered.
 * @param noticed resolves when notices have arrived: no answer overtakes them
 */
export function serverOf(
  provider: SeamProvider,
  notice: (text: string) => void,
  noticed: () => Promise<void> = async () => undefined,
): grpc.Server {
  const server = new grpc.Server({
    // A roster of thousands is one message.
    "grpc.max_receive_message_length": -1,
    "grpc.max_send_message_length": -1,
  });
  const handlers: Record<string, grpc.handleUnaryCall<never, object>> = {
    ...aboutThePlugin(),
    ...aboutTheAccount(provider, notice),
    ...aboutResources(provider),
    cancel: answering(() => {
      provider.cancel();
      return new Empty();
    }),
  };
  const afterNotices = Object.entries(handlers).map(
    ([method, handle]): [string, grpc.handleUnaryCall<never, object>] => [
      method,
      (call, callback) => handle(call, (...answer) => void noticed().then(() => callback(...answer))),
    ],
  );
  server.addService(ResourceProviderService, { ...Object.fromEntries(afterNotices), ...UNIMPLEMENTED });
  return server;
}

function aboutThePlugin() {
  return {
    getPluginInfo: answering(() => {
      const info = new PluginInfo();
      info.setVersion(VERSION);
      return info;
    }),
    handshake: answering(() => {
      const answer = new messages.ProviderHandshakeResponse();
      answer.setAcceptSecrets(true);
      return answer;
    }),
    attach: answering(() => new Empty()),
    getSchema: answering((request: messages.GetSchemaRequest) => {
      if (request.getVersion() !== 0) {
        throw new Error(`There is no schema of version ${request.getVersion()}: version 0 is the only one.`);
      }
      const answer = new messages.GetSchemaResponse();
      answer.setSchema(schemaText());
      return answer;
    }),
    // No provider of Terraform's or others stands behind this one.
    getMapping: answering(() => new messages.GetMappingResponse()),
    getMappings: answering(() => new messages.GetMappingsResponse()),
  };
}

function aboutTheAccount(provider: SeamProvider, notice: (text: string) => void) {
  return {
    checkConfig: answering((request: messages.CheckRequest) => {
      const { properties: given, secrets } = received(request.getNews());
      const properties = withStackEndpoint(given);
      for (const text of settingsNotices(properties)) notice(text);
      return checked(
        properties,
        new Set([...secrets, ...SECRET_SETTINGS]),
        settingsFailures(properties, request.getUrn()),
      );
    }),
    diffConfig: answering((request: messages.DiffRequest) => {
      const before = received(request.getOldInputs() ?? request.getOlds()).properties;
      const changed = changedSettings(before, received(request.getNews()).properties);
      const answer = new messages.DiffResponse();
      const { DIFF_NONE, DIFF_SOME } = messages.DiffResponse.DiffChanges;
      // Another account is refused by the objects themselves, which stay where they are: nothing is replaced.
      answer.setChanges(changed.length > 0 ? DIFF_SOME : DIFF_NONE);
      answer.setDiffsList([...changed]);
      return answer;
    }),
    configure: answering((request: messages.ConfigureRequest) => {
      provider.configure(received(request.getArgs()).properties, request.getUrn());
      const answer = new messages.ConfigureResponse();
      answer.setAcceptsecrets(true);
      answer.setSupportspreview(true);
      return answer;
    }),
    invoke: answering(
      async (request: messages.InvokeRequest, args: Received) => {
        const { result, failures } = await provider.invoke(request.getTok(), args.properties);
        const answer = new messages.InvokeResponse();
        answer.setReturn(sent(result, args.secrets.size > 0 ? new Set(Object.keys(result)) : args.secrets));
        answer.setFailuresList(failures.map(maskOf(args)).map(checkFailure));
        return answer;
      },
      (request) => [request.getArgs()],
    ),
  };
}

function aboutResources(provider: SeamProvider) {
  return {
    check: answering(
      (request: messages.CheckRequest, news: Received) => {
        const olds = received(request.getOlds()).properties;
        const { inputs, failures } = provider.check(typeOf(request), olds, news.properties);
        return checked(inputs, news.secrets, failures.map(maskOf(news)));
      },
      (request) => [request.getNews()],
    ),
    diff: answering(
      (request: messages.DiffRequest, news: Received, olds: Received) => {
        const { resource, plan, outputs } = provider.diff(
          subjectOf(request),
          olds.properties,
          news.properties,
        );
        return diffResponse(resource, plan, outputs, news.properties);
      },
      (request) => [request.getNews(), request.getOlds()],
    ),
    create: answering(
      async (request: messages.CreateRequest, inputs: Received) => {
        const type = typeOf(request);
        const answer = new messages.CreateResponse();
        if (request.getPreview()) {
          answer.setProperties(sentOutputs(provider.previewCreate(type, inputs.properties), inputs));
          return answer;
        }
        const { id, outputs } = await provider.create(type, inputs.properties, request.getTimeout());
        answer.setId(id);
        answer.setProperties(sentOutputs(outputs, inputs));
        return answer;
      },
      (request) => [request.getProperties()],
    ),
    read: answering(
      async (request: messages.ReadRequest, outputs: Received, inputs: Received) => {
        const answer = new messages.ReadResponse();
        const found = await provider.read(subjectOf(request), outputs.properties, request.getTimeout());
        if (!found) return answer;
        const secrets = new Set([...outputs.secrets, ...inputs.secrets]);
        answer.setId(found.id);
        answer.setProperties(sentOutputs(found.outputs, outputs, inputs));
        answer.setInputs(sent(found.inputs, secrets));
        return answer;
      },
      (request) => [request.getProperties(), request.getInputs()],
    ),
    update: answering(
      async (request: messages.UpdateRequest, news: Received, olds: Received) => {
        const answer = new messages.UpdateResponse();
        const outputs = request.getPreview()
          ? provider.previewUpdate(typeOf(request), olds.properties, news.properties)
          : await provider.update(subjectOf(request), olds.properties, news.properties, request.getTimeout());
        // What was secret may stand in what Seam still shows, but an input is as the program marks it.
        answer.setProperties(sentOutputs(outputs, news));
        return answer;
      },
      (request) => [request.getNews(), request.getOlds()],
    ),
    delete: answering(
      async (request: messages.DeleteRequest, { properties }: Received) => {
        await provider.delete(subjectOf(request), properties, request.getTimeout());
        return new Empty();
      },
      (request) => [request.getProperties()],
    ),
  };
}

/** What this package has none of: components, methods, packages made from parameters, lists of what is there. */
const UNIMPLEMENTED = {
  ...Object.fromEntries(
    ["parameterize", "call", "construct"].map((method) => [
      method,
      (_call: unknown, callback: grpc.sendUnaryData<never>) => callback(unimplemented(method)),
    ]),
  ),
  list: (call: grpc.ServerWritableStream<unknown, unknown>) => call.emit("error", unimplemented("list")),
};

function unimplemented(method: string) {
  return { code: grpc.status.UNIMPLEMENTED, details: `The provider seam has no method ${method}.` };
}

/**
 * Answers a method. What goes wrong is told without anything that the program has marked as secret.
 * @param structs the properties that a message carries, in the order in which `act` takes them
 */
function answering<Request, Response>(
  act: (request: Request, ...properties: Received[]) => Response | Promise<Response>,
  structs: (request: Request) => readonly Parameters<typeof received>[0][] = () => [],
): grpc.handleUnaryCall<Request, Response> {
  return ({ request }, callback) => {
    const told: Received[] = [];
    const answered = async () => {
      told.push(...structs(request).map(received));
      return act(request, ...told);
    };
    answered().then(
      (response) => callback(null, response),
      (error: unknown) => callback(rpcError(error, told, maskOf(...told))),
    );
  };
}

function checked(
  inputs: Properties,
  secrets: ReadonlySet<string>,
  failures: readonly string[],
): messages.CheckResponse {
  const answer = new messages.CheckResponse();
  answer.setInputs(sent(inputs, secrets));
  answer.setFailuresList(failures.map(checkFailure));
  return answer;
}

/** Its property stays empty: the engine would print the value, which may be a PIN. */
function checkFailure(reason: string): messages.CheckFailure {
  const failure = new messages.CheckFailure();
  failure.setReason(reason.toWellFormed());
  return failure;
}

function subjectOf(request: { getType(): string; getUrn(): string; getId(): string }): Subject {
  return { type: typeOf(request), urn: request.getUrn(), id: request.getId() };
}

/** Older engines tell it in the URN alone. */
function typeOf(request: { getType(): string; getUrn(): string }): string {
  return request.getType() || (request.getUrn().split("::")[2]?.split("$").at(-1) ?? "");
}
