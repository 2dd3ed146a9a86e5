import { type DefaultKeys, type Emulator, startEmulator } from "../../emulator";
import { createClient, type SeamClient } from "../../provider/http/client";
import { Run } from "../../provider/lifecycle/run";
import { accessGrant } from "../../provider/resources/access-grant";
import { acsUser } from "../../provider/resources/acs-user";
import { userIdentity } from "../../provider/resources/user-identity";

describe("an identity that Seam has merged into another one", () => {
  let emulator: Emulator<DefaultKeys>;
  let seam: SeamClient;

  beforeEach(async () => {
    emulator = await startEmulator();
    seam = createClient({ endpoint: emulator.url, token: emulator.apiKey });
  });
  afterEach(async () => {
    await seam.close();
    await emulator.close();
  });

  const merge = (from: string, into: string) =>
    seam.call({
      path: "/user_identities/merge",
      body: { user_identity_id: into, merged_user_identity_ids: [from] },
      effect: "update",
      action: "merge",
    });

  it("is not deleted by its former id, since that would delete the person who is left", async () => {
    const { id, outputs } = await userIdentity.create(seam, { fullName: "Ada Example" }, new Run());
    await merge(id, emulator.ids.userIdentities.ben);
    const deleting = userIdentity.reasonToKeep?.(seam, id, outputs, { run: new Run(), awaitGone: false });
    await expect(deleting).rejects.toThrow(/it was merged into .* Nothing was deleted/);
  });

  it("is not adopted by its former id, but the one that is left can be", async () => {
    const { id } = await userIdentity.create(seam, { fullName: "Ada Example" }, new Run());
    const left = emulator.ids.userIdentities.ben;
    await merge(id, left);
    const adopt = (one: string) =>
      userIdentity.create(seam, { userIdentityKey: "ben", adopt: one }, new Run());
    emulator.edit.userIdentity(left, { user_identity_key: "ben" });
    await expect(adopt(id)).rejects.toThrow(`it was merged into ${left}: that is the one to adopt`);
    expect((await adopt(left)).id).toBe(left);
  });

  it("is still meant by a program that names its former id", async () => {
    const person = await userIdentity.create(seam, { fullName: "Ada Example" }, new Run());
    const user = {
      acsSystemId: emulator.ids.acsSystems["salto-ks"],
      fullName: "Ada",
      userIdentityId: person.id,
    };
    const grant = {
      userIdentityId: person.id,
      requestedAccessMethods: [{ mode: "code" }],
      acsEntranceIds: [emulator.ids.acsEntrances["salto-ks/front-door"]],
    };
    const made = [
      { lifecycle: acsUser, inputs: user, ...(await acsUser.create(seam, user, new Run())) },
      { lifecycle: accessGrant, inputs: grant, ...(await accessGrant.create(seam, grant, new Run())) },
    ];
    await merge(person.id, emulator.ids.userIdentities.ben);
    for (const { lifecycle, inputs, id, outputs } of made) {
      const observed = await lifecycle.read(seam, id, outputs, new Run());
      expect(observed?.inputs).toEqual(inputs);
      expect(lifecycle.diff(observed?.outputs ?? {}, inputs).changed).toBe(false);
    }
  });
});
