const seam = require("pulumi-seam");
const { declareAll } = require("../workload.cjs");

declareAll((name, args) => new seam.AcsCredential(name, args));
