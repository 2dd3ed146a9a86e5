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
});
