import type { Progress } from "../../report/reading/reader";

const MS_BETWEEN = 100;

/** One line that is written over, on a terminal; nothing elsewhere. */
export function progressOn(stream: NodeJS.WriteStream): {
  readonly show: (progress: Progress) => void;
  readonly clear: () => void;
} {
  let shownAt = 0;
  return {
    show({ what, read, of }) {
      const now = Date.now();
      if (!stream.isTTY || now - shownAt < MS_BETWEEN) return;
      shownAt = now;
      stream.write(`\r\x1b[KReading ${what}: ${read}${of === undefined ? "" : ` of ${of}`} …`);
    },
    clear() {
      if (shownAt > 0) stream.write("\r\x1b[K");
    },
  };
}
