import type * as pulumi from "@pulumi/pulumi";
import * as seam from "pulumi-seam";
import {
  type DefaultKeys,
  type Emulator,
  startEmulator,
  type TestStack,
  withStack,
} from "pulumi-seam/testing";
import { post } from "../emulator/api";
import { pulumiSeam, start } from "./commands";

const CARD_NUMBER = "04A1B2C3D4E5F6";

describe("a card that a stack declares", () => {
  let emulator: Emulator<DefaultKeys>;

  beforeEach(async () => {
    emulator = await startEmulator({ delays: { cardMs: 300 } });
    [door, checkOut] = ["room-101", "2035-06-23T11:00:00Z"];
  });
  afterEach(() => emulator.close());

  let door: "room-101" | "room-103";
  let checkOut: string;
  const program = async () => {
    const { ids } = emulator;
    new seam.AcsCredential("ada", {
      accessMethod: "card",
      acsUserId: ids.acsUsers["visionline/ada"],
      allowedAcsEntranceIds: [ids.acsEntrances[`visionline/${door}`]],
    });
    new seam.GuestStay("stay", {
      reservation: "1017",
      guest: { fullName: "Gus Guest", emailAddress: "gus@example.com" },
      acsSystemId: ids.acsSystems.visionline,
      doors: ["Room 102"],
      checkIn: "2035-06-19T15:00:00Z",
      checkOut,
      methods: ["card", "mobile_key"],
    });
    new seam.AcsCredential("pin", { accessMethod: "code", acsUserId: ids.acsUsers["brivo/ada"] });
  };
  const isIssued = (id: string) =>
    emulator.credentials().find(({ acs_credential_id }) => acs_credential_id === id)?.is_issued;

  it("is written by the command line onto what somebody puts on an encoder, and a mistake says what there is", () =>
    withStack({ emulator, program }, async (stack) => {
      await stack.up();
      const ada = await idOf(stack, "ada");
      const desk = emulator.ids.acsEncoders["visionline/front-desk"];

      const listed = await pulumiSeam(stack, "encoders");
      expect(listed).toMatchObject({
        code: 0,
        stdout: expect.stringMatching(/Front desk +Visionline property +.* ready/),
      });
      const { encoders } = JSON.parse((await pulumiSeam(stack, "encoders", "--json")).stdout);
      expect(encoders).toContainEqual(expect.objectContaining({ acsEncoderId: desk, errors: [] }));

      await post(emulator, "/acs/encoders/simulate/next_credential_encode_will_fail", {
        acs_encoder_id: desk,
      });
      expect(await pulumiSeam(stack, "encode", "ada", "--encoder", "Front desk")).toMatchObject({
        code: 2,
        stderr: expect.stringContaining("Nobody has put a card on it in time."),
      });
      expect(isIssued(ada)).toBe(false);

      const encoded = await pulumiSeam(stack, "encode", "ada", "--encoder", "Front desk");
      expect(encoded).toMatchObject({
        code: 0,
        stdout: `ada (acs_credential ${ada}) is on the card. \`pulumi up --refresh\` takes that into the state.\n`,
        stderr: "",
      });
      expect(isIssued(ada)).toBe(true);
      const again = await pulumiSeam(stack, "encode", "ada", "--encoder", desk, "--json");
      expect(again.code).toBe(1);
      expect(JSON.parse(again.stdout)).toMatchObject({
        status: "error",
        type: "credential_cannot_be_reissued",
      });

      const stay = await pulumiSeam(stack, "encode", "stay", "--encoder", "Front desk");
      expect(stay).toMatchObject({
        code: 0,
        stdout: expect.stringMatching(/^stay-access \(access_method \S+\) is on/),
      });
      await stack.refresh();
      expect(await outputsOf(stack, "ada")).toMatchObject({ isIssued: true });
      const { accessMethods } = await outputsOf(stack, "stay-access");
      expect(JSON.parse((accessMethods as { plaintext: string }).plaintext)).toMatchObject([
        { mode: "card", isIssued: true, isEncodingRequired: false },
        { mode: "mobile_key" },
      ]);

      [door, checkOut] = ["room-103", "2035-06-24T11:00:00Z"];
      const told = toldIn(await stack.preview());
      expect(told).toMatch(
        /AcsCredential \S+ \(".*"\): .* opens nothing after this change, until somebody encodes a new card/,
      );
      expect(told).toMatch(/AccessGrant \S+ \(".*"\): .* opens nothing/);
      expect(told).toContain("That makes 2 in this run.");

      emulator.requests.clear();
      for (const [args, says] of [
        [
          ["ida", "-e", "Front desk"],
          /no credential or access grant named "ida". It has ada, pin, stay-access\./,
        ],
        [["pin", "-e", "Front desk"], /pin is a code and no card/],
        [["ada", "-e", "Frontdesk 1"], /no encoder "Frontdesk 1".*Did you mean "Front desk"\?/s],
        [["ada", "-e", emulator.ids.acsEncoders["vostio/front-desk"]], /belongs to Vostio property/],
      ] as const) {
        const { code, stderr } = await pulumiSeam(stack, "encode", ...args);
        expect(stderr).toMatch(says);
        expect(code).toBe(1);
      }
      expect(emulator.requests.count("/acs/encoders/encode_credential")).toBe(0);

      const refused = start(stack, process.execPath, [CLI, "assign", "stay"], `${CARD_NUMBER}\n`);
      const { code, stdout, stderr } = await refused.ended;
      expect({ code, stderr }).toEqual({
        code: 1,
        stderr: expect.stringContaining("does not wait for a card"),
      });
      expect(stdout + stderr).not.toContain(CARD_NUMBER);
    }));

  describe("declared alone", () => {
    let doors: ("room-101" | "room-102" | "room-103")[] = [];
    let opts: pulumi.CustomResourceOptions = {};
    let isDeclared = true;
    const card = async () => {
      if (!isDeclared) return;
      const { acsEntrances, acsUsers } = emulator.ids;
      new seam.AcsCredential(
        "ada",
        {
          accessMethod: "card",
          acsUserId: acsUsers["visionline/ada"],
          allowedAcsEntranceIds: doors.map((key) => acsEntrances[`visionline/${key}`]),
        },
        opts,
      );
    };
    const ids = () => emulator.credentials().map((credential) => credential.acs_credential_id);
    beforeEach(() => {
      [doors, opts, isDeclared] = [["room-101"], {}, true];
    });

    it("stays in Seam with retainOnDelete when it is replaced and when it is removed, and goes when the next is encoded", () =>
      withStack({ emulator, program: card }, async (stack) => {
        opts = { retainOnDelete: true };
        await stack.up();
        const first = await idOf(stack, "ada");
        emulator.edit.encodeCard(first, CARD_NUMBER);
        await stack.refresh();
        doors = ["room-101", "room-102"];
        await stack.up();
        const second = await idOf(stack, "ada");
        expect(ids().sort()).toEqual([first, second].sort());
        emulator.edit.encodeCard(second, "second");
        await stack.refresh();
        await stack.up();
        expect(ids()).toEqual([second]);

        doors = ["room-103"];
        await stack.up();
        const third = await idOf(stack, "ada");
        expect(ids().sort()).toEqual([second, third].sort());
        isDeclared = false;
        await stack.up();
        expect(ids().sort()).toEqual([second, third].sort());
      }));
  });
});

function toldIn({ diagnostics }: { readonly diagnostics: readonly { readonly message: string }[] }): string {
  return diagnostics.map(({ message }) => message).join("\n");
}

const CLI = require.resolve("../../dist/cli/main.js");

interface Resource {
  readonly urn: string;
  readonly id: string;
  readonly outputs: Record<string, unknown>;
}

async function resourceOf(stack: TestStack, name: string): Promise<Resource> {
  const { resources } = (await stack.exportStack()).deployment as { resources: Resource[] };
  return resources.find(({ urn }) => urn.endsWith(`::${name}`)) as Resource;
}

async function idOf(stack: TestStack, name: string): Promise<string> {
  return (await resourceOf(stack, name)).id;
}

async function outputsOf(stack: TestStack, name: string): Promise<Record<string, unknown>> {
  return (await resourceOf(stack, name)).outputs;
}
