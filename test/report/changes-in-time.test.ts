import { changesOf, needsALook, readPreview } from "../../report/changes";
import { changesIn, FRONT, NOW, said, seam } from "./changes/at-doors";
import {
  ADA,
  created,
  credential,
  deleted,
  grant,
  identity,
  preview,
  replaced,
  same,
  USER,
  updated,
  user,
} from "./changes/steps";

const pin = (times: object = {}, name = "pin") =>
  credential(name, { acsUserId: USER, allowedAcsEntranceIds: [FRONT], ...times });
const LATER = { startsAt: "2030-06-01T00:00:00Z" };

describe("access that begins later than it did", () => {
  it("is interrupted until then, whatever the begin is declared at", async () => {
    const moved = {
      change: "interrupted",
      reason: "begin",
      without: [{ endsAt: "2030-06-01T00:00:00.000Z" }],
    };
    const { code, ...declared } = { ...pin().inputs, code: "[secret]" };
    expect(code).toBe("[secret]");
    const cases = [
      [same(ADA), replaced(pin(), pin(LATER), ["startsAt"])],
      [
        updated(ADA, user({ accessSchedule: LATER }), ["accessSchedule"]),
        same({ ...pin(), inputs: declared }),
      ],
      [
        same(identity()),
        updated(
          grant("stay", { acsEntranceIds: [FRONT] }),
          grant("stay", { acsEntranceIds: [FRONT], ...LATER }),
          ["startsAt"],
        ),
      ],
    ];
    for (const steps of cases) {
      expect(await changesIn(steps)).toMatchObject([moved]);
      expect(needsALook(await changesOf(readPreview(preview(steps)), { directory: seam, now: NOW }))).toBe(
        true,
      );
    }
    expect(await said(preview(cases[0] ?? []))).toEqual([
      "Ada Example has no access to Front door (PIN) until 2030-06-01 00:00 UTC; then with another PIN.",
    ]);
  });

  it("is interrupted in between, where one way in ends before another begins", async () => {
    const [first, second] = [
      pin({ endsAt: "2030-03-01T00:00:00Z" }, "first"),
      pin({ startsAt: "2030-04-01T00:00:00Z" }, "second"),
    ];
    expect(await said(preview([same(ADA), deleted(pin()), created(first), created(second)]))).toEqual([
      expect.stringMatching(
        /^Ada Example has no access to Front door \(PIN\) from 2030-03-01 00:00 UTC until 2030-04-01 00:00 UTC/,
      ),
    ]);
  });

  it("is not interrupted where another way in is open, where it only ends sooner, or begins sooner", async () => {
    const card = pin({ accessMethod: "card" }, "card");
    const told = async (steps: object[]) => (await changesIn(steps)).map(({ change }) => change);
    expect(
      await told([
        same(ADA),
        same({ ...card, shown: { isIssued: true } }),
        replaced(pin(), pin(LATER), ["startsAt"]),
      ]),
    ).toEqual(["changes"]);
    expect(
      await told([same(ADA), updated(pin(), pin({ endsAt: "2030-06-01T00:00:00Z" }), ["endsAt"])]),
    ).toEqual(["changes"]);
    expect(await told([same(ADA), updated(pin(LATER), pin(), ["startsAt"])])).toEqual(["changes"]);
  });
});
