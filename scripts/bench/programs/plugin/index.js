// The provider plugin, from Node: what classes that are made from its schema do.
const pulumi = require("@pulumi/pulumi");
const { declareAll, outputs } = require("../workload.cjs");

class AcsCredential extends pulumi.CustomResource {
  constructor(name, { code, ...args }, opts) {
    super(
      "seam:index:AcsCredential",
      name,
      { ...outputs, ...args, code: pulumi.secret(code) },
      pulumi.mergeOptions(opts, { additionalSecretOutputs: ["code", "cardNumber"] }),
    );
  }
}

declareAll((name, args) => new AcsCredential(name, args));
