import * as pulumi from "@pulumi/pulumi";
import { isSecretName } from "../../provider/wire/secrets";
import { giveNotices } from "../program/notices";
import { textInProgram } from "../program/provider-text";

/** A class of resources of this package. */
interface SeamClass {
  /** Ends with what `pulumi-seam/provider` exports for it. */
  readonly __pulumiType: string;
}

/**
 * What the constructor of Pulumi's `CustomResource` takes for a resource of this package.
 * @param outputs every output, each `undefined`, so that programs can use it before the engine has answered
 */
export function registration(
  { __pulumiType: type }: SeamClass,
  name: string,
  outputs: Readonly<Record<string, undefined>>,
  args: object,
  opts: pulumi.CustomResourceOptions | undefined,
): [type: string, name: string, inputs: pulumi.Inputs, opts: pulumi.CustomResourceOptions | undefined] {
  giveNotices();
  const inputs: pulumi.Inputs = { ...outputs, ...args, __provider: textInProgram(nameIn(type)) };
  for (const secret of Object.keys(args).filter(isSecretName)) {
    if (inputs[secret] !== undefined) inputs[secret] = pulumi.secret(inputs[secret]);
  }
  const additionalSecretOutputs = Object.keys(outputs).filter(isSecretName);
  const hasSecrets = additionalSecretOutputs.length > 0;
  return [type, name, inputs, hasSecrets ? pulumi.mergeOptions(opts, { additionalSecretOutputs }) : opts];
}

/** Whether a value is a resource of the class, even one that another copy of this package has made. */
export function isOfClass({ __pulumiType: type }: SeamClass, value: unknown): boolean {
  return (value as { readonly __pulumiType?: unknown } | undefined)?.__pulumiType === type;
}

function nameIn(type: string): string {
  return type.slice(type.lastIndexOf(":") + 1);
}
