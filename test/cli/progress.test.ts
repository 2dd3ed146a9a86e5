import { progressLine } from "../../cli/progress";

describe("the progress of a reading", () => {
  it("is a bar on a terminal, which goes away at the end", () => {
    const { stream, written } = terminal(true);
    const line = progressLine(stream);
    line.show({ what: "credentials of entrances", read: 250, of: 500 });
    line.show({ what: "credentials of entrances", read: 500, of: 500 });
    line.end();
    expect(written).toEqual([
      "\rReading: ############------------ 250 of 500 credentials of entrances\u001b[K",
      "\rReading: ######################## 500 of 500 credentials of entrances\u001b[K",
      "\r\u001b[K",
    ]);
  });

  it("counts where nobody knows how many there are", () => {
    const { stream, written } = terminal(true);
    progressLine(stream).show({ what: "credentials", read: 1_500 });
    expect(written).toEqual(["\rReading: 1,500 credentials\u001b[K"]);
  });

  it("is silent on a pipe", () => {
    const { stream, written } = terminal(false);
    const line = progressLine(stream);
    line.show({ what: "credentials", read: 1 });
    line.end();
    expect(written).toEqual([]);
  });
});

function terminal(isTTY: boolean) {
  const written: string[] = [];
  const stream = { isTTY, write: (text: string) => written.push(text) > 0 };
  return { stream: stream as unknown as NodeJS.WriteStream, written };
}
