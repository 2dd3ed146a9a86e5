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
  // Engine tests wait for processes more than they compute.
  maxWorkers: "100%",
  setupFilesAfterEnv: ["<rootDir>/test/timeouts.js"],
  coverageProvider: "v8",
};
