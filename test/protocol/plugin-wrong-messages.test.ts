import * as grpc from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import * as fc from "fast-check";
import { startEmulator } from "../../emulator";
import { SECRET, SIGNATURE } from "../../provider/values/secret-mark";
import { struct } from "./plugin-client";
import { PluginProcess } from "./plugin-process";

const CANARY = "canary-4711";
const TYPES = ["seam:index:AcsCredential", "seam:index:AccessGrant", "seam:index:Nothing", "nonsense", ""];
const METHODS = Object.values(
  ResourceProviderService as unknown as Record<string, grpc.MethodDefinition<object, object>>,
)
  // These do as they should: no run goes on after the one, and the other sets another account.
  .filter(({ path, responseStream }) => !/\/(Cancel|Configure)$/.test(path) && !responseStream);

let seam: Awaited<ReturnType<typeof start>>;
let plugin: PluginProcess;
const start = () => startEmulator();

beforeAll(async () => {
  seam = await start();
  plugin = await PluginProcess.start("AcsCredential", { apiKey: seam.apiKey, endpoint: seam.url });
});
afterAll(async () => {
  await plugin?.stop();
  await seam?.close();
});

/** What somebody would be shown: an error, or what a check says is wrong. */
function send(path: string, bytes: Buffer): Promise<string> {
  return new Promise((resolve) => {
    plugin.client.makeUnaryRequest(
      path,
      (message: Buffer) => message,
      (reply: Buffer) => reply,
      bytes,
      (error, reply) => {
        if (error) resolve(`${error.message} ${error.details}`);
        else resolve(path.endsWith("/Check") ? failuresIn(reply) : "");
      },
    );
  });
}

function failuresIn(reply: Buffer | undefined): string {
  const { failuresList } = messages.CheckResponse.deserializeBinary(reply ?? Buffer.alloc(0)).toObject();
  return JSON.stringify(failuresList);
}

/** JSON of any shape, in which a secret may stand anywhere. */
const anything = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom<unknown>(null, true, "", "1234", CANARY, 4711, "04da6b54-80e4-46f7-96ec-b56ff0331ba9"),
    fc.constantFrom<unknown>(
      { [SIGNATURE]: SECRET, value: CANARY },
      { [SIGNATURE]: SECRET },
      { [SIGNATURE]: 1 },
    ),
    fc.array(tie("value"), { maxLength: 3 }),
    tie("properties"),
  ),
  properties: fc.dictionary(
    fc.constantFrom(
      "code",
      "accessMethod",
      "acsUserId",
      "endsAt",
      "errors",
      "__declared",
      "__proto__",
      "constructor",
    ),
    tie("value"),
    { maxKeys: 5 },
  ),
}));
const properties = anything["properties"] as fc.Arbitrary<Record<string, unknown>>;

describe("a message that no engine sends", () => {
  it("is answered, and the process lives on, whatever bytes it is", async () => {
    const bytes = fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...METHODS), bytes, async ({ path }, message) => {
        await send(path, message);
      }),
      // The same in every run: google-protobuf does not end with some few bytes, which no engine sends.
      { numRuns: 300, seed: 2036 },
    );
    expect(
      (await plugin.invoke("getAcsSystem", { acsSystemId: seam.ids.acsSystems.brivo })).failures,
    ).toEqual([]);
  });

  it("shows no secret in any error, whatever the properties are", async () => {
    const requests = fc.record({
      type: fc.constantFrom(...TYPES),
      id: fc.constantFrom("", "x"),
      news: properties,
      olds: properties,
    });
    await fc.assert(
      fc.asyncProperty(requests, async ({ type, id, news, olds }) => {
        // A PIN is one wherever it stands under its name; other texts are secret where they are marked.
        const mayShow =
          JSON.stringify([news, olds]).includes(`"${CANARY}"`) && !isMarkedEverywhere([news, olds]);
        const errors: string[] = [];
        for (const [path, request] of requestsAbout(type, id, news, olds)) {
          errors.push(
            await send(`/pulumirpc.ResourceProvider/${path}`, Buffer.from(request.serializeBinary())),
          );
        }
        if (!mayShow) expect(errors.join("\n")).not.toContain(CANARY);
      }),
      { numRuns: 60 },
    );
    expect(plugin.output()).not.toContain(CANARY);
    expect(seam.credentials()).toEqual([]);
  });

  it("about a type or function that there is not names what is near", async () => {
    const request = new messages.CheckRequest();
    request.setType("seam:index:AcsCredentials");
    request.setNews(struct({}));
    await expect(plugin.call("check", request)).rejects.toThrow("Did you mean AcsCredential?");
    const constructed = plugin.call("construct", new messages.ConstructRequest());
    await expect(constructed).rejects.toMatchObject({ code: grpc.status.UNIMPLEMENTED });
  });
});

function requestsAbout(
  type: string,
  id: string,
  news: Record<string, unknown>,
  olds: Record<string, unknown>,
) {
  const check = new messages.CheckRequest();
  const diff = new messages.DiffRequest();
  const create = new messages.CreateRequest();
  const read = new messages.ReadRequest();
  const update = new messages.UpdateRequest();
  const remove = new messages.DeleteRequest();
  for (const request of [check, diff, create, read, update, remove]) request.setType(type);
  for (const request of [diff, read, update, remove]) request.setId(id);
  for (const request of [check, diff, update]) request.setNews(struct(news)).setOlds(struct(olds));
  create.setProperties(struct(news));
  for (const request of [read, remove]) request.setProperties(struct(olds));
  return Object.entries({
    Check: check,
    Diff: diff,
    Create: create,
    Read: read,
    Update: update,
    Delete: remove,
  });
}

/** Whether no text is the canary but under the name of a PIN, or inside a mark. */
function isMarkedEverywhere(value: unknown, name = ""): boolean {
  if (value === CANARY) return name === "code";
  if (Array.isArray(value)) return value.every((element) => isMarkedEverywhere(element));
  if (typeof value !== "object" || value === null) return true;
  if ((value as Record<string, unknown>)[SIGNATURE] === SECRET) return true;
  return Object.entries(value).every(([key, child]) => isMarkedEverywhere(child, key));
}
