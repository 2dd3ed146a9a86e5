// The arrows of docs/architecture.md. Each room may import what stands here, and itself.
const ROOMS = {
  "provider/values": [],
  "provider/wire": ["provider/values"],
  "provider/inputs": ["provider/values", "provider/wire"],
  "provider/http": ["provider/values", "provider/wire"],
  "provider/lifecycle": ["provider/values", "provider/wire", "provider/inputs", "provider/http"],
  "provider/resources": [
    "provider/values",
    "provider/wire",
    "provider/inputs",
    "provider/http",
    "provider/lifecycle",
  ],
  "provider/engine": [
    "provider/values",
    "provider/wire",
    "provider/inputs",
    "provider/http",
    "provider/lifecycle",
  ],
  "sdk/program": ["provider"],
  "sdk/resources": ["provider", "sdk/program", "sdk/errors-and-warnings.ts", "sdk/short-traces.ts"],
  "sdk/lookups": [
    "provider",
    "sdk/program",
    "sdk/provider.ts",
    "sdk/pulumi-recover.ts",
    "sdk/errors-and-warnings.ts",
  ],
  "sdk/components": [
    "provider",
    "sdk/program",
    "sdk/lookups",
    "sdk/resources",
    "sdk/pulumi-recover.ts",
    "sdk/errors-and-warnings.ts",
  ],
  "sdk/testing": ["emulator", "provider/values"],
  "emulator/systems": [],
  "emulator/world": ["emulator/systems"],
  "emulator/api": ["emulator/world", "emulator/systems"],
  "emulator/view": ["emulator/world", "emulator/seeds"],
  "emulator/seeds": ["emulator/world", "emulator/systems"],
  "emulator/server": ["emulator/api", "emulator/world", "emulator/view"],
  "report/changes": ["provider", "report/markdown-text.ts", "report/method-name.ts", "report/plain-text.ts"],
  policy: ["provider/values"],
  provider: [],
  plugin: ["provider", "sdk/lookups", "sdk/program/misspelt-settings.ts"],
  sdk: ["provider", "emulator"],
  emulator: [],
  "report/reading": ["provider/values", "provider/http"],
  "report/html": [
    "report/document.ts",
    "report/findings.ts",
    "report/method-name.ts",
    "report/plain-text.ts",
    "report/render",
  ],
  "report/html/page": [],
  report: ["provider"],
  cli: ["provider", "sdk", "emulator", "report"],
  examples: [],
};

const inRoom = (room) => `^${room.replaceAll(".", "\\.")}(/|$)`;

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    { name: "no-circles", severity: "error", from: {}, to: { circular: true } },
    ...Object.entries(ROOMS).map(([room, allowed]) => ({
      name: `arrows-of-${room.replaceAll("/", "-")}`,
      severity: "error",
      from: { path: inRoom(room) },
      to: {
        path: "^(provider|plugin|sdk|emulator|report|policy|cli|scripts|test)/",
        pathNot: [room, ...allowed].map(inRoom),
      },
    })),
    {
      name: "undici-in-http-only",
      severity: "error",
      from: { path: "^(provider|plugin|sdk|report|policy|cli|emulator)/", pathNot: "^provider/http/" },
      to: { path: "node_modules/undici/" },
    },
    {
      // What stands in no documentation may move with any release, and package.json takes a range of them.
      name: "no-inner-files-of-undici",
      severity: "error",
      from: { path: "^(provider|plugin|sdk|report|policy|cli|emulator)/" },
      to: { path: "node_modules/undici/(lib|scripts)/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules|^dist" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    // A package by what it exports: pulumi-seam/policy is no folder of this name.
    enhancedResolveOptions: {
      extensions: [".ts", ".js"],
      exportsFields: ["exports"],
      conditionNames: ["require", "node", "default"],
    },
  },
};
