import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

/** Prints a long text as it is made, no faster than its reader takes it. Who stops reading, as `head` does, is content. */
export async function printPieces(pieces: Iterable<string>): Promise<void> {
  try {
    await pipeline(Readable.from(pieces), process.stdout, { end: false });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPIPE") throw error;
  }
}
