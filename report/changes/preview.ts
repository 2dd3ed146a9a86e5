import { z } from "zod";
import type { Properties } from "../../provider/values/record";

/** A resource's state in a preview; of its properties only known ones may leave this folder, they can hold secrets. */
export interface PreviewState {
  readonly id?: string | undefined;
  readonly inputs: Properties;
  readonly outputs: Properties;
  /** URNs of the resources that each input is made of. */
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  /** Read by the program, and not owned by the stack. */
  readonly external: boolean;
  /** In the old state of a replacement: deleted after the new one is made. */
  readonly delete: boolean;
  readonly retainOnDelete: boolean;
}

/** What would be done to one resource. */
export interface PreviewStep {
  readonly op: string;
  readonly urn: string;
  readonly oldState?: PreviewState | undefined;
  readonly newState?: PreviewState | undefined;
  /** Inputs that differ. */
  readonly diffReasons: readonly string[];
  /** Those of them for which the resource would be replaced. */
  readonly replaceReasons: readonly string[];
}

/** What `pulumi preview --json` prints, as far as it is read here. */
export interface Preview {
  readonly steps: readonly PreviewStep[];
  /** How many resources stay as they are and are not among the steps. */
  readonly leftOut: number;
  /** Name of the stack; of an empty preview there is none. */
  readonly stack: string | undefined;
}

/** What was given is no preview, or one that says less than the whole. */
export class PreviewError extends Error {
  override readonly name = "PreviewError";
}

/** @throws PreviewError without a value of the text in it: previews can hold secrets in clear */
export function readPreview(text: string): Preview {
  const json = parsed(text);
  const read = PREVIEW.safeParse(json);
  if (!read.success) {
    const paths = read.error.issues.map(({ path }) => path.slice(0, 3).join(".") || "the whole");
    throw new PreviewError(
      `${NOT_A_PREVIEW} What is at ${[...new Set(paths)].join(", ")} is something else.`,
    );
  }
  const { steps, diagnostics, changeSummary } = read.data;
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  if (errors.length > 0) {
    // What they say is not shown: any package and any program may put anything into it.
    const names = errors.flatMap(({ urn }) => (urn ? [urn.split("::").slice(3).join("::")] : []));
    const where = names.length > 0 ? ` (at ${[...new Set(names)].join(", ")})` : "";
    throw new PreviewError(
      `The preview failed with ${errors.length} error${errors.length > 1 ? "s" : ""}${where}, so it shows a part of the change only. \`pulumi preview\` says what is wrong.`,
    );
  }
  const shown = steps.filter(({ op }) => op === "same").length;
  const refreshed = new Set(steps.flatMap(({ op, urn }) => (op === "refresh" ? [urn] : []))).size;
  return {
    steps,
    leftOut: refreshed > 0 ? 0 : Math.max(0, (changeSummary["same"] ?? 0) - shown),
    stack: steps[0]?.urn.split("::")[0]?.replace("urn:pulumi:", ""),
  };
}

function parsed(text: string): unknown {
  if (text.trim() === "") {
    throw new PreviewError(
      "There is no preview: what was read is empty. `pulumi preview --json` may have failed before it began; what it wrote to standard error says why.",
    );
  }
  try {
    return JSON.parse(text);
  } catch {
    const isStream = /^\s*\{"sequence":/.test(text);
    throw new PreviewError(
      isStream
        ? "This is a stream of the engine's events: leave out PULUMI_ENABLE_STREAMING_JSON_PREVIEW, and `pulumi preview --json` prints one object."
        : `${NOT_A_PREVIEW} It is not JSON.`,
    );
  }
}

const NOT_A_PREVIEW = "This is not what `pulumi preview --json` prints.";

const properties = z
  .record(z.string(), z.unknown())
  .nullish()
  .transform((value) => value ?? {});
const flag = z
  .boolean()
  .nullish()
  .transform((value) => value ?? false);
const texts = z
  .array(z.string())
  .nullish()
  .transform((value) => value ?? []);

const STATE = z.object({
  id: z.string().optional(),
  inputs: properties,
  outputs: properties,
  propertyDependencies: z
    .record(z.string(), texts)
    .nullish()
    .transform((value) => value ?? {}),
  external: flag,
  delete: flag,
  retainOnDelete: flag,
});

const STEP = z.object({
  op: z.string(),
  urn: z.string(),
  oldState: STATE.optional(),
  newState: STATE.optional(),
  diffReasons: texts,
  replaceReasons: texts,
});

const PREVIEW = z.object({
  steps: z.array(STEP),
  diagnostics: z
    .array(z.object({ severity: z.string().optional(), urn: z.string().optional() }))
    .nullish()
    .transform((value) => value ?? []),
  changeSummary: z
    .record(z.string(), z.number())
    .nullish()
    .transform((value) => value ?? {}),
});
