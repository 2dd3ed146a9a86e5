import { Command, InvalidArgumentError } from "commander";

export function emulatorCommand(): Command {
  return new Command("emulator")
    .description("Emulate Seam on 127.0.0.1 until Ctrl-C; prints one JSON line when it is ready")
    .option("--port <number>", "port to listen on (default: a free one)", portNumber)
    .option(
      "--seed <file>",
      "workspaces, systems and people to start with (default: a property for each kind of system)",
    )
    .action(async (options: { port?: number; seed?: string }) => {
      // Loaded only here: it takes longer than many a command.
      const { startEmulator } = await import("../emulator/index.js");
      const emulator = (await startEmulator(options).catch(taken)).ref();
      const { url, apiKey, workspaceId } = emulator;
      console.log(JSON.stringify({ url, apiKey, workspaceId }));
      for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void emulator.close());
    });
}

function taken(error: NodeJS.ErrnoException & { port?: number }): never {
  if (error.code !== "EADDRINUSE") throw error;
  throw new Error(
    `Port ${error.port} of this machine is in use, perhaps by an emulator that was started before. End that one, or choose another --port.`,
    { cause: error },
  );
}

function portNumber(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new InvalidArgumentError("a port is a number from 0 to 65535");
  return port;
}
