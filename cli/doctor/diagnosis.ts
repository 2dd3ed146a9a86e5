import type { SettingPlace } from "../../provider/http/settings";
import type { SeamWorkspace } from "../../provider/http/workspace";

/** What `pulumi-seam doctor` found out. Nothing in it is a secret. */
export interface Diagnosis {
  readonly schemaVersion: 1;
  readonly generatedAt: string;
  readonly account: Account;
  readonly network: Network;
  /** Left out where nobody could be asked. */
  readonly seam?: Seam;
  readonly software: Software;
  readonly program: Program;
  readonly problems: readonly Problem[];
}

export interface Problem {
  /** `error`: it failed, or could not be found out. `attention`: somebody should look at it. */
  readonly severity: "error" | "attention";
  readonly text: string;
}

/** A part of a diagnosis, and what is wrong with it. */
export interface Found<T> {
  readonly part: T;
  readonly problems: readonly Problem[];
}

export interface Account {
  /** Whose config was read. */
  readonly stack?: string;
  readonly settings: readonly SettingPlace[];
}

export interface Network {
  readonly endpoint?: string;
  /** Without user and password; left out where Seam is reached directly. */
  readonly proxy?: string;
  /** File that NODE_EXTRA_CA_CERTS names. */
  readonly extraCertificates?: string;
}

export interface Seam {
  readonly workspace: SeamWorkspace;
  /** By how much this machine's clock is ahead of Seam's, in whole seconds; behind it below zero. */
  readonly clockAheadSeconds?: number;
  readonly systems?: readonly AccessSystem[];
}

export interface AccessSystem {
  readonly acsSystemId: string;
  readonly name: string;
  /** The kind of system, as people call it. */
  readonly type: string;
  readonly errors: readonly Report[];
  readonly warnings: readonly Report[];
}

/** An error or warning of Seam's on an object. */
export interface Report {
  readonly code: string;
  readonly message: string;
}

export interface Software {
  /** This command. */
  readonly pulumiSeam: Installed;
  readonly node: string;
  /** The Pulumi CLI. */
  readonly pulumi?: Installed;
}

/** The program of the project here, or one that would stand here. */
export interface Program {
  readonly folder: string;
  /** `nodejs`, `yaml` …; left out where there is no project. */
  readonly runtime?: string;
  /** The `pulumi-seam` that runs its resources: for other languages than Node's, the provider plugin's. */
  readonly pulumiSeam?: Installed;
  /** Packages over which Pulumi finds `pulumi-seam` where it is not at the top. */
  readonly through?: readonly string[];
  /** The `@pulumi/pulumi` of a program for Node. */
  readonly sdk?: Installed;
}

export interface Installed {
  readonly version: string;
  readonly folder: string;
}

export function error(text: string): Problem {
  return { severity: "error", text };
}

export function attention(text: string): Problem {
  return { severity: "attention", text };
}
