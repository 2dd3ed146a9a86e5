import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

const LETTERS = 64 * 1024;

/** Prints a long text as it is made, no faster than its reader takes it. `watchOutput` says what does not arrive. */
export async function printPieces(pieces: Iterable<string>): Promise<void> {
  try {
    await pipeline(Readable.from(inBulk(pieces)), process.stdout, { end: false });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall !== "write") throw error;
  }
}

/** The same text in fewer and longer pieces: a write for each row of a large workspace takes most of a minute. */
export function* inBulk(pieces: Iterable<string>): Generator<string> {
  let bulk = "";
  for (const piece of pieces) {
    bulk += piece;
    if (bulk.length < LETTERS) continue;
    yield bulk;
    bulk = "";
  }
  if (bulk !== "") yield bulk;
}
