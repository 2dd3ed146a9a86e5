import * as pulumi from "@pulumi/pulumi";
import * as seam from "../../sdk";

const GUARD_TAKES_MS = 50;

/** Names of the resources in the order in which the engine is told of them. */
async function registered(isPreview: boolean, method: seam.AccessMethod): Promise<string[]> {
  const names: string[] = [];
  let isWhole = (): void => undefined;
  const whole = new Promise<void>((resolve) => {
    isWhole = resolve;
  });
  await pulumi.runtime.setMocks(
    {
      newResource: async ({ name, inputs }) => {
        // The engine may let a roster wait while others go on.
        if (name === "staff-roster") await new Promise((resolve) => setTimeout(resolve, GUARD_TAKES_MS));
        if (/roster|card|code/.test(name)) names.push(name);
        if (names.length === 3) isWhole();
        return { id: `${name}-id`, state: inputs };
      },
      call: ({ inputs }) => ({
        acsEntrances: inputs["displayNames"].map((name: string) => ({ acsEntranceId: `id of ${name}` })),
      }),
    },
    "doors",
    "dev",
    isPreview,
  );
  const people = ["ada", "bo"].map((key) => ({ key, name: key, method, doors: ["Lobby"] }));
  new seam.StaffAccess("staff", { acsSystemId: "7113de29-6130-4153-a6ea-1b7ca0fe3198", roster: { people } });
  await whole;
  return names;
}

describe("the guard of a roster", () => {
  it("comes after every card in a preview, so that it can tell about all of them", async () => {
    expect((await registered(true, "card")).at(-1)).toBe("staff-roster");
  });

  it("comes first in an update, and where nobody has a card, so that nothing is done before it", async () => {
    expect((await registered(false, "card"))[0]).toBe("staff-roster");
    expect((await registered(true, "code"))[0]).toBe("staff-roster");
  });
});
