import { mkdir, symlink } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import {
  LocalWorkspace,
  type ProjectSettings,
  PulumiCommand,
  type PulumiFn,
  Stack,
} from "@pulumi/pulumi/automation";
import type { Faults } from "../../emulator/index";
import { keepEndedCallsQuiet } from "./ended-run";
import { findPulumiCli, noUsablePulumiCli } from "./pulumi-cli";
import { inSandbox } from "./sandbox";
import { type StackConfig, stackConfig } from "./stack-config";
import { TestStack } from "./test-stack";

/** What a stack is to be made of. */
export interface WithStackOptions {
  /**
   * The Seam that the stack deploys to: an emulator, or another process's by the first three. Its faults, if they
   * are given, rest while the stack is taken away.
   */
  readonly emulator: {
    readonly url: string;
    readonly apiKey: string;
    readonly workspaceId: string;
    readonly faults?: Pick<Faults, "suspend">;
  };
  /** The Pulumi program, run in this process. Either this … */
  readonly program?: PulumiFn;
  /**
   * … or the folder of a Pulumi project, run as `pulumi up` typed there would run it. Nothing is written
   * into it. Paths in its `Pulumi.yaml` other than `main` have to be absolute.
   *
   * With `program`: the folder from where `pulumi-seam` is found; default: the working directory.
   */
  readonly workDir?: string;
  /** Stack config besides Seam's. */
  readonly config?: StackConfig;
  /** Default `test`. */
  readonly stackName?: string;
  /** Default `test`, or the name that the project in `workDir` has. */
  readonly projectName?: string;
  /** Environment variables of the `pulumi` command, over those of this process. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Longer than a step that gets on: a request without an answer is sent again after 35 s, a deletion awaited for 60 s. */
const LONGEST_SILENCE_MS = 90_000;

/**
 * Runs a test on a stack of its own: real Pulumi engine, state in a temporary folder, Seam's settings taken
 * from the emulator. Afterwards everything is destroyed and removed, in any case; an error of the test wins
 * over one of the destruction. A command that still runs then is waited for, and is a mistake of a test that
 * else passes. If this process is told to end before, its `pulumi` processes and the folder go with it.
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
  if (options.program !== undefined) keepEndedCallsQuiet();
  return inSandbox(async (folder) => {
    const stack = await createStack(folder, options);
    let result: T;
    try {
      result = await test(stack);
      stack.requireIdle();
    } catch (error) {
      await takeAway(stack, options).catch((left: unknown) =>
        process.emitWarning(`After a failed test: ${left}`),
      );
      throw error;
    }
    await takeAway(stack, options);
    return result;
  });
}

/** Takes as long as it gets on: what hangs is given up, and killed with the sandbox. */
async function takeAway(stack: TestStack, { emulator }: WithStackOptions): Promise<void> {
  const resumeFaults = emulator.faults?.suspend();
  let watchdog: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_resolve, reject) => {
    const giveUp = () =>
      reject(
        new Error(
          `The stack could not be taken away: for ${LONGEST_SILENCE_MS / 1_000} s nothing was done to any resource. ` +
            `What the test deployed may still be in the Seam at ${emulator.url}.`,
        ),
      );
    watchdog = setTimeout(giveUp, LONGEST_SILENCE_MS);
  });
  try {
    await Promise.race([stack.clear(() => watchdog?.refresh()), silence]);
  } finally {
    clearTimeout(watchdog);
    resumeFaults?.();
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
      PULUMI_SELF_MANAGED_STATE_GZIP: "false",
      ...options.env,
    },
  });
  const stack = await Stack.create(options.stackName ?? "test", workspace);
  await setConfig(stack, options);
  const stateFile = join(backend, ".pulumi", "stacks", settings.name, `${stack.name}.json`);
  return new TestStack(stack, stateFile);
}

async function setConfig(stack: Stack, { emulator, config }: WithStackOptions): Promise<void> {
  const complete: StackConfig = {
    "seam:endpoint": emulator.url,
    "seam:apiKey": { value: emulator.apiKey, secret: true },
    "seam:workspaceId": emulator.workspaceId,
    ...config,
  };
  await stack.setAllConfigJson(stackConfig(complete)).catch((error: unknown) => {
    // The whole message shows the command that failed, and with it the secrets.
    const reason = /^error: (.*)$/m.exec(String(error))?.[1];
    throw new Error(`Pulumi does not take the stack's config: ${reason ?? "pulumi config set-all failed"}`);
  });
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

let found: Promise<PulumiCommand> | undefined;

/** Found once in a process. */
function pulumi(): Promise<PulumiCommand> {
  found ??= findPulumi();
  return found;
}

async function findPulumi(): Promise<PulumiCommand> {
  const search = findPulumiCli();
  if (search.cli === undefined) throw new Error(noUsablePulumiCli(search));
  return PulumiCommand.get(search.cli.where === "PATH" ? {} : { root: dirname(search.cli.bin) });
}
