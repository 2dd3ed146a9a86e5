import type { Interceptor, SeamReply } from "./exchange";

/** Equal reads that are under way at the same time are sent once. Nothing is kept after the answer. */
export function mergeReads(): Interceptor {
  const underWay = new Map<string, Promise<SeamReply>>();
  return (next) => (request) => {
    if (request.effect !== "read") return next(request);
    const key = `${request.path} ${JSON.stringify(request.body)}`;
    const running = underWay.get(key);
    if (running !== undefined) return running;
    const reply = next(request).finally(() => underWay.delete(key));
    underWay.set(key, reply);
    return reply;
  };
}
