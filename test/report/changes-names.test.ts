import { changesMarkdown, changesOf, readPreview } from "../../report/changes";
import { FRONT, GARAGE, NOW, OFFICE, said, seam } from "./changes/at-doors";
import { ADA, created, credential, deleted, grant, preview, same, USER, urn, user } from "./changes/steps";

describe("names that are there twice", () => {
  const named = { ...seam, nameOf: async () => "Entrance" };

  it("tell doors apart by their ids", async () => {
    const pin = credential("pin", { acsUserId: USER, allowedAcsEntranceIds: [FRONT, OFFICE] });
    expect(await said(preview([same(ADA), created(pin)]), named)).toEqual([
      `Ada Example gains Entrance (${FRONT}) and Entrance (${OFFICE}) by PIN.`,
    ]);
    const one = credential("pin", { acsUserId: USER, allowedAcsEntranceIds: [FRONT] });
    expect(await said(preview([same(ADA), created(one)]), named)).toEqual([
      "Ada Example gains Entrance by PIN.",
    ]);
  });

  it("tell people apart by their ids, and new ones by their resources", async () => {
    const other = { ...user(), urn: urn("AcsUser", "ada-2"), id: "9f6b8996-0000-4000-8000-000000000002" };
    const of = (name: string, acsUserId: string) =>
      credential(name, { acsUserId, allowedAcsEntranceIds: [FRONT] });
    const steps = [same(ADA), same(other), created(of("a", USER)), deleted(of("b", other.id))];
    expect(await said(preview(steps))).toEqual([
      `Ada Example (${other.id}) loses Front door (PIN).`,
      `Ada Example (${USER}) gains Front door by PIN.`,
    ]);
    const guest = (name: string, door: string) =>
      created({
        ...grant(name, {}),
        inputs: {
          userIdentity: { fullName: "Gus Guest" },
          requestedAccessMethods: [{ mode: "code" }],
          acsEntranceIds: [door],
        },
      });
    const guests = [guest("room-1", FRONT), guest("room-2", GARAGE)];
    expect(await said(preview(guests))).toEqual([
      "Gus Guest (room-1) gains Front door by PIN.",
      "Gus Guest (room-2) gains Garage by PIN.",
    ]);
    const report = await changesOf(readPreview(preview(guests)), { directory: seam, now: NOW });
    expect(changesMarkdown(report)).toContain("**Gus Guest (room-1)**");
  });
});
