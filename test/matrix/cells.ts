/** How a program is written and run. */
export type Program =
  | "CommonJS"
  | "ES modules"
  | "TypeScript, CommonJS"
  | "TypeScript, nodenext"
  | "TypeScript by tsx"
  | "TypeScript by Node"
  | "workspace, main: in a folder";

export type Installer = "npm" | "pnpm" | "Yarn" | "Yarn PnP";

/** One combination of what users choose. */
export interface Cell {
  readonly installer: Installer;
  readonly program: Program;
  /** Major version of Node that runs the program and the provider. */
  readonly node: number;
  /** Version of `@pulumi/pulumi`. */
  readonly pulumi: string;
}

export const NEWEST = "3.270.0";
const PROGRAMS: readonly Program[] = [
  "CommonJS",
  "ES modules",
  "TypeScript, CommonJS",
  "TypeScript, nodenext",
  "TypeScript by tsx",
  "TypeScript by Node",
  "workspace, main: in a folder",
];

const cell = (program: Program, other: Partial<Cell> = {}): Cell => ({
  installer: "npm",
  node: 24,
  pulumi: NEWEST,
  ...other,
  program,
});

/** Every choice at least once with the usual others, and the pairs that are known to disturb each other. */
export const CELLS: readonly Cell[] = [
  ...PROGRAMS.map((program) => cell(program)),
  ...(["pnpm", "Yarn"] as const).flatMap((installer) => [
    cell("CommonJS", { installer }),
    cell("ES modules", { installer }),
    cell("TypeScript, CommonJS", { installer }),
  ]),
  cell("CommonJS", { installer: "Yarn PnP" }),
  ...[22, 26].flatMap((node) => [
    cell("CommonJS", { node }),
    cell("TypeScript, CommonJS", { node }),
    cell("TypeScript by Node", { node }),
  ]),
  ...["3.216.0", "3.248.0"].flatMap((pulumi) => [
    cell("CommonJS", { pulumi }),
    cell("TypeScript, CommonJS", { pulumi }),
  ]),
];

export function titleOf({ installer, program, node, pulumi }: Cell): string {
  return `${installer}, ${program}, Node ${node}, @pulumi/pulumi ${pulumi}`;
}
