import { isRecord } from "../values/record";
import { authorization } from "./authorization";
import { deadline } from "./deadline";
import { UnreadableReplyError } from "./errors";
import { compose, type SeamRequest, type SuccessfulReply } from "./exchange";
import { type LimiterOptions, limiter } from "./limiter";
import { listedReads } from "./listed-reads";
import { maskSecrets } from "./mask";
import { mergeReads } from "./merge-reads";
import { replyError } from "./reply-error";
import { type RetryOptions, retry } from "./retry";
import type { SeamSettings } from "./settings";
import { createTransport, type TransportOptions } from "./transport";
import { type SeamWorkspace, workspaceOf } from "./workspace";

export interface ClientOptions extends TransportOptions, RetryOptions, LimiterOptions {
  /** Deadline for all tries of one request together. */
  readonly deadlineMs?: number;
  /** False: every read is sent by itself, also where many could be answered from a list. */
  readonly listsReads?: boolean;
}

/** Seam, as resources see it. */
export interface SeamClient {
  /**
   * Sends a request, again where that is safe, and returns the JSON body of the successful answer.
   * @throws SeamError one class per meaning
   */
  call(request: SeamRequest): Promise<SuccessfulReply>;
  /** The workspace that answers, asked for once. */
  workspace(): Promise<SeamWorkspace>;
  /** Where requests go, and what says so. */
  readonly settings: SeamSettings;
  /** False once nobody waits for answers any more: then nothing may be sent a second time. */
  maySendAgain(): Promise<boolean>;
  /** True while no call is under way. */
  isIdle(): boolean;
  close(): Promise<void>;
}

const DEADLINE_MS = 5 * 60_000;

export function createClient(settings: SeamSettings, options: ClientOptions = {}): SeamClient {
  const transport = createTransport(settings.endpoint, options);
  const send = compose(transport, [
    ...(options.listsReads === false ? [] : [listedReads()]),
    mergeReads(),
    deadline(options.deadlineMs ?? DEADLINE_MS),
    retry(options),
    limiter(options),
    authorization(settings),
  ]);
  let underWay = 0;
  const call = async (request: SeamRequest): Promise<SuccessfulReply> => {
    underWay++;
    const reply = await send(request).finally(() => underWay--);
    const mask = maskSecrets(request.body, settings.token);
    if (reply.status < 200 || reply.status >= 300) throw replyError(request, reply, mask);
    if (isRecord(reply.json)) return { ...reply, json: reply.json };
    throw new UnreadableReplyError({
      action: request.action,
      path: request.path,
      status: reply.status,
      requestId: reply.requestId,
      reason: `answered ${reply.status}, but not with a JSON object`,
      advice: "Check that seam:endpoint is Seam's address and that no proxy stands between.",
    });
  };
  return {
    call,
    workspace: workspaceOf(call),
    settings,
    maySendAgain: options.maySendAgain ?? (async () => true),
    isIdle: () => underWay === 0,
    close: () => transport.close(),
  };
}
