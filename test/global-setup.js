const { execFileSync } = require("node:child_process");
const { tmpdir } = require("node:os");
const { delimiter, join } = require("node:path");

/** Puts a usable Pulumi CLI first on the PATH of all test processes, after it has got one if need be. */
module.exports = async () => {
  const setup = join(__dirname, "..", "scripts", "setup.mts");
  const stdout = execFileSync(process.execPath, [setup], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  process.env["PATH"] = stdout.trim() + delimiter + process.env["PATH"];
  process.env["PULUMI_SKIP_UPDATE_CHECK"] = "true";
  // Every command starts processes that load Pulumi's SDK: compiled before, it loads in half the time. Only a process
  // that ends by itself leaves what it compiled, which provider processes do not.
  process.env["NODE_COMPILE_CACHE"] ??= join(tmpdir(), "pulumi-seam-compile-cache");
  execFileSync(process.execPath, ["-e", 'require("@pulumi/pulumi")'], { cwd: __dirname });
};
