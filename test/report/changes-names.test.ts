import { changesMarkdown, changesOf, changesText, readPreview } from "../../report/changes";
import { FRONT, GARAGE, NOW, OFFICE, said, seam } from "./changes/at-doors";
import {
  ADA,
  created,
  credential,
  deleted,
  grant,
  IDENTITY,
  identity,
  preview,
  replaced,
  same,
  USER,
  urn,
  user,
} from "./changes/steps";

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

describe("a person", () => {
  it("tells apart whom a grant was for and whom it is for, where it tells of the person itself", async () => {
    const stay = (userIdentity: object, doors = [FRONT]) => ({
      shown: { userIdentityId: IDENTITY },
      urn: urn("AccessGrant", "stay"),
      id: "id of stay",
      inputs: { userIdentity, requestedAccessMethods: [{ mode: "code" }], acsEntranceIds: doors },
    });
    const [ada, bob] = [
      { fullName: "Ada Example", emailAddress: "ada@example.com" },
      { fullName: "Bob Example", emailAddress: "bob@example.com" },
    ];
    const [before, after] = [stay(ada), stay(bob)];
    const others = ["Ada Example loses Front door (PIN).", "Bob Example gains Front door by PIN."];
    expect(await said(preview([replaced(before, after, ["userIdentity"])]))).toEqual(others);
    const nameless = [ada, bob].map(({ fullName }) => stay({ fullName })) as [typeof before, typeof after];
    expect(await said(preview([replaced(...nameless, ["userIdentity"])]))).toEqual(others);
    const named = { ...before, inputs: { ...before.inputs, userIdentityId: IDENTITY } };
    const { userIdentity: _, ...inputs } = named.inputs;
    const byId = { ...named, inputs };
    expect(await said(preview([same(identity()), replaced(byId, after, ["userIdentity"])]))).toEqual(others);
    const renamed = stay({ ...ada, fullName: "Ada Else", emailAddress: "Ada@example.com" });
    const moved = stay(ada, [FRONT, OFFICE]);
    for (const one of [renamed, moved]) {
      const told = await said(preview([replaced(before, one, ["userIdentity"])]));
      expect(told.join()).toMatch(
        /^Ada E\w+ (gains Office by PIN, and )?keeps Front door with another PIN\.$/,
      );
    }
  });

  it("counts the users of one identity in several systems as one person", async () => {
    const identity = "4b6ec19d-ba68-46ca-80fd-55247684c2bb";
    const one = user({ userIdentityId: identity });
    const two = {
      ...user({ userIdentityId: identity }),
      urn: urn("AcsUser", "ada-2"),
      id: "9f6b8996-0000-4000-8000-000000000002",
    };
    const steps = [
      same(one),
      same(two),
      created(credential("a", { acsUserId: one.id, allowedAcsEntranceIds: [FRONT] })),
      created(credential("b", { acsUserId: two.id, allowedAcsEntranceIds: [OFFICE] })),
    ];
    expect(await said(preview(steps))).toEqual(["Ada Example gains Front door and Office by PIN."]);
  });
});

describe("a name", () => {
  it("of whoever wrote it does nothing in a comment or a terminal", async () => {
    const hostile = "<img src=x> **@team** [a](http://b.example) `c` | #7\u001b[31m\nnext";
    const steps = [
      same(user({ fullName: hostile })),
      created(credential("pin", { acsUserId: USER, allowedAcsEntranceIds: [FRONT] })),
    ];
    const report = await changesOf(readPreview(preview(steps)), {
      directory: { ...seam, nameOf: async () => "<b>|door" },
      now: NOW,
    });
    const markdown = changesMarkdown(report);
    expect(markdown).not.toMatch(/<(?!!-- -->)|(?<!\\)\]\(|(?<!\\)`|(?<!\\)\||@team|#7|https?:\/\//);
    expect(markdown.trim().split("\n")).toHaveLength(3);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what a terminal obeys.
    expect(changesText(report).replaceAll("\n", "")).not.toMatch(/[\u0000-\u001f]/);
  });
});
