import * as seam from "../../sdk";
import { type DefaultKeys, type Emulator, startEmulator, type TestStack, withStack } from "../../sdk/testing";
import { post } from "../emulator/api";
import { isWhole, replace } from "./whole";

/**
 * Pulumi knows resources by their names, Seam objects by their ids. Where a program gives an object another name, or two,
 * what leaves the stack under one name must not be taken away from the other.
 */
describe("one object of Seam under two names: adopted, exchanged, replaced on demand", () => {
  let emulator: Emulator<DefaultKeys>;
  let program: () => void;

  beforeEach(async () => {
    emulator = await startEmulator();
  });
  afterEach(() => emulator.close());

  const onStack = (test: (stack: TestStack) => Promise<void>) =>
    withStack({ emulator, program: async () => program() }, test);
  describe("an adopted credential", () => {
    let adopt: string;
    let inputs: seam.AcsCredentialArgs;

    beforeEach(async () => {
      inputs = {
        accessMethod: "code",
        acsUserId: emulator.ids.acsUsers["latch/ada"],
        allowedAcsEntranceIds: [emulator.ids.acsEntrances["latch/front-door"]],
        endsAt: "2035-01-01T00:00:00.000Z",
      };
      const { body } = await post(emulator, "/acs/credentials/create", {
        access_method: "code",
        acs_user_id: inputs.acsUserId,
        allowed_acs_entrance_ids: inputs.allowedAcsEntranceIds,
        ends_at: inputs.endsAt,
      });
      adopt = body.acs_credential.acs_credential_id;
      inputs = { ...inputs, adopt };
    });
    const live = () => emulator.credentials().map(({ acs_credential_id }) => acs_credential_id);

    it("stays when its resource is renamed, replaced on demand, or has a twin for a while", async () => {
      let name = "pin";
      let twins = false;
      let replacementTrigger = 1;
      program = () => {
        new seam.AcsCredential(name, inputs, { replacementTrigger });
        if (twins) new seam.AcsCredential("twin", inputs);
      };
      await onStack(async (stack) => {
        await stack.up();
        name = "renamed";
        await stack.up();
        expect(live()).toEqual([adopt]);
        await replace(stack, "renamed");
        expect(live()).toEqual([adopt]);
        replacementTrigger = 2;
        await stack.up();
        expect(live()).toEqual([adopt]);
        twins = true;
        // Refused, or taken as it is: in no case may the next runs revoke it.
        await stack.up().catch(() => undefined);
        twins = false;
        await stack.up();
        expect(live()).toEqual([adopt]);
        await isWhole(stack);
      });
      expect(live()).toEqual([]);
    });

    it("is replaced all the same by a change that Seam cannot make in place, and only once", async () => {
      program = () => new seam.AcsCredential("pin", inputs);
      await onStack(async (stack) => {
        await stack.up();
        inputs = { ...inputs, startsAt: "2030-01-01T00:00:00.000Z" };
        await stack.up();
        expect(live()).toHaveLength(1);
        expect(live()).not.toContain(adopt);
        await isWhole(stack);
      });
    });
  });

  it("lets two people exchange their e-mail addresses in one run", async () => {
    let addresses = ["ann@example.com", "bea@example.com"];
    program = () =>
      ["Ann", "Bea"].map(
        (fullName, index) =>
          new seam.UserIdentity(fullName, { fullName, emailAddress: addresses[index] as string }),
      );
    await onStack(async (stack) => {
      await stack.up();
      addresses = [...addresses].reverse();
      await stack.up();
      const byName = Object.fromEntries(
        emulator.snapshot().user_identities.map(({ full_name, email_address }) => [full_name, email_address]),
      );
      expect(byName).toMatchObject({ Ann: "bea@example.com", Bea: "ann@example.com" });
      await isWhole(stack);
    });
  });

  it("replaces on demand what cannot be there twice", async () => {
    const { ids } = emulator;
    program = () => {
      const identity = new seam.UserIdentity("identity", {
        fullName: "Gus Guest",
        emailAddress: "gus@example.com",
      });
      new seam.AccessGrant("grant", {
        userIdentityId: identity.userIdentityId,
        requestedAccessMethods: [{ mode: "code" }],
        acsEntranceIds: [ids.acsEntrances["latch/front-door"]],
        accessGrantKey: "reservation-1017",
      });
      new seam.AcsCredential("pin", {
        accessMethod: "code",
        acsUserId: ids.acsUsers["brivo/ada"],
        code: "4711",
      });
      new seam.AcsCredential("card", {
        accessMethod: "card",
        acsUserId: ids.acsUsers["salto-space/ada"],
        saltoSpaceMetadata: { assignNewKey: true },
      });
      new seam.AcsUser("user", {
        acsSystemId: ids.acsSystems["salto-ks"],
        fullName: "Bob Example",
        emailAddress: "bob@example.com",
      });
    };
    await onStack(async (stack) => {
      await stack.up();
      for (const name of ["grant", "identity", "pin", "card", "user"]) {
        await replace(stack, name);
        expect(emulator.credentials()).toHaveLength(3);
        await isWhole(stack);
      }
    });
  });
});
