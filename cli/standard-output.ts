/** Says why nothing can be printed, in place of a stack trace. Who stops reading, as `head` does, is content. */
export function guardStandardOutput(): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") return;
    console.error(`Standard output cannot be written: ${error.message}`);
    // Not by exitCode alone: what the command finds out later is not an answer that anybody can read.
    process.exit(1);
  });
}
