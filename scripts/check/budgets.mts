// How large the package may be, in kB: a little above what it is, since what makes it grow should be meant.
const BUDGETS = {
  /** What is downloaded. */
  tarball: 580,
  /** The package itself, on the disk. */
  unpacked: 2_100,
  /** What `npm install` puts beside it, without the peers that a Pulumi program has already. */
  dependencies: 26_000,
};

/** A sentence where something is larger than it may be. */
export function overBudget(what: keyof typeof BUDGETS, bytes: number): string[] {
  const kilobytes = Math.ceil(bytes / 1000);
  if (kilobytes <= BUDGETS[what]) return [];
  return [
    `Size of ${what}: ${kilobytes} kB, and the budget is ${BUDGETS[what]} kB. Take away what should not be there, or raise the budget in scripts/check/budgets.mts.`,
  ];
}
