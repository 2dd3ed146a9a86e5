import { mkdir, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import {
  type ConfigMap,
  LocalWorkspace,
  type ProjectSettings,
  PulumiCommand,
  type PulumiFn,
  Stack,
} from "@pulumi/pulumi/automation";
import { findPulumiCli } from "./pulumi-cli";
import { TestStack } from "./test-stack";

/** What a stack is to be made of. */
export interface WithStackOptions {
  /** The Seam that the stack deploys to: an emulator, or another process's by these three. */
  readonly emulator: { readonly url: string; readonly apiKey: string; readonly workspaceId: string };
  /** The Pulumi program, run in this process. Either this … */
  readonly program?: PulumiFn;
  /**
   * … or the folder of a Pulumi project, run as `pulumi up` typed there would run it. Nothing is written
   * into it. Paths in its `Pulumi.yaml` other than `main` have to be absolute.
   *
   * With `program`: the folder from where `pulumi-seam` is found; default: the working directory.
   */
  readonly workDir?: string;
  /**
   * Stack config besides Seam's: texts, secrets and lists of texts, such as
   * `{ "hotel:floor": "2", "hotel:pin": { value: "1234", secret: true }, "hotel:doors": ["lobby", "gym"] }`.
   */
  readonly config?: Readonly<
    Record<string, string | readonly string[] | { readonly value: string; readonly secret?: boolean }>
  >;
  /** Default `test`. */
  readonly stackName?: string;
  /** Default `test`, or the name that the project in `workDir` has. */
  readonly projectName?: string;
  /** Environment variables of the `pulumi` command, over those of this process. */
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Runs a test on a stack of its own: real Pulumi engine, state in a temporary folder, Seam's settings taken
 * from the emulator. Afterwards everything is destroyed and removed, in any case; an error of the test wins
 * over one of the destruction.
 *
 * @returns what `test` returns
 * @throws Error if there is no usable Pulumi CLI on PATH or under `~/.pulumi/versions`
 */
export async function withStack<T>(
  options: WithStackOptions,
  test: (stack: TestStack) => Promise<T>,
): Promise<T> {
  if (options.program === undefined && options.workDir === undefined)
    throw new Error("withStack needs a program, or the workDir of a Pulumi project");
  const root = await mkdtemp(join(tmpdir(), "pulumi-seam-"));
  try {
    const stack = await createStack(root, options);
    let result: T;
    try {
      result = await test(stack);
    } catch (error) {
      await stack.clear().catch((left: unknown) => process.emitWarning(`After a failed test: ${left}`));
      throw error;
    }
    await stack.clear();
    return result;
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

async function createStack(root: string, options: WithStackOptions): Promise<TestStack> {
  const [project, backend, home] = ["project", "backend", "home"].map((name) => join(root, name)) as [
    string,
    string,
    string,
  ];
  await Promise.all([project, backend, home].map((folder) => mkdir(folder)));
  const pulumiCommand = await pulumi();
  const folder = resolve(options.workDir ?? ".");
  // The project's settings lie in the temporary folder and lead to the program's through this link: so
  // Pulumi writes nothing beside the program, and still finds packages from there.
  await symlink(folder, join(project, "program"), "junction");
  const settings = await projectSettings(options, folder, pulumiCommand);
  const workspace = await LocalWorkspace.create({
    workDir: project,
    pulumiHome: home,
    pulumiCommand,
    projectSettings: settings,
    ...(options.program && { program: options.program }),
    envVars: {
      PULUMI_BACKEND_URL: pathToFileURL(backend).href,
      PULUMI_CONFIG_PASSPHRASE: "pulumi-seam-testing",
      PULUMI_CONFIG_PASSPHRASE_FILE: "",
      PULUMI_ACCESS_TOKEN: "",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS: "true",
      PULUMI_SKIP_CHECKPOINTS: "true",
      ...options.env,
    },
  });
  const stack = await Stack.create(options.stackName ?? "test", workspace);
  const { values, items } = stackConfig(options);
  await stack.setAllConfig(values);
  if (Object.keys(items).length > 0) await stack.setAllConfig(items, true);
  const stateFile = join(backend, ".pulumi", "stacks", settings.name, `${stack.name}.json`);
  return new TestStack(stack, stateFile);
}

async function projectSettings(
  { program, workDir, projectName }: WithStackOptions,
  folder: string,
  pulumiCommand: PulumiCommand,
): Promise<ProjectSettings> {
  if (program !== undefined || workDir === undefined)
    return { name: projectName ?? "test", runtime: "nodejs", main: "program" };
  const settings = await (await LocalWorkspace.create({ workDir: folder, pulumiCommand })).projectSettings();
  return {
    ...settings,
    ...(projectName !== undefined && { name: projectName }),
    main: join("program", settings.main ?? ""),
  };
}

/** The values to set, and apart from them the items of lists, whose keys are paths. */
function stackConfig({ emulator, config = {} }: WithStackOptions): { values: ConfigMap; items: ConfigMap } {
  const values: ConfigMap = {
    "seam:endpoint": { value: emulator.url },
    "seam:apiKey": { value: emulator.apiKey, secret: true },
    "seam:workspaceId": { value: emulator.workspaceId },
  };
  const items: ConfigMap = {};
  for (const [key, value] of Object.entries(config)) {
    if (typeof value === "string") values[key] = { value };
    else if ("value" in value) values[key] = value;
    else for (const [index, item] of value.entries()) items[`${key}[${index}]`] = { value: item };
  }
  return { values, items };
}

let found: Promise<PulumiCommand> | undefined;

function pulumi(): Promise<PulumiCommand> {
  found ??= findPulumi();
  return found;
}

async function findPulumi(): Promise<PulumiCommand> {
  const { cli, rejected } = findPulumiCli();
  if (cli !== undefined) return PulumiCommand.get(cli.where === "PATH" ? {} : { root: dirname(cli.bin) });
  const seen = rejected.length > 0 ? `\nNot usable:\n${rejected.map((line) => `  ${line}`).join("\n")}` : "";
  throw new Error(
    `withStack needs the Pulumi CLI, and none is on PATH or under ~/.pulumi/versions.${seen}\n` +
      "Install it from https://www.pulumi.com/docs/install/ and put it on PATH.",
  );
}
