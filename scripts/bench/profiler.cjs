// Preloaded into the processes of a profiled run: keeps a CPU profile of Pulumi's program and provider processes.
const { writeFileSync } = require("node:fs");
const { Session } = require("node:inspector");
const { join } = require("node:path");

const script = process.argv[1] ?? "";
const role = /dynamic-provider|pulumi-resource-seam/.test(script)
  ? "provider"
  : script.includes("cmd/run")
    ? "program"
    : undefined;

if (role && process.env.BENCH_PROFILES) {
  const session = new Session();
  session.connect();
  session.post("Profiler.enable");
  session.post("Profiler.setSamplingInterval", { interval: 500 });
  session.post("Profiler.start");
  let isDone = false;
  const finish = () => {
    if (isDone) return;
    isDone = true;
    session.post("Profiler.stop", (_error, result) => {
      const file = join(process.env.BENCH_PROFILES, `${role}-${process.pid}.cpuprofile`);
      if (result) writeFileSync(file, JSON.stringify(result.profile));
    });
  };
  process.once("exit", finish);
  // How the engine ends a provider process.
  for (const signal of ["SIGINT", "SIGTERM"]) {
    process.once(signal, () => {
      finish();
      process.exit(0);
    });
  }
}
