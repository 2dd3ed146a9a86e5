// Loaded with `--require`: writes the most memory that the process had, in kilobytes, where the bench asks for it.
const { writeFileSync } = require("node:fs");

process.on("exit", () => {
  writeFileSync(process.env.BENCH_PEAK_MEMORY, String(process.resourceUsage().maxRSS));
});
