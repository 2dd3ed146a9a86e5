import type * as pulumi from "@pulumi/pulumi";
import * as seam from "../../sdk";
import {
  type DefaultKeys,
  type Emulator,
  type StackResult,
  startEmulator,
  withStack,
} from "../../sdk/testing";

const CREATE = "/acs/credentials/create";
const DELETE = "/acs/credentials/delete";

let emulator: Emulator<DefaultKeys>;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());

const live = (id: unknown) =>
  emulator.credentials().find((credential) => credential.acs_credential_id === id);

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
