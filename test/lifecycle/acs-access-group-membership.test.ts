import { type DefaultKeys, type Emulator, startEmulator } from "../../emulator";
import { createClient, type SeamClient } from "../../provider/http/client";
import { Run } from "../../provider/lifecycle/run";
import { acsAccessGroupMembership as membership } from "../../provider/resources/acs-access-group-membership";

describe("a membership", () => {
  let emulator: Emulator<DefaultKeys>;
  let seam: SeamClient;
  let inputs: { acsAccessGroupId: string; acsUserId: string };

  beforeEach(async () => {
    emulator = await startEmulator();
    seam = createClient({ endpoint: emulator.url, token: emulator.apiKey }, { maxTries: 1 });
    inputs = {
      acsAccessGroupId: emulator.ids.acsAccessGroups["salto-ks/staff"],
      acsUserId: emulator.ids.acsUsers["salto-ks/ada"],
    };
  });
  afterEach(async () => {
    await seam.close();
    await emulator.close();
  });

  const create = () => membership.create(seam, inputs, new Run());
  const remove = (id: string, outputs: Record<string, unknown>) =>
    membership.remove(seam, id, outputs, { run: new Run(), awaitGone: false });
  const members = async () => {
    const body = { acs_access_group_id: inputs.acsAccessGroupId };
    const path = "/acs/access_groups/list_users";
    const { json } = await seam.call({ path, body, effect: "read", action: "look" });
    return (json["acs_users"] as { acs_user_id: string }[]).map(({ acs_user_id }) => acs_user_id);
  };
  /** What a list of Seam's shows while it has not caught up. */
  const answer = (route: string, key: string, objects: object[]) =>
    emulator.faults.add({ fault: "answer", status: 200, body: { [key]: objects, ok: true }, route });
  const refuse = (route: string) =>
    emulator.faults.add({
      fault: "answer",
      status: 400,
      body: { error: { type: "invalid_input", message: "Refused" }, ok: false },
      route,
    });

  it("is added although a list still shows the one that was taken away before", async () => {
    answer("/acs/access_groups/list", "acs_access_groups", [
      { acs_access_group_id: inputs.acsAccessGroupId },
    ]);
    await create();
    expect(await members()).toEqual([inputs.acsUserId]);
  });

  it("is there when Seam refuses to add who is a member already", async () => {
    await create();
    refuse("/acs/access_groups/add_user");
    const { id } = await create();
    expect(id).toBe(`${inputs.acsAccessGroupId}/${inputs.acsUserId}`);
  });

  it("is not gone because Seam refuses to take it away", async () => {
    const { id, outputs } = await create();
    refuse("/acs/access_groups/remove_user");
    await expect(remove(id, outputs)).rejects.toThrow(/Refused/);
    // Nor because one of the two lists does not show it (any more, or yet).
    answer("/acs/access_groups/list", "acs_access_groups", []);
    await expect(remove(id, outputs)).rejects.toThrow(/Refused/);
    expect(await membership.read(seam, id, outputs, new Run())).toBeDefined();
  });

  it("is gone when it is refused and both lists say so", async () => {
    const { id, outputs } = await create();
    await remove(id, outputs);
    refuse("/acs/access_groups/remove_user");
    await remove(id, outputs);
    expect(await membership.read(seam, id, outputs, new Run())).toBeUndefined();
  });

  it("keeps the shape of a state of an older release, which does not name its workspace", async () => {
    const { id } = await create();
    expect(await membership.read(seam, id, inputs, new Run())).toEqual({ outputs: inputs, inputs });
  });
});
