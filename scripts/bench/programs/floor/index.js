// The least that a dynamic resource with these inputs and outputs can cost: its provider does nothing.
const pulumi = require("@pulumi/pulumi");
const { declareAll, outputs } = require("../workload.cjs");

class Floor extends pulumi.CustomResource {
  constructor(name, { code, ...args }, opts) {
    super(
      "pulumi-nodejs:dynamic/bench:Floor",
      name,
      {
        ...outputs,
        ...args,
        code: pulumi.secret(code),
        // 60 bytes.
        __provider: 'exports.handler=()=>require("./do-nothing-at-all-for-it.js")',
      },
      pulumi.mergeOptions(opts, { additionalSecretOutputs: ["code", "cardNumber"] }),
    );
  }
}

declareAll((name, args) => new Floor(name, args));
