import * as grpc from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import type { LogRequest } from "@pulumi/pulumi/proto/engine_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { startEmulator } from "../../emulator";
import { secret } from "./plugin-client";
import { PluginProcess } from "./plugin-process";

it("tells the user by way of the engine what a plan means for a card, before the plan ends", async () => {
  const messages: string[] = [];
  const engine = new grpc.Server();
  engine.addService(EngineService, {
    log: ({ request }: { request: LogRequest }, callback: grpc.sendUnaryData<Empty>) => {
      messages.push(request.getMessage());
      callback(null, new Empty());
    },
  });
  const port = await new Promise<number>((resolve, reject) => {
    const bound = (error: Error | null, number: number) => (error ? reject(error) : resolve(number));
    engine.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), bound);
  });
  const seam = await startEmulator();
  const account = { apiKey: secret(seam.apiKey), endpoint: seam.url };
  const plugin = await PluginProcess.start("AcsCredential", account, {}, `127.0.0.1:${port}`);
  try {
    const doors = Object.entries(seam.ids.acsEntrances).flatMap(([key, id]) =>
      key.startsWith("visionline/") ? [id] : [],
    );
    const card = (allowedAcsEntranceIds: readonly string[]) => ({
      accessMethod: "card",
      acsUserId: seam.ids.acsUsers["visionline/ada"],
      allowedAcsEntranceIds,
    });
    const before = card(doors.slice(0, 1));
    const { id, properties } = await plugin.create((await plugin.check({}, before)).inputs);
    seam.edit.encodeCard(id, "number");
    const encoded = await plugin.read(id, properties);
    const { inputs } = await plugin.check(before, card(doors.slice(0, 2)));
    await plugin.diff(id, encoded.properties, inputs);
    expect(messages).toEqual([expect.stringContaining("goes on opening what it opens")]);
  } finally {
    await plugin.stop();
    engine.forceShutdown();
    await seam.close();
  }
});
