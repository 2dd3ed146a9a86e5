#!/usr/bin/env node
// Runs Node programs for a `pulumi` that was built from source: Pulumi's releases bundle their own
// language host, its Go modules do not have it. Serves what deploying a program on disk needs, `pulumi new` and
// `pulumi install`, and policy packs; code generation and packing answer "unimplemented".
// Copied beside `pulumi`, so it finds everything it needs through the program's folder.
const { spawn } = require("node:child_process");
const { createRequire } = require("node:module");
const { realpathSync } = require("node:fs");
const { delimiter, join } = require("node:path");

const PROGRAM_LOGGED_ITS_ERROR = 32;

const sdk = requireSdkToServe();
const grpc = sdk("@grpc/grpc-js");
const language = sdk("./proto/language_pb.js");
const plugin = sdk("./proto/plugin_pb.js");
const { LanguageRuntimeService } = sdk("./proto/language_grpc_pb.js");
const { Empty } = sdk("google-protobuf/google/protobuf/empty_pb.js");
const { version } = sdk("./package.json");

let engineAddress = process.argv.slice(2).find((arg) => !arg.startsWith("-")) ?? "";
const programs = new Set();

const server = new grpc.Server({ "grpc.max_receive_message_length": -1 });
server.addService(LanguageRuntimeService, {
  handshake: ({ request }, reply) => {
    engineAddress = request.getEngineAddress();
    reply(null, new language.LanguageHandshakeResponse());
  },
  // Plugins of other packages are fetched by the engine when the program first uses them.
  getRequiredPackages: (_call, reply) => reply(null, new language.GetRequiredPackagesResponse()),
  getRequiredPlugins: (_call, reply) => reply(null, new language.GetRequiredPluginsResponse()),
  getProgramDependencies: (_call, reply) => reply(null, new language.GetProgramDependenciesResponse()),
  getPluginInfo: (_call, reply) => reply(null, new plugin.PluginInfo().setVersion(version)),
  about: (_call, reply) => {
    const about = new language.AboutResponse().setExecutable(process.execPath).setVersion(process.version);
    reply(null, about);
  },
  run: ({ request }, reply) => {
    runProgram(request).then(
      (response) => reply(null, response),
      (error) => reply({ code: grpc.status.INTERNAL, message: error.message }),
    );
  },
  installDependencies: (call) => installPackages(call),
  runPlugin: (call) => runPolicyPack(call),
  cancel: (_call, reply) => {
    for (const program of programs) program.kill("SIGTERM");
    reply(null, new Empty());
  },
});
server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  console.log(port);
});

// An engine that was killed cannot say goodbye: leave with it, and take the program along.
const engineProcess = process.ppid;
setInterval(() => {
  if (process.ppid === engineProcess) return;
  for (const program of programs) program.kill("SIGKILL");
  process.exit(1);
}, 2_000);

/** Runs the program in a Node of its own, its output straight to the engine's. */
async function runProgram(request) {
  const info = request.getInfo();
  const options = info?.getOptions()?.toJavaScript() ?? {};
  const folder = info?.getProgramDirectory() || request.getPwd();
  const args = [
    ...(options.nodeargs?.split(/\s+/).filter(Boolean) ?? []),
    requireSdkFrom(folder).resolve("./cmd/run/index.js"),
    ...flag("monitor", request.getMonitorAddress()),
    ...flag("engine", engineAddress),
    ...flag("organization", request.getOrganization()),
    ...flag("project", request.getProject()),
    ...flag("stack", request.getStack()),
    ...flag("root-directory", info?.getRootDirectory()),
    ...flag("pwd", folder),
    ...flag("parallel", request.getParallel()),
    ...(request.getDryrun() ? ["--dry-run"] : []),
    info?.getEntryPoint() || ".",
    ...request.getArgsList(),
  ];
  const env = {
    ...process.env,
    PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().entries())),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
    PULUMI_NODEJS_TYPESCRIPT: String(options.typescript ?? true),
    ...(options.tsconfig && { PULUMI_NODEJS_TSCONFIG_PATH: options.tsconfig }),
  };
  return new Promise((resolve, reject) => {
    const program = spawn("node", args, { cwd: folder, env, stdio: ["ignore", "inherit", "inherit"] });
    programs.add(program);
    program.on("error", reject);
    program.on("exit", (code, signal) => {
      programs.delete(program);
      const response = new language.RunResponse();
      if (code === PROGRAM_LOGGED_ITS_ERROR) response.setBail(true);
      else if (code !== 0) response.setError(`The program ended with ${signal ?? `exit code ${code}`}`);
      resolve(response);
    });
  });
}

/** Installs what the project depends on; npm's output goes to the engine in pieces. */
function installPackages(call) {
  const folder = call.request.getInfo()?.getProgramDirectory() || call.request.getDirectory();
  const npm = spawn("npm", ["install", "--loglevel=error"], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
  });
  programs.add(npm);
  const response = () => new language.InstallDependenciesResponse();
  npm.stdout.on("data", (data) => call.write(response().setStdout(data)));
  npm.stderr.on("data", (data) => call.write(response().setStderr(data)));
  npm.on("error", (error) => call.destroy(error));
  npm.on("close", (code) => {
    programs.delete(npm);
    if (code === 0) call.end();
    else call.destroy(new Error(`npm install in ${folder} ended with exit code ${code}`));
  });
}

/** Policy packs are the one kind of plugin that this host runs: what they print goes to the engine in pieces. */
function runPolicyPack(call) {
  const folder = call.request.getInfo()?.getProgramDirectory() || call.request.getPwd();
  const main = requireSdkFrom(folder).resolve("./cmd/run-policy-pack/index.js");
  const env = call.request
    .getEnvList()
    .map((variable) => [variable.slice(0, variable.indexOf("=")), variable.slice(variable.indexOf("=") + 1)]);
  const pack = spawn("node", [main, ...call.request.getArgsList(), "."], {
    cwd: folder,
    env: { ...process.env, ...Object.fromEntries(env) },
    stdio: ["ignore", "pipe", "pipe"],
  });
  programs.add(pack);
  pack.stdout.on("data", (data) => call.write(new language.RunPluginResponse().setStdout(data)));
  pack.stderr.on("data", (data) => call.write(new language.RunPluginResponse().setStderr(data)));
  pack.on("error", (error) => call.destroy(error));
  pack.on("close", (code) => {
    programs.delete(pack);
    call.write(new language.RunPluginResponse().setExitcode(code ?? 1));
    call.end();
  });
  call.on("cancelled", () => pack.kill("SIGTERM"));
}

function flag(name, value) {
  return value ? [`--${name}`, String(value)] : [];
}

/** `require` as @pulumi/pulumi itself sees it, in the version that the program in `folder` uses. */
function requireSdkFrom(folder) {
  try {
    // As Node sees it from there, when the way to the folder leads through links.
    const program = join(realpathSync(folder), "index.js");
    return createRequire(createRequire(program).resolve("@pulumi/pulumi/package.json"));
  } catch (cause) {
    throw new Error(`No @pulumi/pulumi is installed for the program in ${folder}: run "npm install" there`, {
      cause,
    });
  }
}

/** What this host itself needs: the program's SDK, or where none is installed yet, one beside the tools on PATH. */
function requireSdkToServe() {
  const tools = (process.env.PATH ?? "")
    .split(delimiter)
    .find((folder) => folder.endsWith(join("node_modules", ".bin")));
  try {
    return requireSdkFrom(process.cwd());
  } catch (error) {
    if (tools === undefined) throw error;
    return requireSdkFrom(tools);
  }
}
