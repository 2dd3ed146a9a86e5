/**
 * Says when what was printed did not arrive, as on a full disk, and ends with 1: `console.log` would say nothing of it.
 * What is under way goes on. Who stops reading, as `head` does, is content.
 */
export function watchOutput(): void {
  let isSaid = false;
  process.stdout.on("error", ({ code, message }: NodeJS.ErrnoException) => {
    if (code === "EPIPE" || isSaid) return;
    isSaid = true;
    // Commands set the exit code when they are through.
    process.once("exit", () => {
      process.exitCode = 1;
    });
    console.error(`The output could not be written, and is not whole: ${message}`);
  });
}
