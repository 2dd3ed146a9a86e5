import { deadline } from "../../provider/http/deadline";
import type { Send } from "../../provider/http/exchange";
import { limiter } from "../../provider/http/limiter";
import { retry } from "../../provider/http/retry";

jest.setTimeout(60_000);

const answered = { status: 200, headers: {}, json: {} };
const refused = { status: 429, headers: {}, json: {} };

/** The numbers of so many requests made at once, in the order in which they were sent; the first few are refused. */
async function sentInOrder(count: number, refusals = 0): Promise<number[]> {
  const sent: number[] = [];
  const transport: Send = async ({ body }) => {
    sent.push(Number(body["index"]));
    await new Promise((resolve) => setImmediate(resolve));
    return sent.length <= refusals ? refused : answered;
  };
  const send = deadline(300_000)(retry()(limiter()(transport)));
  const requests = Array.from({ length: count }, (_, index) =>
    send({ path: "/do", body: { index }, effect: "read", action: "do it" }),
  );
  await Promise.all(requests);
  return sent;
}

describe("requests that wait", () => {
  it("are sent in the order in which they were made", async () => {
    expect(await sentInOrder(100)).toEqual(Array.from({ length: 100 }, (_, index) => index));
  });

  it("let one go first that Seam has refused, since its time runs", async () => {
    expect(await sentInOrder(3, 1)).toEqual([0, 0, 1, 2]);
  });

  it("cost next to nothing each, however many there are", async () => {
    const msOf = async (count: number) => {
      const began = process.cpuUsage();
      await sentInOrder(count);
      return process.cpuUsage(began).user / 1_000;
    };
    await sentInOrder(1_000);
    const few = await msOf(2_500);
    // Eight times as many: looking through all that wait for each that starts costs sixty times as much.
    expect((await msOf(20_000)) / few).toBeLessThan(45);
  });
});
