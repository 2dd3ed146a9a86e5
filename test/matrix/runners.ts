import { completeTestFor, named } from "../testing-kit/guide";

/** A test runner of users', set up and run as docs/testing.md has it, with coverage on. */
export interface Runner {
  readonly name: string;
  /** Packages and their versions. */
  readonly packages: Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, string>>;
  readonly command: readonly [file: string, ...args: string[]];
}

export const RUNNERS: readonly Runner[] = [
  {
    name: "node:test",
    packages: {},
    files: Object.fromEntries([named("guests.test.mts")]),
    command: ["node", "--test", "--experimental-test-coverage", "guests.test.mts"],
  },
  {
    name: "jest",
    packages: {
      jest: "30.5.2",
      "ts-jest": "29.4.15",
      "@jest/globals": "30.5.2",
      typescript: "5.9.3",
      "@types/node": "22.15.0",
    },
    files: {
      ...Object.fromEntries(["jest.config.cjs", "tsconfig.json"].map(named)),
      "guests.test.ts": completeTestFor("@jest/globals"),
    },
    command: ["npx", "jest", "--coverage", "--config", "jest.config.cjs"],
  },
  {
    name: "vitest",
    packages: { vitest: "4.1.12", "@vitest/coverage-v8": "4.1.12" },
    files: {
      ...Object.fromEntries([named("vitest.config.mts")]),
      "guests.test.mts": completeTestFor("vitest"),
    },
    command: ["npx", "vitest", "run", "--coverage"],
  },
];
