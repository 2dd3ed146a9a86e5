const { execFileSync } = require("node:child_process");
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
  // that ends by itself leaves what it compiled, which provider processes do not. Not in the temporary folder: what
  // others can write there would be run here.
  process.env["NODE_COMPILE_CACHE"] ??= join(
    __dirname,
    "..",
    "node_modules",
    ".cache",
    "pulumi-seam-compile",
  );
  execFileSync(process.execPath, ["-e", 'require("@pulumi/pulumi")'], { cwd: __dirname });
};
