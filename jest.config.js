/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "node",
  roots: ["<rootDir>/test"],
  testMatch: ["**/*.test.ts"],
  transform: { "\\.ts$": ["ts-jest", { tsconfig: "test/tsconfig.json", diagnostics: false }] },
  globalSetup: "<rootDir>/test/global-setup.js",
  coverageProvider: "v8",
};
