/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "node",
  roots: ["<rootDir>/test"],
  testMatch: ["**/*.test.ts"],
  // `npm run test:long` and `npm run test:browser`.
  testPathIgnorePatterns: ["/node_modules/", "\\.(long|browser)\\.test\\.ts$"],
  transform: { "\\.ts$": ["ts-jest", { tsconfig: "test/tsconfig.json", diagnostics: false }] },
  globalSetup: "<rootDir>/test/global-setup.js",
  reporters: ["default", "<rootDir>/test/summary-reporter.js"],
  // Many tests wait for processes and for time to pass more than they compute.
  maxWorkers: "150%",
  setupFilesAfterEnv: ["<rootDir>/test/timeouts.js"],
  coverageProvider: "v8",
};
