import * as fs from "node:fs";
import type * as pulumi from "@pulumi/pulumi";
import * as seam from "../../sdk";
import {
  assertChanges,
  assertNoChanges,
  assertRequests,
  type DefaultKeys,
  type Emulator,
  type StackResult,
  startEmulator,
  withStack,
} from "../../sdk/testing";

const CREATE = "/acs/credentials/create";
const DELETE = "/acs/credentials/delete";
const UPDATE = "/acs/credentials/update";

let emulator: Emulator<DefaultKeys>;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());

/** A program with one PIN credential, whose args and options can be changed between runs. */
function onePin(changes: Partial<seam.AcsCredentialArgs> = {}) {
  const declared = {
    args: {
      accessMethod: "code",
      acsUserId: emulator.ids.acsUsers["salto-ks/ada"],
      code: "80808080",
      startsAt: "2035-01-01T00:00:00Z",
      endsAt: "2035-02-01T00:00:00Z",
      ...changes,
    } as seam.AcsCredentialArgs,
    opts: {} as pulumi.CustomResourceOptions,
    isDeclared: true,
  };
  const program = async () => {
    if (!declared.isDeclared) return {};
    const pin = new seam.AcsCredential("pin", declared.args, declared.opts);
    return { id: pin.id, code: pin.code };
  };
  return { declared, program };
}

const live = (id: unknown) =>
  emulator.credentials().find((credential) => credential.acs_credential_id === id);

