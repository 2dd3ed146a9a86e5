import { readAndJudge } from "../../../cli/import/judge";
import { isImported } from "../../../cli/import/resource";
import type { Selection } from "../../../cli/import/selection";
import { idsHeldBy } from "../../../cli/stack-state";
import { createClient } from "../../../provider/http/client";
import { readerOf } from "../../../report/reading/reader";
import { type Seed, startEmulator } from "../../../sdk/testing/index";
import { CREDENTIALS, call, emulator, judge, only, start, stop } from "./by-hand";

/** A person and a grant that Seam knows of and does not manage. */
const UNMANAGED: Seed = {
  workspaces: [
    {
      key: "main",
      user_identities: [{ key: "zoe", full_name: "Zoe Example", is_managed: false }],
      acs_systems: [{ key: "tower", kind: "brivo", entrances: [{ key: "front-door" }] }],
      access_grants: [
        { key: "found", user_identity: "zoe", entrances: ["tower/front-door"], is_managed: false },
      ],
    },
  ],
};

beforeEach(() => start());
afterEach(() => stop());

describe("what an import leaves to others", () => {
  it("takes nothing that a stack has, be it the membership that a user's resource declares", async () => {
    const { acsUsers, acsAccessGroups } = emulator.ids;
    const [user, group] = [acsUsers["brivo/ada"], acsAccessGroups["brivo/staff"]];
    emulator.edit.addToAccessGroup(group, user);
    emulator.edit.addToAccessGroup(group, acsUsers["brivo/ben"]);
    const resource = { urn: "urn", type: "AcsUser", id: user, inputs: { acsAccessGroupIds: [group] } };
    const owned = new Map(idsHeldBy([resource]).map((id) => [id, "another stack"]));
    const selection = { system: "Brivo property", ...only("users", "memberships") };
    const judged = await judge(selection, { owned });
    const left = judged.filter((one) => !isImported(one));
    expect(left).toMatchObject([
      { kind: "users", id: user, reason: "another stack has it already" },
      { kind: "memberships", id: `${group}/${user}`, reason: "another stack has it already" },
    ]);
    expect(judged.filter(isImported).map(({ id }) => id)).toContain(`${group}/${acsUsers["brivo/ben"]}`);
  });

  it("takes nobody whom a stack has by the id from before a merge", async () => {
    const { ada, ben } = emulator.ids.userIdentities;
    await call("/user_identities/merge", { user_identity_id: ben, merged_user_identity_ids: [ada] });
    const [user, group] = [emulator.ids.acsUsers["brivo/ben"], emulator.ids.acsAccessGroups["brivo/staff"]];
    emulator.edit.addToAccessGroup(group, user);
    const owned = new Map([ada, `${group}/${ada}`].map((id) => [id, "another stack"]));
    for (const selection of [only("identities", "memberships"), only("memberships")]) {
      const left = (await judge(selection, { owned })).filter((one) => !isImported(one));
      const ids = left.map(({ id }) => id);
      expect(ids).toEqual(
        selection.kinds?.has("identities") ? [ben, `${group}/${user}`] : [`${group}/${user}`],
      );
    }
  });

  it("takes no card that goes on beside the credential in its place", () => {
    const outputs = { __formerCards: [{ acsCredentialId: "former" }] };
    expect(idsHeldBy([{ urn: "urn", type: "AcsCredential", id: "present", outputs }])).toEqual([
      "present",
      "former",
    ]);
  });

  it("lists what Seam does not manage, and takes it when it is told to manage it", async () => {
    const other = await startEmulator({ seed: UNMANAGED });
    const client = createClient({ endpoint: other.url, token: other.apiKey });
    const read = async (manages: boolean, selection: Selection = {}) => {
      const plan = { selection, owned: new Map(), manages, now: new Date() };
      return (await readAndJudge(client, readerOf(client), plan)).judged;
    };
    const listed = await read(false);
    expect(listed.some(isImported)).toBe(false);
    expect(listed.map((one) => `${one.kind} ${"reason" in one && one.reason}`)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^identities .*--manage/),
        expect.stringMatching(/^grants .*--manage/),
        expect.stringMatching(/^users .*--manage/),
        expect.stringMatching(/^credentials .*--manage/),
      ]),
    );
    // What is only read to know whose a credential is stays as it is.
    expect(await read(true, CREDENTIALS)).toMatchObject([
      { kind: "credentials", isProblem: true, reason: expect.stringContaining("--manage") },
    ]);
    expect(other.requests.count("/access_grants/unmanaged/update")).toBe(0);
    const taken = (await read(true)).filter(isImported);
    expect(taken.map(({ kind }) => kind)).toEqual(["identities", "grants"]);
    await client.close();
    await other.close();
  });
});
