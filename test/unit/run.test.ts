import { Run } from "../../provider/lifecycle/run";

const CREDENTIAL = "73a0a199-024f-454d-a916-9bbda8502c12";
const inputs = { accessMethod: "card", acsUserId: "53f39f90-5113-4bdd-8432-acf328ce508c", adopt: CREDENTIAL };

describe("an object that a line of the program adopts", () => {
  it("is held by a resource that is about to take it over", () => {
    const run = new Run();
    run.checked("an AcsCredential", inputs, false);
    expect(run.isHeldElsewhere(CREDENTIAL)).toBe(true);
  });

  it("is nobody's once its resource was replaced, so that a delete that failed then is made up for", () => {
    const run = new Run();
    run.checked("an AcsCredential", inputs, true);
    run.compared("AcsCredential other", "other", inputs, inputs, false);
    expect(run.isHeldElsewhere(CREDENTIAL)).toBe(false);
    expect(run.isHeldElsewhere("other")).toBe(true);
  });
});
