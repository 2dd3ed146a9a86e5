import { createClient, type SeamClient } from "../../provider/http/client";
import type { AccessRow } from "../../report/document";
import type { Filters } from "../../report/filters";
import type { StackContent } from "../../report/owners";
import { readAccess } from "../../report/read-access";
import { renderCsv } from "../../report/render/csv";
import { renderJson } from "../../report/render/json";
import { renderMarkdown } from "../../report/render/markdown";
import { renderTable } from "../../report/render/table";
import { type Emulator, startEmulator } from "../../sdk/testing";
import { post } from "../emulator/api";

const TODAY = "2030-06-10T12:00:00.000Z";
const YESTERDAY = "2030-06-09T12:00:00.000Z";
const NEXT_WEEK = "2030-06-17T08:00:00.000Z";
const NEXT_YEAR = "2031-06-10T12:00:00.000Z";
const SECRETS = ["735517", "735518", "04CANARY99"];

/** An office and a depot: who can open what there is written down in the tests by hand. */
describe("who can open what", () => {
  let emulator: Emulator;
  let seam: SeamClient;
  let stacks: StackContent[];

  beforeAll(async () => {
    emulator = await startEmulator({
      clock: "2030-06-08T12:00:00.000Z",
      seed: {
        workspaces: [
          {
            key: "north",
            user_identities: [{ key: "gus", full_name: "Gus Guest", email_address: "gus@example.com" }],
            acs_systems: [
              {
                key: "office",
                name: "Office",
                kind: "salto_ks",
                entrances: [
                  { key: "front", display_name: "Front door" },
                  { key: "lab", display_name: "Lab" },
                ],
                access_groups: [{ key: "staff", name: "Staff", entrances: ["front"] }],
                users: ["Ada", "Ben", "Cleo", "Dan", "</script>=1|@x"].map((name, at) => ({
                  key: `user-${at}`,
                  full_name: name,
                })),
              },
              {
                key: "depot",
                name: "Depot",
                kind: "latch",
                entrances: [{ key: "store", display_name: "Store" }],
              },
            ],
          },
        ],
      },
    });
    seam = createClient({ endpoint: emulator.url, token: emulator.apiKey });
    const user = (at: number) => emulator.ids.acsUsers[`office/user-${at}`];
    const door = (key: string) => emulator.ids.acsEntrances[key];
    const join = (at: number) =>
      post(emulator, "/acs/access_groups/add_user", {
        acs_access_group_id: emulator.ids.acsAccessGroups["office/staff"],
        acs_user_id: user(at),
      });
    const key = async (at: number, access_method: string, more: object) => {
      const body = { acs_user_id: user(at), access_method, ...more };
      return (await post(emulator, "/acs/credentials/create", body)).body.acs_credential.acs_credential_id;
    };
    await join(0);
    await join(1);
    const ada = await key(0, "code", {
      code: SECRETS[0],
      allowed_acs_entrance_ids: [door("office/lab")],
      ends_at: NEXT_YEAR,
    });
    const ben = await key(1, "code", { code: SECRETS[1] });
    await post(emulator, "/acs/users/suspend", { acs_user_id: user(1) });
    await key(2, "code", { allowed_acs_entrance_ids: [door("office/lab")], ends_at: YESTERDAY });
    const dan = await key(3, "card", {
      allowed_acs_entrance_ids: [door("office/lab")],
      starts_at: NEXT_WEEK,
      ends_at: NEXT_YEAR,
    });
    emulator.edit.encodeCard(dan, SECRETS[2] as string);
    await key(4, "code", { allowed_acs_entrance_ids: [door("office/lab")] });
    const { access_grant } = (
      await post(emulator, "/access_grants/create", {
        user_identity_id: emulator.ids.userIdentities["gus"],
        acs_entrance_ids: [door("depot/store")],
        requested_access_methods: [{ mode: "code" }],
        ends_at: "2030-06-12T11:00:00.000Z",
      })
    ).body;
    emulator.clock.set(TODAY);
    stacks = [
      stack("staff", [
        ["AcsCredential", "ada", ada, { allowedAcsEntranceIds: [door("office/lab")] }],
        ["AcsCredential", "ben", ben],
        [
          "AcsAccessGroupMembership",
          "ada-staff",
          `${emulator.ids.acsAccessGroups["office/staff"]}/${user(0)}`,
        ],
        [
          "AcsAccessGroupMembership",
          "ben-staff",
          `${emulator.ids.acsAccessGroups["office/staff"]}/${user(1)}`,
        ],
      ]),
      stack("guests", [
        ["AccessGrant", "gus", access_grant.access_grant_id, { acsEntranceIds: [door("depot/store")] }],
      ]),
    ];
  });
  afterAll(async () => {
    await seam.close();
    await emulator.close();
  });

  const stack = (name: string, resources: [string, string, string, object?][]): StackContent => ({
    name,
    resources: resources.map(([type, resource, id, inputs = {}]) => ({
      urn: `urn:pulumi:${name}::doors::pulumi-nodejs:dynamic/seam:${type}::${resource}`,
      type: `pulumi-nodejs:dynamic/seam:${type}`,
      id,
      inputs: { ...inputs },
      outputs: { ...inputs },
    })),
  });
  const line = ({ door, person, method, via, status, owner, startsAt, endsAt }: AccessRow) =>
    [
      door.name,
      person.name,
      method,
      via.kind,
      status,
      owner.stack ?? owner.kind,
      startsAt ?? "-",
      endsAt ?? "-",
    ].join(", ");
  const lines = async (filters: Filters) =>
    (await readAccess(seam, { stacks, filters })).document().rows.map(line);

  const STORE =
    "Store, Gus Guest, code, access_grant, active, guests, 2030-06-08T12:00:00.000Z, 2030-06-12T11:00:00.000Z";
  const ADA_FRONT = `Front door, Ada, code, access_group, active, staff, -, ${NEXT_YEAR}`;
  const ADA_LAB = `Lab, Ada, code, credential, active, staff, -, ${NEXT_YEAR}`;
  const BEN = "Front door, Ben, code, access_group, suspended, staff, -, -";
  const DAN = `Lab, Dan, card, credential, upcoming, undeclared, ${NEXT_WEEK}, ${NEXT_YEAR}`;
  const HOSTILE = "Lab, </script>=1|@x, code, credential, active, undeclared, -, -";

  it.each<[string, Filters, string[]]>([
    ["now", {}, [STORE, ADA_FRONT, BEN, HOSTILE, ADA_LAB]],
    ["of one door, whenever", { door: "lab", at: "any" }, [HOSTILE, ADA_LAB, DAN]],
    ["of one person", { person: "ada" }, [ADA_FRONT, ADA_LAB]],
    ["of one system", { system: "Depot" }, [STORE]],
    ["that no stack declares, whenever", { undeclared: true, at: "any" }, [HOSTILE, DAN]],
    ["that ends within a week", { expiringMs: 7 * 86_400_000 }, [STORE]],
    [
      "next week",
      { at: new Date("2030-06-18T00:00:00Z") },
      [ADA_FRONT, BEN, HOSTILE, ADA_LAB, DAN.replace("upcoming", "active")],
    ],
  ])("is what Seam and the stacks say: %s", async (_, filters, expected) => {
    expect(await lines(filters)).toEqual(expected);
  });

  it("does not take for the past what Seam has now", async () => {
    const leftOut = async (at: string) =>
      (await readAccess(seam, { stacks, filters: { at: new Date(at) } })).facts.leftOut.join();
    expect(await leftOut("2030-06-01T00:00:00Z")).toContain("2030-06-01T00:00:00.000Z");
    expect(await leftOut("2030-06-18T00:00:00Z")).not.toContain("2030-06-18");
  });

  it("calls nothing undeclared where a stack could not be read, and says that it is not complete", async () => {
    const access = await readAccess(seam, {
      stacks: stacks.slice(0, 1),
      unreadStacks: ["guests"],
      filters: { at: "any" },
    });
    const { complete, rows, notSeen } = access.document();
    expect(complete).toBe(false);
    expect(new Set(rows.map(({ owner }) => owner.kind))).toEqual(new Set(["declared", "unknown"]));
    expect(notSeen.join("\n")).toContain("guests");
  });

  it("lists in a review what to look at", async () => {
    const access = await readAccess(seam, { stacks, filters: { at: "any" } });
    const found = access
      .review(14 * 86_400_000)
      .findings.map(({ kind, person }) => `${kind}: ${person?.name}`);
    expect(found).toEqual(
      expect.arrayContaining([
        "undeclared: Dan",
        "undeclared: </script>=1|@x",
        "suspended_with_access: Ben",
        "expiring: Gus Guest",
      ]),
    );
    expect(found).not.toContain("undeclared: Ada");
  });

  it("asks at most ten requests about one door, and never sends anything but reads", async () => {
    emulator.requests.clear();
    const { requests } = (await readAccess(seam, { stacks, filters: { door: "Lab" } })).document();
    expect(emulator.requests.count()).toBeLessThanOrEqual(10);
    expect(requests).toBeLessThanOrEqual(10);
    await readAccess(seam, { stacks });
    const paths = [...emulator.requests].map(({ path }) => path);
    expect(paths.filter((path) => !/\/(get|list|list_\w+|get_related)$/.test(path))).toEqual([]);
  });

  it("shows no PIN and no card number, and lets no name be a formula, a cell or markup", async () => {
    const review = (await readAccess(seam, { stacks, filters: { at: "any" } })).review(86_400_000);
    const texts = {
      json: [...renderJson(review)].join(""),
      csv: [...renderCsv(review)].join(""),
      markdown: renderMarkdown(review),
      table: renderTable(review.rows, 120),
    };
    for (const text of Object.values(texts)) {
      for (const secret of SECRETS) expect(text).not.toContain(secret);
      expect(text).toContain("Dan");
    }
    expect(JSON.parse(texts.json)).toEqual(JSON.parse(JSON.stringify(review)));
    expect(texts.markdown).not.toContain("</script>");
    expect(texts.markdown).not.toContain("=1|");
    expect(texts.csv).toContain("</script>=1|@x");
    expect(Math.max(...texts.table.split("\n").map((text) => text.length))).toBeLessThanOrEqual(120);
  });
});

/** Seam's header `Date` has whole seconds, the times in its answers have milliseconds. */
it("shows as active what was given within the second of the reading", async () => {
  const emulator = await startEmulator({
    clock: "2030-06-08T12:00:00.600Z",
    seed: {
      workspaces: [
        {
          user_identities: [{ key: "gus", full_name: "Gus Guest", email_address: "gus@example.com" }],
          acs_systems: [
            { key: "office", kind: "salto_ks", entrances: [{ key: "lab", display_name: "Lab" }], users: [] },
          ],
        },
      ],
    },
  });
  try {
    const { status } = await post(emulator, "/access_grants/create", {
      user_identity_id: emulator.ids.userIdentities["gus"],
      acs_entrance_ids: [emulator.ids.acsEntrances["office/lab"]],
      requested_access_methods: [{ mode: "mobile_key" }],
    });
    expect(status).toBe(200);
    const { rows } = (
      await readAccess(createClient({ endpoint: emulator.url, token: emulator.apiKey }))
    ).document();
    expect(rows.map(({ status, startsAt }) => [status, startsAt])).toEqual([
      ["active", "2030-06-08T12:00:00.600Z"],
    ]);
  } finally {
    await emulator.close();
  }
});
