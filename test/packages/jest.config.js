const common = require("../../jest.config.js");

/** `npm run test:packages`: installs from the registry, as users do, which takes minutes. */
/** @type {import("jest").Config} */
module.exports = {
  ...common,
  rootDir: "../..",
  roots: ["<rootDir>/test/packages"],
  testPathIgnorePatterns: ["/node_modules/"],
  maxWorkers: 1,
  testTimeout: 600_000,
};
