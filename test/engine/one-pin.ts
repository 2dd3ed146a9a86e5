import type * as pulumi from "@pulumi/pulumi";
import * as seam from "../../sdk";
import type { DefaultKeys, Emulator } from "../../sdk/testing";

/** A program with one PIN credential, whose args and options can be changed between runs. */
export function onePin(emulator: Emulator<DefaultKeys>, changes: Partial<seam.AcsCredentialArgs> = {}) {
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
