import * as pulumi from "@pulumi/pulumi";
import * as seam from "../../sdk";
import {
  assertNoChanges,
  type DefaultKeys,
  type Emulator,
  startEmulator,
  type TestStack,
  withStack,
} from "../../sdk/testing";

/**
 * Pulumi knows resources by their names, Seam objects by their ids. Where a program gives an object another name, or two,
 * what leaves the stack under one name must not be taken away from the other.
 */
describe("one object of Seam under two names", () => {
  let emulator: Emulator<DefaultKeys>;
  let program: () => void;

  beforeEach(async () => {
    emulator = await startEmulator();
  });
  afterEach(() => emulator.close());

  /** Past the provider, as somebody else would. */
  const call = async (path: string, body: object) => {
    const reply = await fetch(emulator.url + path, {
      method: "POST",
      headers: { authorization: `Bearer ${emulator.apiKey}`, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    return (await reply.json()) as Record<string, unknown>;
  };
  const onStack = (test: (stack: TestStack) => Promise<void>) =>
    withStack({ emulator, program: async () => program() }, test);
  const urnOf = async (stack: TestStack, name: string) => {
    const { resources } = (await stack.exportStack()).deployment as { resources: { urn: string }[] };
    return resources.map(({ urn }) => urn).find((urn) => urn.endsWith(`::${name}`)) ?? "";
  };
  const replace = async (stack: TestStack, name: string) => stack.up({ replace: [await urnOf(stack, name)] });
  /** Nothing that the state has is missing in Seam, and the program is as declared. */
  const isWhole = async (stack: TestStack) => {
    assertNoChanges(await stack.refresh());
    assertNoChanges(await stack.preview());
  };

  it("stays a membership, whatever becomes of the name or of the way in which the member is named", async () => {
    const { ids } = emulator;
    const acsAccessGroupId = ids.acsAccessGroups["salto-ks/staff"];
    const user = (person: "ada" | "ben" | "cleo" | "dan" | "eve" | "finn") => ({
      acsAccessGroupId,
      acsUserId: ids.acsUsers[`salto-ks/${person}`],
    });
    const identity = (person: "cleo" | "dan") => ({
      acsAccessGroupId,
      userIdentityId: ids.userIdentities[person],
    });
    const members = async () => {
      const query = { acs_access_group_id: acsAccessGroupId };
      const { acs_users } = await call("/acs/access_groups/list_users", query);
      return (acs_users as { acs_user_id: string }[]).map(({ acs_user_id }) => acs_user_id).sort();
    };
    const declare = (
      name: string,
      args: seam.AcsAccessGroupMembershipArgs,
      opts?: pulumi.CustomResourceOptions,
    ) => new seam.AcsAccessGroupMembership(name, args, opts);

    program = () => {
      declare("renamed", user("ada"));
      declare("moved", user("ben"));
      declare("otherwise", user("cleo"));
      declare("renamed-otherwise", user("dan"));
      declare("on-demand", user("eve"));
      declare("twin-one", user("finn"));
      declare("twin-two", user("finn"));
    };
    await onStack(async (stack) => {
      await stack.up();
      const before = await members();
      expect(before).toHaveLength(6);
      program = () => {
        declare("new-name", user("ada"));
        declare("moved", user("ben"), { parent: new pulumi.ComponentResource("test:index:Team", "team") });
        declare("otherwise", identity("cleo"));
        declare("new-name-otherwise", identity("dan"));
        declare("on-demand", user("eve"));
        declare("twin-two", user("finn"));
      };
      await replace(stack, "on-demand");
      expect(await members()).toEqual(before);
      await stack.up();
      expect(await members()).toEqual(before);
      await isWhole(stack);
    });
    expect(await members()).toEqual([]);
  });

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
      const { acs_credential } = await call("/acs/credentials/create", {
        access_method: "code",
        acs_user_id: inputs.acsUserId,
        allowed_acs_entrance_ids: inputs.allowedAcsEntranceIds,
        ends_at: inputs.endsAt,
      });
      adopt = (acs_credential as { acs_credential_id: string }).acs_credential_id;
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

  describe("a guest", () => {
    const stay = (reservation: string, who: Pick<seam.GuestStayArgs, "guest" | "userIdentityId">) =>
      new seam.GuestStay(`stay-${reservation}`, {
        reservation,
        ...who,
        acsSystemId: emulator.ids.acsSystems["latch"],
        doors: ["Front door"],
        checkIn: "2035-06-19T15:00:00Z",
        checkOut: "2035-06-23T11:00:00Z",
      });
    const gus = { fullName: "Gus Guest", emailAddress: "gus@example.com" };
    const identities = () =>
      emulator.snapshot().user_identities.filter(({ email_address }) => email_address === gus.emailAddress);

    it("comes again in the run in which the stay before leaves, as the same person", async () => {
      program = () => stay("1", { guest: gus });
      await onStack(async (stack) => {
        await stack.up();
        const [before] = identities();
        program = () => stay("2", { guest: gus });
        await stack.up();
        expect(identities()).toMatchObject([{ user_identity_id: before?.user_identity_id }]);
        expect(emulator.credentials()).toHaveLength(1);
        await isWhole(stack);
        program = () => stay("3", { guest: { ...gus, phoneNumber: "+15555550117" } });
        await stack.up();
        expect(identities()).toMatchObject([{ phone_number: "+15555550117" }]);
        await isWhole(stack);
      });
      expect(identities()).toEqual([]);
      expect(emulator.credentials()).toEqual([]);
    });

    it("keeps a stay by identity when the stay that made the identity leaves", async () => {
      program = () => stay("2", { userIdentityId: stay("1", { guest: gus }).userIdentityId });
      await onStack(async (stack) => {
        await stack.up();
        const [identity] = identities();
        program = () => stay("2", { userIdentityId: identity?.user_identity_id ?? "" });
        const { diagnostics } = await stack.up();
        expect(emulator.credentials()).toHaveLength(1);
        expect(diagnostics.map(({ message }) => message).join("\n")).toMatch(
          /user_identity .* stays in Seam, since .*AccessGrant/,
        );
        await isWhole(stack);
      });
    });

    it("who is an employee, too, keeps what they have as one when their stay is over", async () => {
      const employee = () => {
        const user = new seam.AcsUser("employee", {
          acsSystemId: emulator.ids.acsSystems["latch"],
          fullName: "Gus Guest",
          emailAddress: gus.emailAddress,
        });
        new seam.AcsCredential("pin", {
          accessMethod: "code",
          acsUserId: user.acsUserId,
          allowedAcsEntranceIds: [emulator.ids.acsEntrances["latch/front-door"]],
        });
        return user;
      };
      let isStaying = false;
      program = () => {
        employee();
        if (isStaying) stay("1", { guest: gus });
      };
      await onStack(async (stack) => {
        await stack.up();
        isStaying = true;
        await stack.up();
        isStaying = false;
        await stack.up();
        expect(
          emulator.users().filter(({ email_address }) => email_address === gus.emailAddress),
        ).toHaveLength(1);
        expect(emulator.credentials()).toHaveLength(1);
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
