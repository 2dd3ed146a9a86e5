import * as pulumi from "@pulumi/pulumi";
import * as seam from "../../sdk";
import { type DefaultKeys, type Emulator, startEmulator, type TestStack, withStack } from "../../sdk/testing";
import { post } from "../emulator/api";
import { isWhole, replace } from "./whole";

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

  const onStack = (test: (stack: TestStack) => Promise<void>) =>
    withStack({ emulator, program: async () => program() }, test);
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
      const { body } = await post(emulator, "/acs/access_groups/list_users", query);
      return (body.acs_users as { acs_user_id: string }[]).map(({ acs_user_id }) => acs_user_id).sort();
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

  it("leaves one access system for another with the person's keys and grants, in one run", async () => {
    let system: "salto-ks" | "brivo" = "salto-ks";
    program = () => {
      const { ids } = emulator;
      const { userIdentityId } = new seam.UserIdentity("bob", { fullName: "Bob Example" });
      const acsSystemId = ids.acsSystems[system];
      const user = new seam.AcsUser("bob", { acsSystemId, fullName: "Bob Example", userIdentityId });
      new seam.AcsCredential("pin", { accessMethod: "code", acsUserId: user.acsUserId, code: "471147" });
      new seam.AccessGrant(
        "visit",
        {
          userIdentityId,
          requestedAccessMethods: [{ mode: "code" }],
          acsEntranceIds: [ids.acsEntrances[`${system}/front-door`]],
        },
        { dependsOn: user },
      );
    };
    await onStack(async (stack) => {
      await stack.up();
      system = "brivo";
      await stack.up();
      const users = emulator.users().filter(({ full_name }) => full_name === "Bob Example");
      expect(users.map(({ acs_system_id }) => acs_system_id)).toEqual([emulator.ids.acsSystems.brivo]);
      expect(emulator.credentials().map(({ acs_user_id }) => acs_user_id)).toEqual(
        Array(2).fill(users[0]?.acs_user_id),
      );
      await isWhole(stack);
    });
  });
});
