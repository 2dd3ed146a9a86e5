/* global jest, expect */
const { testPath } = expect.getState();
const isLong = testPath.endsWith(".long.test.ts");
// A command of the Pulumi CLI takes seconds, on a loaded machine many.
const startsCommands = /[/\\]test[/\\](cli|engine|examples|testing-kit|upgrade)[/\\]/.test(testPath);
jest.setTimeout(isLong ? 600_000 : startsCommands ? 300_000 : 60_000);
