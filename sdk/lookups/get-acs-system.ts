import type * as pulumi from "@pulumi/pulumi";
import type { SeamObjectError, SeamObjectWarning } from "../errors-and-warnings";
import { type Asked, ask, askOutput, type LookUp, type LookUpInputs, type LookUpOptions } from "./look-up";
import { theOne, wayOf } from "./match";

/** How {@link getAcsSystem} finds the system: by one of these. */
export interface GetAcsSystemArgs {
  /** Seam's id. */
  acsSystemId?: string;
  /** Its name, exactly. */
  name?: string;
}

/** An access system, as Seam tells it; what is null there is absent. */
export interface GetAcsSystemResult {
  /** Seam's id. */
  acsSystemId: string;
  /** Its name. */
  name: string;
  /** Vendor's kind of system, such as `salto_ks_site`. */
  externalType?: string;
  /** The same, in words for people. */
  externalTypeDisplayName?: string;
  /** Whether it issues mobile keys for other systems. */
  isCredentialManager: boolean;
  /** Credential manager that issues its mobile keys. */
  defaultCredentialManagerAcsSystemId?: string;
  /** Seam's connection to the vendor account. */
  connectedAccountId: string;
  /** How many users it has. */
  acsUserCount?: number;
  /** How many access groups it has. */
  acsAccessGroupCount?: number;
  /** Where it is. */
  location?: { timeZone?: string };
  /** When Seam got to know it, ISO 8601. */
  createdAt: string;
  /** Workspace it is in. */
  workspaceId: string;
  /** Errors that Seam reports. */
  errors: SeamObjectError[];
  /** Warnings that Seam reports. */
  warnings: SeamObjectWarning[];
}

/**
 * Looks up an access system by its id or name.
 * @throws LookUpError if there is not exactly one; the message lists similar names
 * @see https://docs.seam.co/latest/api/acs/systems
 */
export function getAcsSystem(args: GetAcsSystemArgs, opts?: LookUpOptions): Promise<GetAcsSystemResult> {
  return ask(acsSystemLookUp, args, opts);
}

/** {@link getAcsSystem} with outputs as arguments. */
export function getAcsSystemOutput(
  args: LookUpInputs<GetAcsSystemArgs>,
  opts?: LookUpOptions,
): pulumi.Output<GetAcsSystemResult> {
  return askOutput(acsSystemLookUp, args, opts);
}

export const acsSystemLookUp: LookUp<GetAcsSystemArgs, GetAcsSystemResult> = { name: "getAcsSystem", find };

const NAMING = {
  what: "acs_system",
  where: "",
  idOf: (system: GetAcsSystemResult) => system.acsSystemId,
  nameOf: (system: GetAcsSystemResult) => system.name,
};

async function find(args: GetAcsSystemArgs, seam: Asked): Promise<GetAcsSystemResult> {
  const { acsSystemId, name = "" } = args;
  if (wayOf("acs_system", args, [["acsSystemId"], ["name"]]) === "acsSystemId") {
    const body = { acs_system_id: acsSystemId };
    return seam.get("/acs/systems/get", "acs_system", body, `look up acs_system ${acsSystemId}`);
  }
  const systems = await seam.list<GetAcsSystemResult>(
    "/acs/systems/list",
    "acs_systems",
    {},
    "look up an acs_system",
  );
  return theOne(NAMING, name, systems);
}
