import { readFileSync } from "node:fs";
import { join } from "node:path";
import { FAILED } from "../../provider/values/failed";
import { UNKNOWN } from "../../provider/values/unknown";
import {
  changesJson,
  changesMarkdown,
  changesOf,
  changesText,
  NO_DIRECTORY,
  needsALook,
  readPreview,
} from "../../report/changes";
import { changesIn, FRONT, GARAGE, NOW, OFFICE, STAFF, said, seam } from "./changes/at-doors";
import {
  ADA,
  created,
  credential,
  deleted,
  grant,
  IDENTITY,
  identity,
  membership,
  preview,
  replaced,
  same,
  space,
  state,
  USER,
  updated,
  urn,
  user,
} from "./changes/steps";

/** What `npm run previews:record` has written down. */
const recorded = (name: string) => readFileSync(join(__dirname, "changes", `${name}.json`), "utf8");

/** As Pulumi prints it without `--show-sames`. */
function withoutSames(preview: string): string {
  const { steps, ...rest } = JSON.parse(preview) as { steps: { op: string }[] };
  return JSON.stringify({ ...rest, steps: steps.filter(({ op }) => op !== "same") });
}

describe("what a recorded preview does", () => {
  const SENTENCES = [
    "Dan Example loses what the person's access groups in 7113de29-6130-4153-a6ea-1b7ca0fe3198 open (PIN), and gains what the person's access groups in 9f6b8996-5349-5273-829f-1116653d315c open by PIN.",
    "Eve Example is suspended and loses Front door (PIN).",
    "Ben Example has no access to Front door (PIN) for a moment, since the old access is deleted before the new one is made, and gains Office by PIN.",
    "Gus Example has no access to Front door for a moment, since the old access is deleted before the new one is made, and gains Garage.",
    "somebody who is not known yet gains doors that are not known yet by PIN: who, which doors and the end cannot be told before it is done.",
    "Ada Example-Jones gains Garage by PIN until 2035-02-01 00:00 UTC, and keeps Front door by PIN until 2035-02-01 00:00 UTC instead of 2035-01-01 00:00 UTC.",
    "Cay Example keeps Office with another PIN.",
  ];

  it.each(["with-sames", "replacements", "refreshed"])("is one sentence a person (%s)", async (name) => {
    expect(await said(recorded(name))).toEqual(SENTENCES);
  });

  it("is told with what is not there where the preview leaves out what stays", async () => {
    const lines = await said(withoutSames(recorded("with-sames")));
    expect(lines.at(-1)).toMatch(/^Not seen: \d+ resources that stay as they are.*--show-sames/);
    expect(lines).toContain(SENTENCES[5]);
  });

  it("is told by ids where nothing has names", async () => {
    expect((await said(recorded("with-sames"), NO_DIRECTORY)).join("\n")).toContain(
      `Cay Example keeps ${OFFICE} with another PIN.`,
    );
  });

  it("needs a look when somebody loses, is interrupted, or cannot be told, and only then", async () => {
    const report = await changesOf(readPreview(recorded("with-sames")), { now: NOW });
    expect(needsALook(report)).toBe(true);
    for (const change of ["loses", "interrupted", "unknown", "gains", "changes"]) {
      const only = { ...report, changes: report.changes.filter((one) => one.change === change) };
      expect(only.changes.length).toBeGreaterThan(0);
      expect(needsALook(only)).toBe(!["gains", "changes"].includes(change));
    }
  });

  it("never holds a PIN or another value that is not read, even if the preview shows secrets", async () => {
    const inClear = recorded("with-sames").replaceAll('"[secret]"', '"84921733"');
    expect(inClear).toContain("84921733");
    const report = await changesOf(readPreview(inClear), { directory: seam, now: NOW });
    for (const render of [changesText, changesMarkdown, changesJson]) {
      expect(render(report)).not.toContain("84921733");
    }
  });
});

