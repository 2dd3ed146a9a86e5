const common = require("./jest.config.js");

/** `npm run test:long`: what takes minutes, such as installing from the registry, as users do. */
/** @type {import("jest").Config} */
module.exports = {
  ...common,
  testMatch: ["**/*.long.test.ts"],
  testPathIgnorePatterns: ["/node_modules/"],
};
