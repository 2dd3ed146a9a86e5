import { type DefaultKeys, type Emulator, startEmulator } from "../../emulator";
import { createClient, type SeamClient } from "../../provider/http/client";
import { Run } from "../../provider/lifecycle/run";
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
});
