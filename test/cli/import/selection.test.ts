import { ALL_KINDS, kindsIn } from "../../../cli/import/kinds";
import { isImported } from "../../../cli/import/resource";
import type { Selection } from "../../../cli/import/selection";
import { emulator, judge, make, officeByHand, only, reader, resources, start, stop } from "./by-hand";

beforeEach(() => start());
afterEach(() => stop());

describe("an import of what is selected", () => {
  it("takes only what is selected, and helps with a name that is not there", async () => {
    const { acsUsers, acsEntrances } = emulator.ids;
    const doors = [acsEntrances["visionline/room-101"]];
    const room = {
      access_method: "card",
      acs_user_id: acsUsers["visionline/ada"],
      allowed_acs_entrance_ids: doors,
    };
    const ids = [await make({ acs_user_id: acsUsers["salto-ks/ada"] }), await make(room)];
    await make({ acs_user_id: acsUsers["salto-ks/ben"] });
    const taken = async (selection: Selection) => (await resources(selection)).map(({ id }) => id);
    expect(await taken({ system: "Visionline property" })).toEqual([ids[1]]);
    expect(await taken({ entrance: doors[0] as string })).toEqual([ids[1]]);
    expect(await taken({ system: "Salto ks property", user: "Ada Example" })).toEqual([ids[0]]);
    await expect(resources({ user: "Ada Example" })).rejects.toThrow("Give the id of one");
    await expect(resources({ system: "Visonline property" })).rejects.toThrow(
      'Did you mean "Visionline property"',
    );
  });

  it("finds a user by e-mail address in any case, and tells nobody else's address", async () => {
    const id = await make({ acs_user_id: emulator.ids.acsUsers["salto-ks/ada"] });
    const of = async (user: string) =>
      (await resources({ system: "Salto ks property", user })).map((one) => one.id);
    expect(await of("ADA@example.com")).toEqual([id]);
    emulator.edit.acsUser(emulator.ids.acsUsers["salto-ks/ada"], { email_address: undefined });
    expect(await of("ada@example.com")).toEqual([id]);
    await expect(of("adda@example.com")).rejects.toThrow(
      /there is none among the \d+ that Seam has\. [^@]*$/,
    );
  });

  it("takes of one entrance what opens it, and whose that is", async () => {
    const { entrance } = await officeByHand();
    const judged = await judge({ entrance });
    const kinds = judged.map((one) => (isImported(one) ? one.kind : `not ${one.kind}`));
    expect(kinds).toEqual([
      "identities",
      "users",
      "memberships",
      "spaces",
      "grants",
      "credentials",
      "not credentials",
    ]);
  });

  it("takes a request for each page and door, two for each group, and at most ten more, for any number of credentials", async () => {
    const { acsUsers, acsEntrances, acsAccessGroups, acsSystems } = emulator.ids;
    const users = Object.entries(acsUsers).filter(([key]) => key.startsWith("brivo/"));
    for (let number = 0; number < 40; number++)
      await make({ acs_user_id: users[number % users.length]?.[1], code: String(4_000 + number) });
    await resources({ system: acsSystems["brivo"], ...only(...ALL_KINDS) });
    const [doors, groups] = [acsEntrances, acsAccessGroups].map(
      (ids) => Object.keys(ids).filter((key) => key.startsWith("brivo/")).length,
    ) as [number, number];
    const pages = 10;
    expect(reader.requests()).toBeLessThanOrEqual(pages + doors + 2 * groups + 10);
  });

  it("knows no other kinds than these", () => {
    expect(() => kindsIn("users,doors")).toThrow(
      '--only: there is no kind "doors". Kinds are identities, users, memberships, spaces, grants, credentials.',
    );
    expect([...kindsIn("users, grants")]).toEqual(["users", "grants"]);
  });
});
