import { AccessGrant } from "../../provider";
import { type DynamicProvider, dynamicProvider } from "../../provider/engine/dynamic";
import { ServerError } from "../../provider/http/errors";
import type { ResourceLifecycle } from "../../provider/lifecycle/lifecycle";
import { Run } from "../../provider/lifecycle/run";

const CONFIG = {
  get: (name: string) => ({ "seam:apiKey": "seam_test1Unit_aaaaaaaaaaaaaaaaaaaaaaaa" })[name],
};

/** A grant as the engine's side sees it, of which one function is the test's. */
function grantWith(own: Partial<ResourceLifecycle>): DynamicProvider {
  const provider = dynamicProvider({ ...AccessGrant.lifecycle, ...own }, new Run());
  void provider.configure?.({ config: CONFIG } as never);
  return provider;
}

describe("what goes to the engine", () => {
  it("holds no former PIN in a report, be it on the object or on a part of it", async () => {
    const report = { errorCode: "refused", message: "The PIN 4711 was refused" };
    const outputs = {
      errors: [report],
      warnings: [],
      accessMethods: [{ mode: "card", errors: [report], warnings: [] }],
    };
    const provider = grantWith({ read: async () => ({ outputs, inputs: {} }) });
    const known = { requestedAccessMethods: [{ mode: "code", code: "4711" }] };
    const read = await provider.read?.("id", known);
    expect(JSON.stringify(read?.props)).not.toContain("4711");
    expect(JSON.stringify(read?.props)).toContain("was refused");
  });

  it("marks a list that holds a secret as a whole, since Pulumi's SDK takes one mark off", async () => {
    const outputs = {
      errors: [],
      warnings: [],
      accessMethods: [{ mode: "code", code: "4711", errors: [], warnings: [] }],
    };
    const provider = grantWith({ read: async () => ({ outputs, inputs: {} }) });
    const { props } = (await provider.read?.("id", {})) ?? {};
    expect(props?.["accessMethods"]).toEqual({
      "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
      value: outputs.accessMethods,
    });
  });

  it("leaves an answer of Seam's that fails several resources as it is for the others", async () => {
    const details = { action: "read", path: "/x", advice: "Try again." };
    const shared = new ServerError({ ...details, reason: "failed with 4711" });
    const provider = grantWith({ read: () => Promise.reject(shared) });
    const failed = provider.read?.("id", { requestedAccessMethods: [{ mode: "code", code: "4711" }] });
    await expect(failed).rejects.toThrow(/failed with (?!4711)/);
    await expect(failed).rejects.toBeInstanceOf(ServerError);
    expect(shared.message).toContain("failed with 4711");
  });
});
