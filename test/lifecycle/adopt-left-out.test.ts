import { type DefaultKeys, type Emulator, startEmulator } from "../../emulator";
import { createClient, type SeamClient } from "../../provider/http/client";
import type { ResourceLifecycle } from "../../provider/lifecycle/lifecycle";
import { Run } from "../../provider/lifecycle/run";
import { accessGrant } from "../../provider/resources/access-grant";
import { acsCredential } from "../../provider/resources/acs-credential";
import { acsUser } from "../../provider/resources/acs-user";

type Properties = Record<string, unknown>;

const PAST = "2020-01-01T00:00:00.000Z";
const BEGIN = "2030-01-01T00:00:00.000Z";
const END = "2031-01-01T00:00:00.000Z";

describe("what a program leaves out when it adopts", () => {
  let emulator: Emulator<DefaultKeys>;
  let seam: SeamClient;

  beforeEach(async () => {
    emulator = await startEmulator();
    seam = createClient({ endpoint: emulator.url, token: emulator.apiKey }, { maxTries: 1 });
  });
  afterEach(async () => {
    await seam.close();
    await emulator.close();
  });

  /** What comes of adopting what is like `there` by a program that declares `declared`. */
  const adopted = async (lifecycle: ResourceLifecycle, there: Properties, declared: Properties) => {
    const { id } = await lifecycle.create(seam, there, new Run());
    const created = emulator.requests.count();
    const result = await lifecycle.create(seam, { ...declared, adopt: id }, new Run()).then(
      ({ outputs }) => (lifecycle.diff(outputs, declared).changed ? "changes" : "is taken over"),
      (error: Error) => error.message.split("\n  ").slice(1),
    );
    const sent = emulator.requests.all().slice(created);
    expect(sent.filter(({ path }) => !/\/(get|get_related|list|list_\w+)$/.test(path))).toEqual([]);
    return result;
  };
  const grant = (): Properties => ({
    userIdentityId: emulator.ids.userIdentities.ada,
    requestedAccessMethods: [{ mode: "code" }],
    acsEntranceIds: [emulator.ids.acsEntrances["salto-ks/front-door"]],
  });
  const credential = (): Properties => ({
    accessMethod: "card",
    acsUserId: emulator.ids.acsUsers["brivo/ada"],
  });
  const user = (accessSchedule?: Properties): Properties => ({
    acsSystemId: emulator.ids.acsSystems["salto-ks"],
    fullName: "Gus Example",
    ...(accessSchedule && { accessSchedule }),
  });

  it("is an end: what ends in Seam is refused", async () => {
    expect(await adopted(accessGrant, { ...grant(), endsAt: END }, grant())).toEqual([
      `endsAt: Seam holds "${END}" instead of none.`,
    ]);
    expect(await adopted(acsCredential, { ...credential(), endsAt: END }, credential())).toEqual([
      `endsAt: Seam holds "${END}" instead of none.`,
    ]);
    const ending = user({ startsAt: PAST, endsAt: END });
    expect(await adopted(acsUser, ending, user())).toEqual([
      `accessSchedule: Seam holds {"endsAt":"${END}"} instead of none.`,
    ]);
    expect(await adopted(acsUser, ending, user({ startsAt: PAST }))).toEqual([
      `accessSchedule: Seam holds {"startsAt":"${PAST}","endsAt":"${END}"} instead of {"startsAt":"${PAST}"}.`,
    ]);
  });

  it("is no end that the program gives: what has none in Seam is refused", async () => {
    const times = { startsAt: BEGIN, endsAt: END };
    expect(await adopted(acsUser, user({ startsAt: BEGIN }), user(times))).toEqual([
      `accessSchedule: Seam holds {"startsAt":"${BEGIN}"} instead of {"startsAt":"${BEGIN}","endsAt":"${END}"}.`,
    ]);
  });

  it("is a begin: what has begun is taken over, and what is still to begin is refused", async () => {
    expect(await adopted(acsCredential, { ...credential(), startsAt: PAST }, credential())).toBe(
      "is taken over",
    );
    expect(await adopted(acsCredential, { ...credential(), startsAt: BEGIN }, credential())).toEqual([
      `startsAt: Seam holds "${BEGIN}" instead of none.`,
    ]);
    expect(await adopted(acsUser, user({ startsAt: PAST }), user())).toBe("is taken over");
    const later = user({ startsAt: BEGIN, endsAt: END });
    expect(await adopted(acsUser, later, user({ endsAt: END }))).toEqual([
      `accessSchedule: Seam holds {"startsAt":"${BEGIN}","endsAt":"${END}"} instead of {"endsAt":"${END}"}.`,
    ]);
  });

  it("are doors: a credential with doors of its own is refused, and one with those of its user's groups is not", async () => {
    const { acsEntrances, acsAccessGroups, acsUsers } = emulator.ids;
    const own = [acsEntrances["brivo/front-door"]];
    expect(
      await adopted(acsCredential, { ...credential(), allowedAcsEntranceIds: own }, credential()),
    ).toEqual([`allowedAcsEntranceIds: Seam holds ${JSON.stringify(own)} instead of none.`]);
    emulator.edit.addToAccessGroup(acsAccessGroups["brivo/staff"], acsUsers["brivo/ada"]);
    expect(await adopted(acsCredential, credential(), credential())).toBe("is taken over");
  });

  it("are keys of a grant, which Seam cannot take off it: the next run would make it anew", async () => {
    const keys = { accessGrantKey: "1017", reservationKey: "1017/a" };
    const there = {
      ...grant(),
      ...keys,
      acsEntranceIds: [emulator.ids.acsEntrances["visionline/room-101"]],
      requestedAccessMethods: [{ mode: "card" }],
      startsAt: BEGIN,
      endsAt: END,
    };
    const { accessGrantKey: _key, reservationKey: _reservation, ...rest } = there;
    expect(await adopted(accessGrant, there, rest)).toEqual([
      'accessGrantKey: Seam holds "1017" instead of none.',
      'reservationKey: Seam holds "1017/a" instead of none.',
    ]);
  });

  it("are spaces of a grant, also where the program names some by their keys", async () => {
    const { acsEntrances } = emulator.ids;
    const make = async (door: string, more: Properties) => {
      const body = { name: "Floor", acs_entrance_ids: [door], ...more };
      const made = await seam.call({
        path: "/spaces/create",
        body,
        effect: "create",
        action: "make a space",
      });
      return (made.json["space"] as { space_id: string }).space_id;
    };
    const first = await make(acsEntrances["salto-ks/garage"], { space_key: "first" });
    const second = await make(acsEntrances["salto-ks/office"], {});
    const { acsEntranceIds: _, ...rest } = grant();
    const there = { ...rest, spaceIds: [first, second] };
    expect(await adopted(accessGrant, there, { ...rest, spaceKeys: ["first"] })).toEqual([
      `spaceKeys: Seam holds ["first","${second}"] instead of ["first"].`,
    ]);
    expect(await adopted(accessGrant, there, { ...rest, spaceKeys: ["first"], spaceIds: [second] })).toBe(
      "is taken over",
    );
    expect(await adopted(accessGrant, there, { ...rest, spaceKeys: ["other"], spaceIds: [second] })).toEqual([
      `spaceIds: Seam holds ${JSON.stringify([first, second].sort())} instead of ["${second}"].`,
      'spaceKeys: Seam holds [] instead of ["other"].',
    ]);
  });

  it("is never what Seam does not show, and what is being deleted is not taken over", async () => {
    const { id } = await acsCredential.create(seam, credential(), new Run());
    const declared = { ...credential(), credentialManagerAcsSystemId: emulator.ids.acsSystems["salto-ks"] };
    expect((await acsCredential.create(seam, { ...declared, adopt: id }, new Run())).id).toBe(id);

    emulator.edit.acsCredential(id, { warnings: [{ warning_code: "being_deleted", message: "Going" }] });
    await expect(acsCredential.create(seam, { ...credential(), adopt: id }, new Run())).rejects.toThrow(
      "it is being deleted.",
    );
  });
});
