import { credentials, Metadata } from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";

const ENGINE_TAKES_IT_MS = 5_000;

/** Tells the user something by way of the engine, which keeps what a plugin writes to stderr in its own log. */
export class EngineLog {
  readonly #engine: EngineClient | undefined;
  readonly #underWay = new Set<Promise<void>>();

  /** @param address `undefined` where no engine has started this process: then stderr is what somebody reads */
  constructor(address: string | undefined) {
    this.#engine =
      address === undefined ? undefined : new EngineClient(address, credentials.createInsecure());
  }

  notice(text: string): void {
    const message = `pulumi-seam: ${text}`;
    const told = this.#told(message).catch(() => console.error(message));
    this.#underWay.add(told);
    void told.finally(() => this.#underWay.delete(told));
  }

  /** Resolves when the engine has all of it: a preview may end with the next answer. */
  async settled(): Promise<void> {
    await Promise.all(this.#underWay);
  }

  async #told(message: string): Promise<void> {
    const engine = this.#engine;
    if (!engine) throw new Error("There is no engine.");
    const request = new LogRequest();
    request.setSeverity(LogSeverity.INFO);
    request.setMessage(message);
    const options = { deadline: Date.now() + ENGINE_TAKES_IT_MS };
    await new Promise<void>((resolve, reject) => {
      engine.log(request, new Metadata(), options, (error) => (error ? reject(error) : resolve()));
    });
  }
}
