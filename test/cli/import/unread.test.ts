import { isImported } from "../../../cli/import/resource";
import {
  CREDENTIALS,
  call,
  emulator,
  judge,
  make,
  officeByHand,
  only,
  reader,
  refuse,
  resources,
  start,
  stop,
} from "./by-hand";

beforeEach(() => start());
afterEach(() => stop());

describe("an import of what cannot be read", () => {
  it("leaves out a credential that is deleted while it reads", async () => {
    const acs_user_id = emulator.ids.acsUsers["salto-ks/ada"];
    const ids = [await make({ acs_user_id }), await make({ acs_user_id })];
    emulator.faults.add({
      route: "/acs/credentials/list_accessible_entrances",
      call: 1,
      fault: "answer",
      status: 404,
      body: { error: { type: "acs_credential_not_found", message: "Credential not found" } },
    });
    const taken = await resources();
    expect(taken).toHaveLength(1);
    expect(ids).toContain(taken[0]?.id);
  });

  it("declares no space whose doors cannot be read", async () => {
    await call("/spaces/create", { name: "Ground floor" });
    refuse("/spaces/get_related");
    expect(await judge(only("spaces"))).toMatchObject([
      { isProblem: true, reason: "its doors could not be read" },
    ]);
    expect(reader.unread()).toHaveLength(1);
  });

  it("goes on without what cannot be read, and declares no credential whose doors are not known", async () => {
    const { acsUsers } = emulator.ids;
    const known = await make({ acs_user_id: acsUsers["brivo/ada"] });
    const unsure = await make({
      acs_user_id: acsUsers["latch/ben"],
      allowed_acs_entrance_ids: [emulator.ids.acsEntrances["latch/front-door"]],
    });
    const route = "/acs/credentials/list_accessible_entrances";
    refuse(route, 2);
    const judged = await judge(CREDENTIALS);
    expect(judged.filter(isImported).map(({ id }) => id)).toEqual([known]);
    expect(judged.filter((one) => !isImported(one))).toMatchObject([
      { id: unsure, isProblem: true, reason: expect.stringMatching(/doors could not be read/) },
    ]);
    expect(reader.unread()).toHaveLength(1);
  });

  it("declares no credential of a system whose doors cannot be listed", async () => {
    await make({ acs_user_id: emulator.ids.acsUsers["brivo/ada"] });
    refuse("/acs/entrances/list");
    expect(await judge(CREDENTIALS)).toMatchObject([
      { isProblem: true, reason: expect.stringContaining("doors could not be read") },
    ]);
  });

  it("declares no credential as its own when nobody can tell what the access grants have", async () => {
    await make({ acs_user_id: emulator.ids.acsUsers["brivo/ada"] });
    refuse("/access_grants/list");
    expect(await judge(CREDENTIALS)).toMatchObject([
      { isProblem: true, reason: expect.stringMatching(/access grants/) },
    ]);
    emulator.faults.clear();
    refuse("/access_grants/unmanaged/list");
    expect(await judge(CREDENTIALS)).toMatchObject([
      { isProblem: true, reason: expect.stringMatching(/access grants/) },
    ]);
  });

  it("takes nothing for what opens an entrance when that cannot be read", async () => {
    const { entrance } = await officeByHand();
    const route = "/acs/entrances/list_credentials_with_access";
    refuse(route);
    expect(await judge({ entrance, ...CREDENTIALS })).toEqual([]);
    expect(reader.unread()).toHaveLength(1);
  });
});
