import type { Progress } from "../report/reading/reader";

/** Written over the same line of a terminal, so often at most. */
const EVERY_MS = 100;
const WIDTH = 24;

export interface ProgressLine {
  show(progress: Progress): void;
  /** Takes the line away again. */
  end(): void;
}

/** Shows on a terminal how far a reading is. On a pipe it says nothing. */
export function progressLine(stream: NodeJS.WriteStream = process.stderr): ProgressLine {
  if (!stream.isTTY) return { show: () => undefined, end: () => undefined };
  let shownAt = Number.NEGATIVE_INFINITY;
  return {
    show(progress) {
      const isWhole = progress.read === progress.of;
      if (!isWhole && performance.now() - shownAt < EVERY_MS) return;
      shownAt = performance.now();
      stream.write(`\r${lineOf(progress)}\u001b[K`);
    },
    end: () => void stream.write("\r\u001b[K"),
  };
}

function lineOf({ what, read, of }: Progress): string {
  const count = read.toLocaleString("en");
  if (of === undefined) return `Reading: ${count} ${what}`;
  const filled = of === 0 ? WIDTH : Math.round((read / of) * WIDTH);
  return `Reading: ${"#".repeat(filled)}${"-".repeat(WIDTH - filled)} ${count} of ${of.toLocaleString("en")} ${what}`;
}
