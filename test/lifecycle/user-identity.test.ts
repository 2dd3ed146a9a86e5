import { type DefaultKeys, type Emulator, startEmulator } from "../../emulator";
import { createClient, type SeamClient } from "../../provider/http/client";
import { PartialFailure } from "../../provider/lifecycle/errors";
import { Run } from "../../provider/lifecycle/run";
import { accessGrant } from "../../provider/resources/access-grant";
import { userIdentity } from "../../provider/resources/user-identity";

describe("a UserIdentity whose e-mail address somebody has already", () => {
  let emulator: Emulator<DefaultKeys>;
  let seam: SeamClient;
  const gus = { fullName: "Gus Guest", emailAddress: "gus@example.com" };

  beforeEach(async () => {
    emulator = await startEmulator();
    seam = createClient({ endpoint: emulator.url, token: emulator.apiKey });
  });
  afterEach(async () => {
    await seam.close();
    await emulator.close();
  });

  it("shares it with the person of that name, and says what follows for other stacks", async () => {
    const { id } = await userIdentity.create(seam, gus, new Run());
    const notices: string[] = [];
    const shared = await userIdentity.create(seam, gus, new Run((text) => notices.push(text)));
    expect(shared.id).toBe(id);
    expect(notices).toEqual([expect.stringContaining("let one stack own it")]);
  });

  it.each([
    ["another name", { fullName: "Gil Guest" }],
    ["another key", { userIdentityKey: "guest-7" }],
  ])("is refused for somebody with %s, who stays as they are", async (_, other) => {
    const { id } = await userIdentity.create(seam, { ...gus, userIdentityKey: "HR-1" }, new Run());
    const before = emulator.userIdentities().find(({ user_identity_id }) => user_identity_id === id);
    await expect(userIdentity.create(seam, { ...gus, ...other }, new Run())).rejects.toThrow(
      `${id}, which has another ${Object.keys(other)[0]}`,
    );
    expect(emulator.userIdentities().find(({ user_identity_id }) => user_identity_id === id)).toEqual(before);
  });

  it.each(["update", "create"] as const)(
    "gets it by its %s, although another resource of the run lets go of it just after Seam has refused",
    async (operation) => {
      const run = new Run();
      const ann = { fullName: "Ann Example", emailAddress: "ann@example.com" };
      const identities = {
        ann: await userIdentity.create(seam, ann, run),
        gus: await userIdentity.create(seam, gus, run),
      };
      run.givesUp(`emailAddress ${gus.emailAddress}`, identities.gus.id);
      const letGo = {
        ...seam,
        call: async (request: Parameters<SeamClient["call"]>[0]) => {
          try {
            return await seam.call(request);
          } catch (error) {
            const body = { user_identity_id: identities.gus.id, email_address: null };
            await seam.call({ path: "/user_identities/update", body, effect: "update", action: "let go" });
            throw error;
          }
        },
      };
      const news = { ...ann, emailAddress: gus.emailAddress };
      if (operation === "create") await userIdentity.create(letGo, { ...news, fullName: "Bea" }, run);
      else await userIdentity.update(letGo, identities.ann.id, identities.ann.outputs, news, run);
      expect(emulator.userIdentities().map(({ email_address }) => email_address)).toContain(gus.emailAddress);
    },
  );

  it("goes with its resource once what hung on it is going, and stays before", async () => {
    await emulator.close();
    emulator = await startEmulator({ delays: { deletionMs: 60_000 } });
    seam = createClient({ endpoint: emulator.url, token: emulator.apiKey });
    await userIdentity.create(seam, gus, new Run());
    const { id, outputs } = await userIdentity.create(seam, gus, new Run());
    const grant = await accessGrant.create(
      seam,
      {
        userIdentityId: id,
        requestedAccessMethods: [{ mode: "mobile_key" }],
        acsEntranceIds: [emulator.ids.acsEntrances["salto-ks/front-door"]],
      },
      new Run(),
    );
    const options = { run: new Run(), awaitGone: false };
    const kept = () => userIdentity.reasonToKeep?.(seam, id, outputs, options);
    expect(await kept()).toMatchObject({ message: expect.stringContaining("access hangs on it") });
    const body = { access_grant_id: grant.id };
    await seam.call({ path: "/access_grants/delete", body, effect: "delete", action: "delete the grant" });
    expect(await kept()).toBeUndefined();
  });

  it("is no person of the same name who only has the same phone number", async () => {
    const phoneNumber = "+15555550117";
    const { id } = await userIdentity.create(seam, { ...gus, phoneNumber }, new Run());
    const namesake = { fullName: gus.fullName, emailAddress: "gus.2@example.com", phoneNumber };
    await expect(userIdentity.create(seam, namesake, new Run())).rejects.toThrow(
      `${id}, which has another emailAddress`,
    );
    expect(emulator.userIdentities().find(({ user_identity_id }) => user_identity_id === id)).toMatchObject({
      email_address: gus.emailAddress,
    });
  });

  it("is not shared with a person of the same name who gives the address up in the same run", async () => {
    const run = new Run();
    const { id, outputs } = await userIdentity.create(seam, gus, run);
    run.givesUp(`emailAddress ${gus.emailAddress}`, id);
    const [next] = await Promise.all([
      userIdentity.create(seam, gus, run),
      new Promise((resolve) => setTimeout(resolve, 700)).then(() =>
        userIdentity.update(seam, id, outputs, { ...gus, emailAddress: "gus.2@example.com" }, run),
      ),
    ]);
    expect(next.id).not.toBe(id);
  });

  it("is exchanged together with the phone number in one run", async () => {
    const run = new Run();
    const people = [
      { fullName: "Ann Example", emailAddress: "ann@example.com", phoneNumber: "+15555550117" },
      { fullName: "Bea Example", emailAddress: "bea@example.com", phoneNumber: "+15555550118" },
    ];
    const there = await Promise.all(people.map((person) => userIdentity.create(seam, person, run)));
    const news = people.map((person, at) => ({ ...people[1 - at], fullName: person.fullName }));
    for (const [at, person] of people.entries()) {
      run.givesUp(`emailAddress ${person.emailAddress}`, there[at]?.id ?? "");
      run.givesUp(`phoneNumber ${person.phoneNumber}`, there[at]?.id ?? "");
    }
    await Promise.all(
      there.map(({ id, outputs }, at) => userIdentity.update(seam, id, outputs, news[at] ?? {}, run)),
    );
    const told = emulator
      .userIdentities()
      .map((one) => `${one.full_name} ${one.email_address} ${one.phone_number}`);
    expect(told).toEqual(
      expect.arrayContaining([
        "Ann Example bea@example.com +15555550118",
        "Bea Example ann@example.com +15555550117",
      ]),
    );
  });

  it("that was let go for a change which is refused after all is missed in the state", async () => {
    const run = new Run();
    const ann = { fullName: "Ann Example", emailAddress: "ann@example.com" };
    const mine = await userIdentity.create(seam, ann, run);
    const other = await userIdentity.create(seam, gus, run);
    run.givesUp(`emailAddress ${gus.emailAddress}`, other.id);
    let isRefusing = false;
    const refusing = {
      ...seam,
      call: async (request: Parameters<SeamClient["call"]>[0]) => {
        const isNull = (request.body as { email_address?: unknown }).email_address === null;
        if (isRefusing && request.path === "/user_identities/update") throw new Error("403 forbidden");
        if (isNull) isRefusing = true;
        return seam.call(request);
      },
    };
    const error = await userIdentity
      .update(refusing, mine.id, mine.outputs, { ...ann, emailAddress: gus.emailAddress }, run)
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(PartialFailure);
    const { outputs, message } = error as PartialFailure;
    expect(message).toContain("has no emailAddress");
    // Taken back, there is something to do.
    expect(userIdentity.diff(outputs, ann)).toMatchObject({ changed: true, replaces: [] });
  });
});