describe("an AcsCredential on the engine", () => {
  it("is created, stays, is updated, replaced, found changed, put right, and taken away", async () => {
    const { declared, program } = onePin();
    await withStack({ emulator, program }, async (stack) => {
      assertChanges(await stack.preview(), { pin: "created" });
      expect(emulator.credentials()).toEqual([]);
      const { outputs } = await stack.up();
      expect(outputs["code"]).toBe("80808080");
      expect(live(outputs["id"])).toMatchObject({ code: "80808080", ends_at: "2035-02-01T00:00:00.000Z" });

      // The same, written in another way.
      declared.args = { ...declared.args, startsAt: "2035-01-01T02:00:00+02:00", allowedAcsEntranceIds: [] };
      emulator.requests.clear();
      assertNoChanges(await stack.preview());
      expect(emulator.requests.count()).toBe(0);
      assertNoChanges(await stack.up());

      declared.args = { ...declared.args, endsAt: "2035-03-01T00:00:00Z", code: "90909090" };
      assertChanges(await stack.up(), { pin: "updated" });
      assertRequests(emulator, [
        { path: UPDATE, body: { acs_credential_id: outputs["id"], ends_at: "2035-03-01T00:00:00.000Z" } },
      ]);
      expect(live(outputs["id"])).toMatchObject({ code: "90909090" });

      const id = String(outputs["id"]);
      emulator.edit.acsCredential(id, { code: "111111", ends_at: "2039-01-01T00:00:00.000Z" });
      assertChanges(await stack.refresh(), { pin: "updated" });
      assertChanges(await stack.preview(), { pin: "updated" });
      assertChanges(await stack.up(), { pin: "updated" });
      expect(live(id)).toMatchObject({ code: "90909090", ends_at: "2035-03-01T00:00:00.000Z" });

      declared.args = {
        ...declared.args,
        allowedAcsEntranceIds: [emulator.ids.acsEntrances["salto-ks/garage"]],
      };
      const replaced = await stack.up();
      assertChanges(replaced, { pin: "replaced" });
      expect(live(id)).toBeUndefined();
      expect(live(replaced.outputs["id"])?.allowed_acs_entrance_ids).toEqual([
        emulator.ids.acsEntrances["salto-ks/garage"],
      ]);

      emulator.edit.deleteAcsCredential(String(replaced.outputs["id"]));
      assertChanges(await stack.refresh(), { pin: "deleted" });
      assertChanges(await stack.up(), { pin: "created" });

      declared.isDeclared = false;
      assertChanges(await stack.up(), { pin: "deleted" });
      expect(emulator.credentials()).toEqual([]);
    });
  });

  it("leaves no PIN, key or token in clear in the state, and a provider text of at most 80 bytes", async () => {
    const { program } = onePin();
    const generated = async () => ({
      ...(await program()),
      generated: new seam.AcsCredential("generated", {
        accessMethod: "code",
        acsUserId: emulator.ids.acsUsers["salto-ks/ben"],
      }).code,
    });
    await withStack({ emulator, program: generated }, async (stack) => {
      const { outputs } = await stack.up();
      await stack.refresh();
      const state = fs.readFileSync(stack.stateFile, "utf8");
      expect(outputs["generated"]).toMatch(/^\d+$/);
      for (const secret of ["80808080", `"${outputs["generated"]}"`, emulator.apiKey]) {
        expect(state).not.toContain(secret);
      }
      const texts = [...state.matchAll(/"__provider":\s*("(?:[^"\\]|\\.)*")/g)].map(([, text]) =>
        JSON.parse(text as string),
      );
      expect(new Set(texts)).toEqual(
        new Set(['exports.handler=()=>require("pulumi-seam/provider").AcsCredential']),
      );
    });
  });

  it("stores where the program declares it, without the frames that started the program", async () => {
    const { program } = onePin();
    await withStack({ emulator, program }, async (stack) => {
      await stack.up();
      const { checkpoint } = JSON.parse(fs.readFileSync(stack.stateFile, "utf8"));
      const { stackTrace } = checkpoint.latest.resources.at(-1);
      const frames: string[] = stackTrace.map((frame: { sourcePosition?: string }) => frame.sourcePosition);
      expect(frames.at(-1)).toMatch(/acs-credential\.test\.ts#\d+,\d+$/);
      expect(frames.join()).not.toContain("@pulumi");
    });
  });

  it("reports five mistakes in one preview, and sends nothing", async () => {
    const { program } = onePin({
      accessMethod: "pin" as "code",
      code: "12ab34",
      endsAt: "2020-01-01T00:00:00Z",
      allowedAcsEntranceIds: ["front door"],
      ...{ start_at: "2035-01-01T00:00:00Z" },
      startsAt: "2019-01-01T00:00:00Z",
    });
    emulator.requests.clear();
    await withStack({ emulator, program }, async (stack) => {
      const { message } = await stack.preview().catch((error) => error);
      for (const path of ["accessMethod", "code", "endsAt", "allowedAcsEntranceIds[0]", "start_at"]) {
        expect(message).toContain(`has a problem: ${path}: `);
      }
      expect(message.split("has a problem").length - 1).toBe(5);
      expect(message).not.toContain("12ab34");
      expect(emulator.requests.count()).toBe(0);
    });
  });

  it("refuses in the preview a replacement that would be over already", async () => {
    const { declared, program } = onePin({ startsAt: "2001-01-01T00:00:00Z" });
    await withStack({ emulator, program }, async (stack) => {
      const { outputs } = await stack.up();
      declared.args = { ...declared.args, endsAt: "2002-01-01T00:00:00Z", isMultiPhoneSyncCredential: true };
      await expect(stack.preview()).rejects.toThrow(/endsAt: .* is in the past/);
      expect(live(outputs["id"])).toBeDefined();
    });
  });

  it("creates the replacement first, except where both cannot exist together", async () => {
    let startsAt = "2035-01-01T00:00:00Z";
    const program = async () => {
      const end = { endsAt: "2036-01-01T00:00:00Z" };
      const door = emulator.ids.acsEntrances["visionline/lobby"];
      new seam.AcsCredential("visionline", {
        accessMethod: "card",
        acsUserId: emulator.ids.acsUsers["visionline/cleo"],
        allowedAcsEntranceIds: [door],
        visionlineMetadata: { cardFormat: "rfid48" },
        startsAt,
        ...end,
      });
      new seam.AcsCredential("space", {
        accessMethod: "card",
        acsUserId: emulator.ids.acsUsers["salto-space/cleo"],
        saltoSpaceMetadata: { assignNewKey: true },
        startsAt,
        ...end,
      });
    };
    await withStack({ emulator, program }, async (stack) => {
      await stack.up();
      startsAt = "2035-06-01T00:00:00Z";
      const { operations } = await stack.up();
      const steps = (name: string) =>
        operations.filter((operation) => operation.name === name).map(({ op }) => op);
      expect(steps("visionline")).toEqual(["create-replacement", "replace", "delete-replaced"]);
      expect(steps("space")).toEqual(["delete-replaced", "replace", "create-replacement"]);
      expect(emulator.credentials()).toHaveLength(2);
    });
  });

  it("reads a credential that the stack does not own, and fails for one that does not exist", async () => {
    const { program } = onePin();
    await withStack({ emulator, program }, async (owner) => {
      const { outputs } = await owner.up();
      let id = String(outputs["id"]);
      const reader = async () => {
        const pin = seam.AcsCredential.get("theirs", id);
        return { userId: pin.acsUserId, code: pin.code };
      };
      await withStack({ emulator, program: reader, projectName: "reader" }, async (stack) => {
        const read = await stack.up();
        expect(read.outputs).toEqual({ userId: emulator.ids.acsUsers["salto-ks/ada"], code: "80808080" });
        expect(fs.readFileSync(stack.stateFile, "utf8")).not.toContain("80808080");
        id = "00000000-0000-4000-8000-000000000000";
        await expect(stack.up()).rejects.toThrow(
          /Cannot read acs_credential 00000000-.*acs_credential_not_found/,
        );
      });
      expect(live(outputs["id"])).toBeDefined();
    });
  });
});

describe("Pulumi's resource options on an AcsCredential", () => {
  /** What one stack did: deployed, changed in all these ways at once, and a protected credential given up. */
  interface Story {
    readonly created: readonly unknown[];
    readonly ids: Readonly<Record<string, unknown>>;
    readonly changed: StackResult;
    readonly deletes: number;
    readonly kept: { readonly retained: boolean; readonly protected: boolean };
    readonly refusal: unknown;
  }
  let story: Story;

  beforeAll(async () => {
    let phase = 1;
    const program = async () => {
      const card = (
        name: string,
        args: Partial<seam.AcsCredentialArgs>,
        opts: pulumi.CustomResourceOptions = {},
      ) =>
        new seam.AcsCredential(
          name,
          {
            accessMethod: "card",
            acsUserId: emulator.ids.acsUsers["salto-ks/eve"],
            endsAt: "2036-01-01T00:00:00Z",
            ...args,
          },
          opts,
        );
      const year = 2034 + phase;
      const ignored = card(
        "ignored",
        { startsAt: `${year}-01-01T00:00:00Z` },
        { ignoreChanges: ["startsAt"] },
      );
      const replaced = card(
        "replaced",
        { endsAt: `${year}-06-01T00:00:00Z` },
        { replaceOnChanges: ["endsAt"] },
      );
      const renamed = card(phase === 1 ? "old-name" : "new-name", {}, { aliases: [{ name: "old-name" }] });
      const ids: Record<string, pulumi.Output<string>> = {
        ignored: ignored.id,
        replaced: replaced.id,
        renamed: renamed.id,
      };
      if (phase < 3) ids["protected"] = card("protected", {}, { protect: true }).id;
      if (phase === 1) {
        ids["retained"] = card("retained", {}, { retainOnDelete: true }).id;
        const first = card("first", { accessMethod: "code" });
        card(
          "second",
          { accessMethod: "mobile_key", isMultiPhoneSyncCredential: true },
          { dependsOn: first },
        );
      }
      return ids;
    };
    await withStack({ emulator, program }, async (stack) => {
      emulator.requests.clear();
      const { outputs: ids } = await stack.up();
      const created = emulator.requests
        .all({ path: CREATE })
        .map(({ body }) => (body as { access_method: string }).access_method);
      phase = 2;
      emulator.requests.clear();
      const changed = await stack.up();
      const deletes = emulator.requests.count(DELETE);
      phase = 3;
      const refusal = await stack.up().catch((error: Error) => error);
      const kept = {
        retained: live(ids["retained"]) !== undefined,
        protected: live(ids["protected"]) !== undefined,
      };
      story = { created, ids, changed, deletes, kept, refusal };
      emulator.edit.deleteAcsCredential(String(ids["retained"]));
    });
  });

  const operationsOn = (name: string) =>
    story.changed.operations.filter((operation) => operation.name === name).map(({ op }) => op);

  it("ignoreChanges keeps what is there", () => {
    expect(operationsOn("ignored")).toEqual(["same"]);
    expect(story.changed.outputs["ignored"]).toBe(story.ids["ignored"]);
  });

  it("replaceOnChanges replaces where an update would do", () => {
    expect(operationsOn("replaced")).toEqual(["create-replacement", "replace", "delete-replaced"]);
    expect(story.changed.outputs["replaced"]).not.toBe(story.ids["replaced"]);
  });

  it("aliases rename without touching the door", () => {
    expect(operationsOn("new-name")).toEqual(["same"]);
    expect(story.changed.outputs["renamed"]).toBe(story.ids["renamed"]);
  });

  it("retainOnDelete forgets a credential without revoking it", () => {
    expect(story.kept.retained).toBe(true);
    // The replaced one, and the two of dependsOn.
    expect(story.deletes).toBe(3);
  });

  it("protect keeps a credential whose declaration was removed", () => {
    expect(String(story.refusal)).toMatch(/protect/);
    expect(story.kept.protected).toBe(true);
  });

  it("dependsOn orders creation, and deletion the other way round", () => {
    expect(story.created.filter((method) => method !== "card")).toEqual(["code", "mobile_key"]);
    const deleted = story.changed.operations.filter(({ op }) => op === "delete").map(({ name }) => name);
    expect(deleted.filter((name) => name !== "retained")).toEqual(["second", "first"]);
  });
});
