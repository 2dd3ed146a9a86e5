const { globalSetup, ...rest } = require("./jest.config.js");

/** `npm run test:browser`: the HTML report in Chromium. No Pulumi CLI is needed. */
module.exports = {
  ...rest,
  testMatch: ["**/*.browser.test.ts"],
  testPathIgnorePatterns: ["/node_modules/"],
};