describe("a change", () => {
  it("gains nothing that somebody has already by another resource, and loses nothing that another one opens", async () => {
    const front = credential("front", { acsUserId: USER, allowedAcsEntranceIds: [FRONT] });
    const member = membership("member", { acsUserId: USER, acsAccessGroupId: STAFF });
    const pin = credential("pin", { acsUserId: USER });
    expect(await changesIn([same(ADA), same(member), same(pin), created(front)])).toEqual([]);
    expect(await changesIn([same(ADA), same(member), same(pin), deleted(front)])).toEqual([]);
    expect(await changesIn([same(ADA), deleted(front)])).toMatchObject([
      { change: "loses", door: { name: "Front door" } },
    ]);
  });

  it("is compared with what a failed run before has left as it was", async () => {
    const pin = credential("pin", { acsUserId: USER, allowedAcsEntranceIds: [FRONT] });
    const membershipOf = (acsUserId: string) => membership("m", { acsAccessGroupId: STAFF, acsUserId });
    const left = { ...state(membershipOf(FAILED)), outputs: membershipOf(USER).inputs };
    const step = { ...updated(membershipOf(FAILED), membershipOf(USER), ["acsUserId"]), oldState: left };
    expect(await said(preview([same(ADA), same(pin), step]))).toEqual([]);
  });

  it("is bounded by the user's schedule, whatever a credential says", async () => {
    const pin = credential("pin", {
      acsUserId: USER,
      allowedAcsEntranceIds: [FRONT],
      endsAt: "2035-01-01T00:00:00Z",
    });
    const until = (endsAt: string) => user({ accessSchedule: { endsAt } });
    expect(
      await changesIn([
        updated(until("2031-01-01T00:00:00Z"), until("2032-01-01T00:00:00Z"), ["accessSchedule"]),
        same(pin),
      ]),
    ).toMatchObject([
      {
        change: "changes",
        changed: ["endsAt"],
        before: { endsAt: "2031-01-01T00:00:00.000Z" },
        after: { endsAt: "2032-01-01T00:00:00.000Z" },
      },
    ]);
  });

  it("is none where what goes is over", async () => {
    const over = credential("over", {
      acsUserId: USER,
      allowedAcsEntranceIds: [FRONT],
      endsAt: "2029-12-31T00:00:00Z",
    });
    expect(await changesIn([same(ADA), deleted(over)])).toEqual([]);
  });

  it("is none where a resource is taken over, or leaves the stack and stays in Seam", async () => {
    const pin = credential("pin", { acsUserId: USER, allowedAcsEntranceIds: [FRONT] });
    const taken = created({ ...pin, inputs: { ...pin.inputs, adopt: pin.id } });
    expect(await changesIn([same(ADA), taken])).toEqual([]);
    expect(
      await changesIn([
        same(ADA),
        { ...deleted(pin), oldState: { ...deleted(pin).oldState, retainOnDelete: true } },
      ]),
    ).toEqual([]);
  });

  it("keeps what a replacement leaves in Seam, unless its user goes there too", async () => {
    const old = credential("pin", { acsUserId: USER, allowedAcsEntranceIds: [FRONT] });
    const step = replaced(old, credential("pin", { acsUserId: USER, allowedAcsEntranceIds: [OFFICE] }), [
      "allowedAcsEntranceIds",
    ]);
    const left = { ...step, oldState: { ...step.oldState, retainOnDelete: true } };
    expect(await changesIn([same(ADA), left])).toMatchObject([{ change: "gains", door: { name: "Office" } }]);
    const withUser = [replaced(ADA, ADA, ["acsSystemId"]), left];
    expect(await changesIn(withUser)).toContainEqual(
      expect.objectContaining({ change: "loses", door: { name: "Front door", acsEntranceId: FRONT } }),
    );
  });

  it("makes no new PIN of a credential that is only shown as replaced because its user is changed in place", async () => {
    const old = credential("pin", { acsUserId: USER, allowedAcsEntranceIds: [FRONT] });
    const fresh = { ...old, inputs: { ...old.inputs, acsUserId: UNKNOWN } };
    const step = (replaceReasons: string[]) => ({
      ...replaced(old, fresh, replaceReasons),
      newState: { ...state(fresh), propertyDependencies: { acsUserId: [ADA.urn] } },
    });
    const renamed = updated(ADA, user({ fullName: "Ada Example-Jones" }), ["fullName"]);
    expect(await changesIn([renamed, step(["acsUserId"])])).toEqual([]);
    expect(await changesIn([renamed, step(["acsUserId", "startsAt"])])).toMatchObject([{ changed: ["key"] }]);
    expect(await changesIn([replaced(ADA, ADA, ["acsSystemId"]), step(["acsUserId"])])).toMatchObject([
      { changed: ["key"] },
    ]);
  });

  it("keeps a declared PIN in a replacement, and interrupts access where the old one goes first", async () => {
    const pin = { acsUserId: USER, allowedAcsEntranceIds: [FRONT], code: "[secret]" };
    const step = replaced(
      credential("pin", pin),
      credential("pin", { ...pin, startsAt: "2029-01-01T00:00:00Z" }),
      ["startsAt"],
    );
    expect(await changesIn([same(ADA), step])).toEqual([]);
    const first = { ...step, oldState: { ...step.oldState, delete: false } };
    expect(await changesIn([same(ADA), first])).toMatchObject([
      { change: "interrupted", door: { name: "Front door" } },
    ]);
    const other = credential("card", {
      acsUserId: USER,
      allowedAcsEntranceIds: [FRONT],
      accessMethod: "card",
    });
    expect(await changesIn([same(ADA), first, same(other)])).toEqual([]);
  });

  it("cannot be told where doors are not known yet, rather than that they are lost", async () => {
    const old = credential("pin", { acsUserId: USER, allowedAcsEntranceIds: [FRONT] });
    const step = replaced(old, { ...old, inputs: { ...old.inputs, allowedAcsEntranceIds: UNKNOWN } }, [
      "allowedAcsEntranceIds",
    ]);
    const changes = await changesIn([same(ADA), step]);
    expect(changes.map(({ change }) => change)).toEqual(["unknown", "unknown"]);
  });

  it("takes an empty list of doors for none, with which a key opens those of its user's access groups", async () => {
    const [empty, without] = [[], undefined].map((allowedAcsEntranceIds) =>
      credential("pin", { acsUserId: USER, ...(allowedAcsEntranceIds && { allowedAcsEntranceIds }) }),
    ) as [typeof ADA, typeof ADA];
    const lost = await changesIn([same(ADA), deleted(empty)]);
    expect(lost).toMatchObject([{ change: "loses", door: { acsSystemId: ADA.inputs["acsSystemId"] } }]);
    expect(await changesIn([same(ADA), deleted(without)])).toEqual(lost);
    expect(await changesIn([same(ADA), updated(empty, without, ["allowedAcsEntranceIds"])])).toEqual([]);
  });

  it("counts the guests' doors that a key of Vostio opens besides its own", async () => {
    const pin = (more: object) =>
      credential("pin", { acsUserId: USER, allowedAcsEntranceIds: [FRONT], ...more });
    const options = (more: object) => pin({ assaAbloyVostioMetadata: { autoJoin: true, ...more } });
    const [one, all] = [
      { overrideGuestAcsEntranceIds: [GARAGE] },
      { joinAllGuestAcsEntrances: true, overrideAllGuestAcsEntrances: false },
    ].map(options) as [ReturnType<typeof pin>, ReturnType<typeof pin>];
    const to = async (before: typeof one, after: typeof one) =>
      (await changesIn([same(ADA), replaced(before, after, ["assaAbloyVostioMetadata"])]))
        .filter(({ change }) => change === "gains" || change === "loses")
        .map(({ change, door }) => `${change} ${door.name}`);
    expect(await to(pin({}), one)).toEqual(["gains Garage"]);
    expect(await to(one, pin({}))).toEqual(["loses Garage"]);
    expect(await to(pin({}), all)).toEqual(["gains Vostio's guest doors"]);
    expect(await to(all, pin({}))).toEqual(["loses Vostio's guest doors"]);
    expect(await to(pin({}), options({}))).toEqual([]);
    const hidden = { ...one, inputs: { ...one.inputs, assaAbloyVostioMetadata: "[secret]" } };
    const told = await changesIn([same(ADA), replaced(pin({}), hidden, ["assaAbloyVostioMetadata"])]);
    expect(told.map(({ unknown }) => unknown)).toContainEqual(["door"]);
  });

  it("is none where what stays as it is is a secret", async () => {
    const secret = "[secret]";
    const pin = (more: object) =>
      credential("pin", { acsUserId: USER, allowedAcsEntranceIds: [FRONT], ...more });
    const pins = [{ allowedAcsEntranceIds: secret }, { endsAt: secret }, { acsUserId: secret }].map(pin);
    for (const one of pins) expect(await changesIn([same(ADA), same(one)])).toEqual([]);
    const renamed = updated(ADA, user({ fullName: "Ada Else" }), ["fullName"]);
    const [doors, ends] = pins as [typeof ADA, typeof ADA, typeof ADA];
    expect(await changesIn([renamed, same(doors)])).not.toEqual([]);
    const moved = updated(ends, ends, ["endsAt"]);
    expect((await changesIn([same(ADA), moved])).map(({ unknown }) => unknown)).toEqual([["endsAt"]]);
    // The doors of its spaces are the grant's.
    const [hidden, stay] = [
      { ...space([]), inputs: { name: "Area", acsEntranceIds: secret } },
      grant("stay", { spaceIds: [space([]).id] }),
    ];
    expect(await changesIn([same(identity()), same(hidden), same(stay)])).toEqual([]);
    const other = updated(hidden, hidden, ["acsEntranceIds"]);
    expect(await changesIn([same(identity()), other, same(stay)])).not.toEqual([]);
  });

  it("says which way in comes, goes, or takes another's place", async () => {
    const pin = credential("pin", { acsUserId: USER, allowedAcsEntranceIds: [FRONT] });
    const card = credential("card", {
      acsUserId: USER,
      allowedAcsEntranceIds: [FRONT],
      accessMethod: "card",
    });
    const sentence = async (steps: object[]) => said(preview(steps));
    const member = membership("member", { acsUserId: USER, acsAccessGroupId: STAFF });
    expect(await sentence([same(ADA), same(member), created(pin)])).toEqual([
      "Ada Example keeps Front door and Office, also by PIN.",
    ]);
    expect(await sentence([same(ADA), same(pin), created(card)])).toEqual([
      "Ada Example keeps Front door, also by card.",
    ]);
    expect(await sentence([same(ADA), same(pin), deleted(card)])).toEqual([
      "Ada Example keeps Front door, but not by card any more.",
    ]);
    expect(await sentence([same(ADA), deleted(pin), created(card)])).toEqual([
      "Ada Example has no access to Front door (PIN) until a new card is encoded; then by card instead of PIN.",
    ]);
  });

  it("interrupts who has a card alone and needs a new one, until it is encoded", async () => {
    const card = (doors: string[], isIssued: boolean) => ({
      ...credential("card", { acsUserId: USER, allowedAcsEntranceIds: doors, accessMethod: "card" }),
      shown: { isIssued },
    });
    const move = replaced(card([FRONT, OFFICE], true), card([FRONT, GARAGE], true), [
      "allowedAcsEntranceIds",
    ]);
    const pin = credential("pin", { acsUserId: USER, allowedAcsEntranceIds: [FRONT] });
    expect(await changesIn([same(ADA), move])).toMatchObject([
      { change: "interrupted", reason: "encoding", door: { name: "Front door" } },
      { change: "gains", door: { name: "Garage" } },
      { change: "loses", door: { name: "Office" } },
    ]);
    expect(await changesIn([same(ADA), same(pin), move])).toMatchObject([
      { change: "changes", door: { name: "Front door" } },
      { change: "gains" },
      { change: "loses" },
    ]);
    const blank = replaced(card([FRONT], false), card([FRONT, GARAGE], false), ["allowedAcsEntranceIds"]);
    expect(await changesIn([same(ADA), blank])).toMatchObject([
      { change: "changes", door: { name: "Front door" } },
      { change: "gains" },
    ]);
    const stay = (endsAt: string) => ({
      shown: { accessMethods: "[secret]" },
      urn: urn("AccessGrant", "stay"),
      id: "id of stay",
      inputs: {
        userIdentity: { fullName: "Gus Guest" },
        requestedAccessMethods: [{ mode: "card" }],
        acsEntranceIds: [FRONT],
        endsAt,
      },
    });
    const [before, after] = [stay("2035-06-23T11:00:00Z"), stay("2035-06-24T11:00:00Z")];
    expect(await said(preview([updated(before, after, ["endsAt"])]))).toEqual([
      "Gus Guest has no access to Front door (card) until a new card is encoded; then until 2035-06-24 11:00 UTC instead of 2035-06-23 11:00 UTC, with another card.",
    ]);
  });

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

describe("a member of an access group", () => {
  const member = membership("member", { acsUserId: USER, acsAccessGroupId: STAFF });
  const key = credential("key", { acsUserId: USER });

  it("loses its doors with the only credential that opens them", async () => {
    expect(await said(preview([same(ADA), same(member), deleted(key)]))).toEqual([
      "Ada Example loses Front door and Office (PIN).",
    ]);
    const card = credential("other", { acsUserId: USER, accessMethod: "card" });
    const other = { ...card, shown: { isIssued: true } };
    expect(await said(preview([same(ADA), same(member), same(other), deleted(key)]))).toEqual([
      "Ada Example keeps Front door and Office, but not by PIN any more.",
    ]);
    expect(await changesIn([same(ADA), created(member), deleted(key)])).toEqual([]);
  });
});

describe("what is in Seam before the change, too", () => {
  const inputs = { accessMethod: "code", acsUserId: USER, allowedAcsEntranceIds: [FRONT] };
  const pin = credential("pin", inputs);

  it("is gained by nobody where the program imports it", async () => {
    expect(await changesIn([same(ADA), { op: "import", urn: pin.urn, newState: state(pin) }])).toEqual([]);
    // The engine's preview tells neither an id nor what Seam has of it.
    for (const one of [pin, grant("stay", { acsEntranceIds: [FRONT] })]) {
      const imported = { op: "import", urn: one.urn, newState: { inputs: one.inputs } };
      expect(await changesIn([same(ADA), same(identity()), imported])).toEqual([]);
    }
  });

  it("is lost by nobody where the program has read it, and declares another in its place", async () => {
    const oldState = { id: "id of another", external: true, inputs: {}, outputs: inputs };
    const own = credential("pin", { ...inputs, allowedAcsEntranceIds: [FRONT, GARAGE] });
    const step = { op: "replace", urn: pin.urn, oldState, newState: { inputs: own.inputs } };
    expect(await changesIn([same(ADA), step])).toMatchObject([{ change: "gains", door: { name: "Garage" } }]);
  });

  it.each(["discard", "delete"])("is lost by nobody where it was only read, by %s", async (op) => {
    const oldState = { id: pin.id, external: true, inputs: {}, outputs: inputs };
    expect(await changesIn([same(ADA), { op, urn: pin.urn, oldState }])).toEqual([]);
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

describe("a preview that is none", () => {
  const failed = {
    steps: [],
    diagnostics: [{ severity: "error", urn: urn("AcsCredential", "pin"), message: "PIN 7719" }],
  };
  it.each([
    ["that is empty", "", /may have failed before it began/],
    ["of another kind", "Previewing update", /not what `pulumi preview --json` prints. It is not JSON/],
    ["of another shape", '{"steps":[{"op":7,"urn":"7719"}]}', /What is at steps.0.op is something else/],
    ["as a stream", '{"sequence":0}\n{"sequence":1}', /PULUMI_ENABLE_STREAMING_JSON_PREVIEW/],
    ["that failed", JSON.stringify(failed), /failed with 1 error \(at pin\)/],
  ])("%s is refused without its values", (_, text, expected) => {
    expect(() => readPreview(text)).toThrow(expected);
    expect(() => readPreview(text)).not.toThrow(/7719/);
  });
});
