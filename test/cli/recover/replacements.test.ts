import { undecided } from "../../../cli/recover/findings";
import type { StateResource } from "../../../cli/stack-state";
import {
  applied,
  call,
  creating,
  emulator,
  judged,
  live,
  make,
  saved,
  stackWith,
  start,
  stop,
  TEXT,
} from "./interrupted";

beforeEach(() => start());
afterEach(() => stop());

describe("recover, after an interrupted replacement", () => {
  it("tells an orphan, which a later run made again, from a replacement that was interrupted", async () => {
    const first = await make({});
    const second = await make({ ends_at: "2031-01-01T00:00:00.000Z" });
    const orphaned = stackWith([await live("pin", second)], [creating("pin", {})]);
    expect(await judged(orphaned)).toMatchObject([{ verdict: "orphan", id: first }]);
    expect(undecided(await judged(orphaned), { orphans: undefined, clearOthers: false })).toHaveLength(1);

    const replacing = creating("pin", { endsAt: "2031-01-01T00:00:00.000Z" });
    const state = stackWith([await live("pin", first)], [replacing]);
    const findings = await judged(state);
    expect(findings).toMatchObject([{ verdict: "replace", id: second }]);
    const { resources } = (await applied(state, findings)).deployment;
    expect(resources?.slice(-2)).toMatchObject([{ id: second }, { id: first, delete: true }]);
    expect(resources?.at(-2)?.delete).toBeUndefined();
  });

  it("hands the encoded card of an interrupted replacement on, and takes none that goes on for an orphan", async () => {
    const doors = ["visionline/room-101", "visionline/room-102"] as const;
    const [room, other] = doors.map((key) => emulator.ids.acsEntrances[key]);
    const acsUserId = emulator.ids.acsUsers["visionline/ada"];
    const card = (allowed: (string | undefined)[]) =>
      make({ access_method: "card", acs_user_id: acsUserId, allowed_acs_entrance_ids: allowed });
    const declared = { accessMethod: "card", acsUserId, allowedAcsEntranceIds: [room] };
    const first = await card([room]);
    emulator.edit.encodeCard(first, "number");
    const pending = creating("pin", { ...declared, allowedAcsEntranceIds: [room, other] });
    const second = await card([room, other]);
    const old = await live("pin", first, declared);
    const state = stackWith(
      [{ ...old, outputs: { ...old.outputs, acsCredentialId: first, isIssued: true } }],
      [pending],
    );
    const findings = await judged(state);
    expect(findings).toMatchObject([{ verdict: "replace", id: second }]);
    const after = await applied(state, findings);
    const made = after.deployment.resources?.find(({ id }) => id === second);
    expect(made?.outputs).toMatchObject({ __formerCards: [{ acsCredentialId: first }] });

    const next = stackWith([made as StateResource], [creating("pin", declared)]);
    expect(await judged(next)).toMatchObject([{ verdict: "clear" }]);
  });

  it("puts what a replacement that deletes first has made where the deleted one was", async () => {
    const id = await make({});
    const deleted = { ...saved("pin", "gone", {}), pendingReplacement: true };
    const state = stackWith([deleted], [creating("pin", {})]);
    const { resources } = (await applied(state, await judged(state))).deployment;
    expect(resources?.filter(({ urn }) => urn.endsWith("::pin"))).toMatchObject([{ id }]);
    expect(resources?.at(-1)?.pendingReplacement).toBeUndefined();
  });

  it("settles a membership whose group was being changed, without asking, and notes its workspace", async () => {
    const { ids } = emulator;
    const [staff, residents] = [
      ids.acsAccessGroups["salto-ks/staff"],
      ids.acsAccessGroups["salto-ks/residents"],
    ];
    const acsUserId = ids.acsUsers["salto-ks/ada"];
    for (const acs_access_group_id of [staff, residents]) {
      await call("/acs/access_groups/add_user", { acs_access_group_id, acs_user_id: acsUserId });
    }
    const type = "pulumi-nodejs:dynamic/seam:AcsAccessGroupMembership";
    const membership = (acsAccessGroupId: string): StateResource => ({
      urn: `urn:pulumi:dev::hotel::${type}::membership`,
      type,
      provider: creating("pin", {}).resource.provider ?? "",
      inputs: { acsAccessGroupId, acsUserId, __provider: TEXT },
    });
    const old = {
      ...membership(staff),
      id: `${staff}/${acsUserId}`,
      outputs: { acsAccessGroupId: staff, acsUserId },
    };
    const state = stackWith([old], [{ type: "creating", resource: membership(residents) }]);
    const findings = await judged(state);
    expect(findings).toMatchObject([{ verdict: "replace", id: `${residents}/${acsUserId}` }]);
    const { resources } = (await applied(state, findings)).deployment;
    expect(resources?.slice(-2)).toMatchObject([
      // Without it, a run with the key of another workspace would not be told from one with the stack's own.
      { id: `${residents}/${acsUserId}`, outputs: { workspaceId: emulator.workspaceId } },
      { id: `${staff}/${acsUserId}`, delete: true },
    ]);
  });
});
