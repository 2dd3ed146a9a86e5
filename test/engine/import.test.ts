import { takeOverWhole } from "./taken-over";

describe("pulumi-seam import", () => {
  it("takes over a workspace made by hand as a whole, after which `up` changes nothing", async () => {
    await takeOverWhole({ people: 8, groups: 3, credentials: 20, grants: 6, spaces: 2 });
  });
});
