import { compareRandomWorkspace } from "./random/compare";

describe("a report of a random workspace", () => {
  it.each([1, 2, 3])(
    "says of each key and door what Seam's own client says of it, and whose it is (seed %i)",
    async (seed) => {
      await compareRandomWorkspace(seed, { users: 60, doors: 24, groups: 12, credentials: 120, grants: 12 });
    },
  );
});
