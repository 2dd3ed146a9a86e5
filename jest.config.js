/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "node",
  roots: ["<rootDir>/test"],
  testMatch: ["**/*.test.ts"],
  // `npm run test:packages`.
  testPathIgnorePatterns: ["/node_modules/", "<rootDir>/test/packages/"],
  transform: { "\\.ts$": ["ts-jest", { tsconfig: "test/tsconfig.json", diagnostics: false }] },
  globalSetup: "<rootDir>/test/global-setup.js",
  reporters: ["default", "<rootDir>/test/summary-reporter.js"],
  // Engine tests wait for processes more than they compute.
  maxWorkers: "100%",
  // A command of the Pulumi CLI takes seconds, on a loaded machine many.
  testTimeout: 300_000,
  coverageProvider: "v8",
};
