import { takeOverWhole } from "./taken-over";

describe("pulumi-seam import", () => {
  it("takes over 300 credentials, 40 people, 6 groups, 20 grants and 3 spaces made by hand", async () => {
    await takeOverWhole({ people: 40, groups: 6, credentials: 300, grants: 20, spaces: 3 });
  });
});
