import { compareRandomWorkspace } from "./random/compare";

it.each([11, 12])("says of 2,000 keys what Seam's own client says of them (seed %i)", async (seed) => {
  await compareRandomWorkspace(seed, { users: 600, doors: 90, groups: 45, credentials: 2_000, grants: 60 });
});
