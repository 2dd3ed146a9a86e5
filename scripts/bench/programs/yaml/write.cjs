// Writes the program in YAML into the working directory's Pulumi.yaml.
const { readFileSync, writeFileSync } = require("node:fs");
const { declareAll } = require("../workload.cjs");

const resources = {};
declareAll((name, properties) => {
  resources[name] = { type: "seam:AcsCredential", properties };
});
const project = JSON.parse(readFileSync("Pulumi.yaml", "utf8"));
writeFileSync("Pulumi.yaml", JSON.stringify({ ...project, resources }));
