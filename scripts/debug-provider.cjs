// Lets a debugger into the provider process that Pulumi starts, and into no other Node process of the run:
//   NODE_OPTIONS="--require <clone>/scripts/debug-provider.cjs" pulumi up
// The process waits on port 9229 until a debugger is there.
const script = process.argv[1] ?? "";
if (/[\\/](dynamic-provider|pulumi-resource-seam)\b/.test(script)) {
  require("node:inspector").open(9229, "127.0.0.1", true);
}
