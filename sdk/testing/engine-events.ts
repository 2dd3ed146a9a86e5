import type { EngineEvent, OpType } from "@pulumi/pulumi/automation";
import { nameInUrn } from "../../provider/values/urn";

/** What the engine did, or in a preview would do, to one resource. */
export interface Operation {
  readonly urn: string;
  /** The name that the program gave the resource. */
  readonly name: string;
  /** Its type token, such as `pulumi-nodejs:dynamic/seam:AcsCredential`. */
  readonly type: string;
  /**
   * Pulumi's name of the step. A replacement has three: `create-replacement`, `replace` and
   * `delete-replaced`, the last one first when the resource is deleted before it is replaced. In a
   * refresh `update` is drift, `delete` something that is gone.
   */
  readonly op: OpType;
  /** The top-level properties that differ, where the engine names them. */
  readonly diffs: readonly string[];
  /** The step was tried and failed. */
  readonly failed: boolean;
}

/** Something that Pulumi printed. */
export interface Diagnostic {
  readonly severity: "info" | "warning" | "error";
  readonly message: string;
  /** The resource it is about, if any. */
  readonly urn?: string;
}

/** Gathers what a command's engine events say. */
export class EngineEvents {
  /** In the order in which they ended; without the stack itself and Pulumi's default providers. */
  readonly operations: Operation[] = [];
  readonly diagnostics: Diagnostic[] = [];
  /** The stack's outputs, with placeholders for secrets and what is not known yet. */
  outputs: Record<string, unknown> = {};
  hasSecretOutputs = false;

  /** To be handed to the Automation API. */
  readonly onEvent = (event: EngineEvent): void => {
    const { resOutputsEvent: done, resOpFailedEvent: failed, diagnosticEvent: diagnostic } = event;
    const step = done?.metadata ?? failed?.metadata;
    if (step?.type === "pulumi:pulumi:Stack") this.#takeOutputs(step.new?.outputs);
    else if (step !== undefined && !isDefaultProvider(step.type, nameInUrn(step.urn)))
      this.operations.push({
        urn: step.urn,
        name: nameInUrn(step.urn),
        type: step.type,
        op: step.op,
        diffs: step.diffs ?? step.keys ?? [],
        failed: failed !== undefined,
      });
    if (diagnostic !== undefined) this.#takeDiagnostic(diagnostic);
  };

  #takeOutputs(outputs: Record<string, unknown> | undefined): void {
    if (outputs === undefined) return;
    this.outputs = outputs;
    this.hasSecretOutputs = JSON.stringify(outputs).includes('"[secret]"');
  }

  #takeDiagnostic(diagnostic: NonNullable<EngineEvent["diagnosticEvent"]>): void {
    // Declared without "debug", which the SDK's own progress lines have.
    const severity: string = diagnostic.severity;
    if (diagnostic.ephemeral === true || severity === "debug") return;
    const message = diagnostic.message.replace(/<\{%.*?%\}>/g, "").trim();
    if (message === "") return;
    this.diagnostics.push({
      severity: severity === "error" || severity === "warning" ? severity : "info",
      message,
      ...(diagnostic.urn ? { urn: diagnostic.urn } : {}),
    });
  }
}

/** The engine makes them by itself, one for each package that a program uses. */
function isDefaultProvider(type: string, name: string): boolean {
  return type.startsWith("pulumi:providers:") && name.startsWith("default");
}
