import type { Kind } from "../../../cli/import/kinds";
import { isImported } from "../../../cli/import/resource";
import { call, emulator, give, judge, only, reader, start, stop } from "./by-hand";

beforeEach(() => start());
afterEach(() => stop());

describe("what an import makes of access grants", () => {
  it("leaves to a grant what Seam made for it, and takes the user that was there before", async () => {
    const { acsEntrances, userIdentities } = emulator.ids;
    const acs_entrance_ids = [acsEntrances["brivo/front-door"]];
    await give({ acs_entrance_ids, user_identity_id: userIdentities["ada"] });
    await give({ acs_entrance_ids, user_identity: { full_name: "Gail Guest" } });
    const judged = await judge({ system: "Brivo property", ...only("users", "grants", "credentials") });
    const left = judged.filter((one) => !isImported(one));
    expect(left.map(({ kind }) => kind).sort()).toEqual(["credentials", "credentials", "users"]);
    for (const one of left)
      expect(one).toMatchObject({ isProblem: false, reason: expect.stringMatching(/access grant/) });
    const titles = (kind: Kind) =>
      judged
        .filter(isImported)
        .filter((one) => one.kind === kind)
        .map(({ title }) => title);
    expect(titles("grants")).toEqual(["Ada Example", "Gail Guest"]);
    expect(titles("users")).toContain("Ada Example");
    expect(titles("users")).not.toContain("Gail Guest");
  });

  it("tells which doors each of several grants has, without those of their spaces, at a few requests", async () => {
    const { acsEntrances, userIdentities } = emulator.ids;
    const doors = [acsEntrances["brivo/front-door"], acsEntrances["brivo/warehouse"]];
    const { space } = await call("/spaces/create", { name: "Ground floor", acs_entrance_ids: [doors[0]] });
    const { space_id } = space;
    const people = ["ada", "ben", "cleo", "dan", "eve", "finn"] as const;
    for (const [at, person] of people.entries()) {
      await give({
        user_identity_id: userIdentities[person],
        ...(at === 0 ? { space_ids: [space_id], acs_entrance_ids: [doors[1]] } : {}),
        ...(at > 0 && { acs_entrance_ids: at % 2 ? [doors[0]] : doors }),
      });
    }
    const judged = await judge(only("grants"));
    const inputs = judged.filter(isImported).map((one) => one.inputs);
    const of = (at: number) =>
      inputs.find(({ userIdentityId }) => userIdentityId === userIdentities[people[at] ?? "ada"]);
    expect(of(0)).toMatchObject({ spaceIds: [space_id], acsEntranceIds: [doors[1]] });
    expect(of(1)?.["acsEntranceIds"]).toEqual([doors[0]]);
    expect(of(2)?.["acsEntranceIds"]).toEqual([...doors].sort());
    // Lists, one answer about all grants, one list of grants for each door.
    expect(reader.requests()).toBe(7 + 1 + doors.length);
  });

  it("takes a membership for a grant's only where that grant uses the group, and not another one read with it", async () => {
    const { acsEntrances, acsAccessGroups, acsUsers, userIdentities } = emulator.ids;
    const group = acsAccessGroups["brivo/staff"];
    const ids: string[] = [];
    for (const person of ["ada", "ben"] as const) {
      emulator.edit.addToAccessGroup(group, acsUsers[`brivo/${person}`]);
      const id = await give({
        user_identity_id: userIdentities[person],
        acs_entrance_ids: [acsEntrances["brivo/front-door"]],
      });
      ids.push(id);
    }
    const route = "/access_grants/get_related";
    const withGroup = async (...access_grant_ids: string[]) => {
      const { batch } = await call(route, { access_grant_ids });
      return { batch: { ...batch, acs_access_groups: [{ acs_access_group_id: group }] }, ok: true };
    };
    // Together they have the group; of the two, the one that is asked about first alone has it.
    const answers = [await withGroup(...ids), await withGroup(...ids.slice(0, 1))];
    for (const [at, body] of answers.entries())
      emulator.faults.add({ route, call: at + 1, fault: "answer", status: 200, body });
    const judged = await judge({ system: "Brivo property", ...only("memberships") });
    const taken = judged.filter(isImported).map(({ id }) => id);
    expect(judged).toHaveLength(2);
    expect(taken).toEqual([`${group}/${acsUsers["brivo/ben"]}`]);
  });

  it("takes the user of somebody with a grant who has nothing through it: nobody knows that it is the grant's", async () => {
    const { acsSystems, acsEntrances, userIdentities } = emulator.ids;
    await give({
      user_identity_id: userIdentities["ada"],
      acs_entrance_ids: [acsEntrances["brivo/front-door"]],
    });
    const { acs_user } = await call("/acs/users/create", {
      acs_system_id: acsSystems["latch"],
      full_name: "Ada Later",
      user_identity_id: userIdentities["ada"],
    });
    const { acs_user_id } = acs_user;
    const judged = await judge(only("users"));
    expect(judged.find(({ id }) => id === acs_user_id)).toMatchObject({ kind: "users", title: "Ada Later" });
  });
});
