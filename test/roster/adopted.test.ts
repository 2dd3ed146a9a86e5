import * as pulumi from "@pulumi/pulumi";
import type { Roster } from "../../sdk";
import { type Adopted, findAdopted } from "../../sdk/components/roster/adopted";
import { resolveRoster } from "../../sdk/components/roster/resolve";

const SYSTEM = "7113de29-6130-4153-a6ea-1b7ca0fe3198";
const [ADA, BEN, CLEO] = [1, 2, 3].map((n) => `${n}0000000-0000-4000-8000-000000000000`) as [
  string,
  string,
  string,
];

describe("whom a roster takes over", () => {
  let there: Record<string, object[]>;
  let madeByMethods: object[];
  let asked: string[];

  beforeEach(async () => {
    asked = [];
    madeByMethods = [];
    there = { acsUsers: [], acsCredentials: [], accessGrants: [] };
    await pulumi.runtime.setMocks({
      newResource: ({ inputs }) => ({ id: "id", state: inputs }),
      call: ({ token }) => {
        asked.push(token);
        const isOfMethods = token === "seam:index:getAcsCredentialsOfAccessMethods";
        return isOfMethods ? { acsCredentials: madeByMethods } : there;
      },
    });
  });

  const find = async (people: Partial<Roster["people"][number]>[], isByEmail = true) => {
    const roster = resolveRoster({
      people: people.map((person, n) => ({ key: `p${n}`, name: `Person ${n}`, doors: ["Desk"], ...person })),
    });
    const problems: string[] = [];
    const parent = new pulumi.ComponentResource("test:index:Parent", "parent");
    const adopted = await findAdopted(SYSTEM, roster, isByEmail, problems, { parent });
    const ids = (of: keyof Adopted) => roster.people.map((person) => adopted[of](person));
    return { problems, users: ids("acsUserId"), credentials: ids("acsCredentialId") };
  };
  const ada = { email: "ada@example.com" };

  it("is who has the e-mail address, in any case, of the user or of its identity, and who is named by id", async () => {
    there["acsUsers"] = [
      { acsUserId: ADA, emailAddress: "ADA@example.com" },
      { acsUserId: BEN, userIdentityEmailAddress: "ben@example.com" },
      { acsUserId: CLEO },
    ];
    const people = [ada, { email: "ben@example.com" }, { acsUserId: CLEO }, { email: "new@example.com" }, {}];
    expect(await find(people)).toMatchObject({
      problems: [],
      users: [ADA, BEN, CLEO, undefined, undefined],
    });
  });

  it("is nobody, and nothing is asked, without adopt and ids", async () => {
    expect(await find([ada], false)).toMatchObject({ problems: [], users: [undefined] });
    expect(asked).toEqual([]);
    there["acsUsers"] = [
      { acsUserId: ADA, emailAddress: "ada@example.com" },
      { acsUserId: BEN, emailAddress: "ben@example.com" },
    ];
    expect((await find([ada, { acsUserId: BEN }], false)).users).toEqual([undefined, BEN]);
  });

  it("is never guessed: an address of several users is told by their ids, without the address", async () => {
    there["acsUsers"] = [
      { acsUserId: ADA, emailAddress: "ada@example.com" },
      { acsUserId: BEN, userIdentityEmailAddress: "ada@example.com" },
      { acsUserId: CLEO, emailAddress: "ada@example.com", warnings: [{ warningCode: "being_deleted" }] },
    ];
    const { problems, users } = await find([ada]);
    expect(users).toEqual([undefined]);
    expect(problems).toEqual([
      `people[0]: Person 0 (p0): email: 2 users of acs_system ${SYSTEM} have this address (acs_user ${ADA}, acs_user ${BEN}). Say by acsUserId which of them is this person.`,
    ]);
    expect((await find([{ ...ada, acsUserId: BEN }])).users).toEqual([BEN]);
  });

  it("is told where an id is nobody's, and where two lines mean the same user", async () => {
    there["acsUsers"] = [{ acsUserId: ADA, emailAddress: "ada@example.com" }];
    const { problems } = await find([{ acsUserId: ADA }, ada, { acsUserId: CLEO }]);
    expect(problems).toEqual([
      `people[1]: Person 1 (p1): acs_user ${ADA} is that of people[0]: Person 0 (p0), too. Say by acsUserId whose it is.`,
      `people[2]: Person 2 (p2): acsUserId: acs_system ${SYSTEM} has no acs_user ${CLEO}. Correct it, or take it out.`,
    ]);
  });

  it("brings the one credential of the method along, and none that is over, a phone's or an access grant's", async () => {
    there["acsUsers"] = [
      { acsUserId: ADA, emailAddress: "ada@example.com", userIdentityId: "ada" },
      { acsUserId: BEN, emailAddress: "ben@example.com", userIdentityId: "ben" },
      { acsUserId: CLEO, userIdentityId: "cleo" },
    ];
    there["acsCredentials"] = [
      { acsCredentialId: "pin", acsUserId: ADA, accessMethod: "code" },
      { acsCredentialId: "old", acsUserId: ADA, accessMethod: "code", endsAt: "2020-01-01T00:00:00Z" },
      { acsCredentialId: "child", acsUserId: ADA, accessMethod: "code", parentAcsCredentialId: "pin" },
      { acsCredentialId: "card", acsUserId: ADA, accessMethod: "card" },
      { acsCredentialId: "by-hand", acsUserId: BEN, accessMethod: "code" },
      { acsCredentialId: "of-grant", acsUserId: BEN, accessMethod: "code" },
      { acsCredentialId: "of-another-grant", acsUserId: CLEO, accessMethod: "code" },
    ];
    madeByMethods = [{ acsCredentialId: "of-grant" }, { acsCredentialId: "of-another-grant" }];
    there["accessGrants"] = [
      { userIdentityId: "ben", accessMethodIds: ["method"] },
      { userIdentityId: "cleo", accessMethodIds: ["other-method"] },
    ];
    expect(await find([ada, { email: "ben@example.com" }, { acsUserId: CLEO }])).toEqual({
      problems: [],
      users: [ADA, BEN, CLEO],
      credentials: ["pin", "by-hand", undefined],
    });
  });

  it("has to be decided where there are several credentials of the method", async () => {
    there["acsUsers"] = [{ acsUserId: ADA, emailAddress: "ada@example.com" }];
    there["acsCredentials"] = ["one", "two"].map((acsCredentialId) => ({
      acsCredentialId,
      acsUserId: ADA,
      accessMethod: "code",
      code: "471147",
    }));
    const { problems, credentials } = await find([ada]);
    expect(credentials).toEqual([undefined]);
    expect(problems).toEqual([
      expect.stringMatching(
        /has 2 credentials of method code \(acs_credential one, acs_credential two\).*Delete in Seam what is not needed/,
      ),
    ]);
    expect(problems.join()).not.toMatch(/471147|@example/);
  });

  it("has to be decided where Seam has an end, or a beginning to come, that the roster does not give", async () => {
    const endsAt = "2035-06-01T00:00:00.000Z";
    const startsAt = "2035-01-01T00:00:00.000Z";
    there["acsUsers"] = [
      {
        acsUserId: ADA,
        emailAddress: "ada@example.com",
        accessSchedule: { startsAt: "2020-01-01T00:00:00Z", endsAt },
      },
      { acsUserId: BEN, emailAddress: "ben@example.com" },
    ];
    there["acsCredentials"] = [
      { acsCredentialId: "pin", acsUserId: BEN, accessMethod: "code", startsAt, endsAt },
    ];
    const ben = { email: "ben@example.com" };
    expect((await find([ada, ben])).problems).toEqual([
      expect.stringContaining(`p0): acs_user ${ADA} ends ${endsAt}, and the roster gives no end.`),
      expect.stringContaining(`p1): acs_credential pin ends ${endsAt}, and the roster gives no end.`),
      expect.stringContaining(
        `p1): acs_credential pin begins ${startsAt}, and the roster gives no beginning.`,
      ),
    ]);
    // What the roster gives is compared when it is taken over.
    const given = { startsAt: "2034-01-01T00:00:00Z", endsAt: "2036-01-01T00:00:00Z" };
    expect(
      (
        await find([
          { ...ada, ...given },
          { ...ben, ...given },
        ])
      ).problems,
    ).toEqual([]);
  });
});
