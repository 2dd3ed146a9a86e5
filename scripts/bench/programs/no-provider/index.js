// What the engine and its SDK cost for so many resources with these inputs and outputs, without any provider.
const pulumi = require("@pulumi/pulumi");
const { declareAll, outputs } = require("../workload.cjs");

class NoProvider extends pulumi.ComponentResource {
  constructor(name, { code, ...args }) {
    const inputs = { ...args, code: pulumi.secret(code) };
    super("bench:index:NoProvider", name, inputs);
    const isUnset = ([property]) => !(property in inputs);
    // Seam fills most of them in.
    const filled = Object.keys(outputs).map((property) => [property, `${name} ${property}`]);
    this.registerOutputs({ ...inputs, ...Object.fromEntries(filled.filter(isUnset)) });
  }
}

declareAll((name, args) => new NoProvider(name, args));
