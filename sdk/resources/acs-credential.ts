import * as pulumi from "@pulumi/pulumi";
import type { SeamObjectError, SeamObjectWarning } from "../errors-and-warnings";
import { shortenTraces } from "../short-traces";
import { deletedFirst } from "./delete-first";
import { isOfClass, registration } from "./registration";

/** How a credential lets its user in: PIN code, card, mobile key, or cloud key. */
export type AccessMethod = "code" | "card" | "mobile_key" | "cloud_key";

/** Vostio-specific settings of a credential. Any change replaces the credential. */
export interface AssaAbloyVostioMetadataArgs {
  /** Let Seam decide between an override and a joiner key, by whether the doors have keys already. */
  autoJoin?: pulumi.Input<boolean>;
  /** Join the keys of all guest entrances. */
  joinAllGuestAcsEntrances?: pulumi.Input<boolean>;
  /** Revoke earlier keys of all guest entrances. */
  overrideAllGuestAcsEntrances?: pulumi.Input<boolean>;
  /** Guest entrances whose earlier keys are revoked; ids, compared as a set. */
  overrideGuestAcsEntranceIds?: pulumi.Input<pulumi.Input<string>[]>;
}

/** Salto Space-specific settings of a credential. Any change replaces the credential. */
export interface SaltoSpaceMetadataArgs {
  /** Assign a first or a replacement card (true), or refresh the user's card (false). */
  assignNewKey?: pulumi.Input<boolean>;
  /** Not used by Seam any more. */
  updateCurrentKey?: pulumi.Input<boolean>;
}

/** Visionline-specific settings of a credential. Any change replaces the credential. */
export interface VisionlineMetadataArgs {
  /** @deprecated by Seam: endpoint references are read-only now. */
  assaAbloyCredentialServiceMobileEndpointId?: pulumi.Input<string>;
  /** Let Seam decide between an override and a joiner card, by whether the doors have cards already. */
  autoJoin?: pulumi.Input<boolean>;
  /** Format of the card, normally `rfid48`. */
  cardFormat?: pulumi.Input<"TLCode" | "rfid48">;
  /** Whom the card is for; Seam's default is `guest`. */
  cardFunctionType?: pulumi.Input<"guest" | "staff">;
  /** @deprecated by Seam: use `override`. */
  isOverrideKey?: pulumi.Input<boolean>;
  /** Credentials of the same stay that this one joins instead of revoking; ids, compared as a set. */
  joinerAcsCredentialIds?: pulumi.Input<pulumi.Input<string>[]>;
  /** Revoke the cards and keys of other guests at these doors: right for the first key of a stay. */
  override?: pulumi.Input<boolean>;
}

/**
 * Inputs of an {@link AcsCredential}. Name the user in exactly one way: `acsUserId`, or `userIdentityId` with
 * `acsSystemId`. Properties that you leave out are not compared, whatever Seam fills in.
 */
export interface AcsCredentialArgs {
  /**
   * How the credential lets its user in. A change replaces the credential.
   * @see https://docs.seam.co/latest/api/acs/credentials/create
   */
  accessMethod: pulumi.Input<AccessMethod>;
  /** The ACS user it belongs to; either this, or `userIdentityId` with `acsSystemId`. A change replaces. */
  acsUserId?: pulumi.Input<string>;
  /**
   * The user identity it belongs to; needs `acsSystemId`. Seam links the ACS user with the same e-mail address or
   * phone number, or creates one, **which stays when the credential is deleted**: declare an {@link AcsUser} and use
   * its `acsUserId` to leave nothing behind. A change replaces.
   */
  userIdentityId?: pulumi.Input<string>;
  /** The access system; required with `userIdentityId`, allowed with `acsUserId`. A change replaces. */
  acsSystemId?: pulumi.Input<string>;
  /**
   * Entrances it opens; ids, compared as a set. On systems where doors come from access groups (Salto, Brivo, PTI),
   * use those instead. A change replaces.
   */
  allowedAcsEntranceIds?: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * PIN, digits only; always treated as a secret. If you leave it out, the system generates one if it can. Some
   * systems (Salto KS, Latch) accept no PIN of your own. A change updates in place; removing it replaces.
   */
  code?: pulumi.Input<string>;
  /** Start of validity, ISO 8601 with zone; compared as an instant. A change replaces. */
  startsAt?: pulumi.Input<string>;
  /**
   * End of validity, ISO 8601 with zone, after `startsAt`; compared as an instant. If it is already past when the
   * credential is to be created, the preview fails. A change updates in place; removing it replaces.
   */
  endsAt?: pulumi.Input<string>;
  /** One credential for all phones of the user; must be true for mobile keys. A change replaces. */
  isMultiPhoneSyncCredential?: pulumi.Input<boolean>;
  /** Access system of the credential manager that issues a mobile key to phones. A change replaces. */
  credentialManagerAcsSystemId?: pulumi.Input<string>;
  /** Vostio-specific settings. A change replaces. */
  assaAbloyVostioMetadata?: pulumi.Input<AssaAbloyVostioMetadataArgs>;
  /** Salto Space-specific settings. A change replaces. */
  saltoSpaceMetadata?: pulumi.Input<SaltoSpaceMetadataArgs>;
  /** Visionline-specific settings. A change replaces. */
  visionlineMetadata?: pulumi.Input<VisionlineMetadataArgs>;
  /**
   * `acs_credential_id` of an existing credential to take over instead of creating one. It must match every declared
   * property, and have no times and no doors of its own that you do not declare; otherwise the run fails, lists all
   * differences, and changes nothing. It only has an effect when the resource is created; remove it afterwards. The
   * stack then owns the credential: removing the resource revokes it.
   */
  adopt?: pulumi.Input<string>;
  /**
   * Wait until the lock system itself has the credential: `true` for up to 300 s, or `{ timeoutSeconds }`. Default
   * `false`: do not wait once Seam has it. If the time runs out, the resource is shown as failed, and the next `up`
   * checks again. A change sends nothing.
   */
  waitForSync?: pulumi.Input<boolean | { timeoutSeconds: pulumi.Input<number> }>;
}

/** What Seam shows of a credential on Vostio: declared settings and Seam's own. */
export interface AssaAbloyVostioMetadata extends pulumi.Unwrap<AssaAbloyVostioMetadataArgs> {
  /** Names of the doors in Vostio. */
  doorNames?: string[];
  /** Endpoint in Vostio. */
  endpointId?: string;
  /** Key in Vostio. */
  keyId?: string;
  /** Key-issuing request in Vostio. */
  keyIssuingRequestId?: string;
}

/** What Seam shows of a credential on Visionline: declared settings and Seam's own. */
export interface VisionlineMetadata extends pulumi.Unwrap<VisionlineMetadataArgs> {
  /** Card in Visionline. */
  cardId?: string;
  /** Credential in Visionline. */
  credentialId?: string;
  /** Common entrances that it opens. */
  commonAcsEntranceIds?: string[];
  /** Guest entrances that it opens. */
  guestAcsEntranceIds?: string[];
  /** False once a later card has revoked it. */
  isValid?: boolean;
}

/**
 * A credential in an access system: a PIN code, card or mobile key that lets one user through entrances for a time.
 *
 * `endsAt` and `code` are changed in place; any other change replaces the credential. Removing the resource revokes it.
 *
 * @example
 * ```ts
 * import * as seam from "pulumi-seam";
 *
 * new seam.AcsCredential("ada-front-door", {
 *   accessMethod: "code",
 *   acsUserId: "53f39f90-5113-4bdd-8432-acf328ce508c",
 *   allowedAcsEntranceIds: ["21805570-4706-4c21-99fc-3ed873a5e014"],
 *   startsAt: "2030-06-19T21:08:08Z",
 *   endsAt: "2030-06-23T12:35:01Z",
 * });
 * ```
 * @see https://docs.seam.co/latest/api/acs/credentials
 */
export class AcsCredential extends pulumi.CustomResource {
  /** Pulumi's type token, also for policies. */
  static readonly __pulumiType = "pulumi-nodejs:dynamic/seam:AcsCredential";

  /** True for an AcsCredential, even one of another copy of this package. */
  static override isInstance(resource: unknown): resource is AcsCredential {
    return isOfClass(AcsCredential, resource);
  }

  /**
   * Reads a credential that this stack does not own.
   * @param id its `acs_credential_id`; an unknown one fails the run
   */
  static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): AcsCredential {
    return new AcsCredential(name, {} as AcsCredentialArgs, { ...opts, id });
  }

  /** How it lets its user in. */
  declare readonly accessMethod: pulumi.Output<AccessMethod>;
  /** Seam's id; the resource id too. */
  declare readonly acsCredentialId: pulumi.Output<string>;
  /** Pool it was taken from. */
  declare readonly acsCredentialPoolId: pulumi.Output<string | undefined>;
  /** Access system it is in. */
  declare readonly acsSystemId: pulumi.Output<string>;
  /** Access-system user it belongs to. */
  declare readonly acsUserId: pulumi.Output<string | undefined>;
  /** Declared entrances; Seam does not show which ones belong to the credential itself. */
  declare readonly allowedAcsEntranceIds: pulumi.Output<string[] | undefined>;
  /** Vostio's view of it. */
  declare readonly assaAbloyVostioMetadata: pulumi.Output<AssaAbloyVostioMetadata | undefined>;
  /** Number of the encoded card; secret. */
  declare readonly cardNumber: pulumi.Output<string | undefined>;
  /** PIN, declared or generated; secret. Absent until the system has generated it. */
  declare readonly code: pulumi.Output<string | undefined>;
  /** Seam's connection to the vendor account. */
  declare readonly connectedAccountId: pulumi.Output<string | undefined>;
  /** When Seam created it, ISO 8601. */
  declare readonly createdAt: pulumi.Output<string>;
  /** Declared credential manager. */
  declare readonly credentialManagerAcsSystemId: pulumi.Output<string | undefined>;
  /** Seam's name for this kind of credential. */
  declare readonly displayName: pulumi.Output<string>;
  /** End of validity, ISO 8601. */
  declare readonly endsAt: pulumi.Output<string | undefined>;
  /** Errors that Seam reports; a list, empty when all is well. */
  declare readonly errors: pulumi.Output<SeamObjectError[]>;
  /** Vendor's kind of credential, such as `salto_ks_credential`. */
  declare readonly externalType: pulumi.Output<string | undefined>;
  /** The same, in words for people. */
  declare readonly externalTypeDisplayName: pulumi.Output<string | undefined>;
  /** Whether it has been encoded onto a card. */
  declare readonly isIssued: pulumi.Output<boolean | undefined>;
  /** Whether the lock system has its latest state; absent where Seam does not track that. */
  declare readonly isLatestDesiredStateSyncedWithProvider: pulumi.Output<boolean | undefined>;
  /** Whether Seam manages it. */
  declare readonly isManaged: pulumi.Output<boolean>;
  /** Whether it serves all phones of the user. */
  declare readonly isMultiPhoneSyncCredential: pulumi.Output<boolean | undefined>;
  /** Whether it opens once only. */
  declare readonly isOneTimeUse: pulumi.Output<boolean | undefined>;
  /** When it was encoded onto a card, ISO 8601. */
  declare readonly issuedAt: pulumi.Output<string | undefined>;
  /** When the lock system last got its state, ISO 8601. */
  declare readonly latestDesiredStateSyncedWithProviderAt: pulumi.Output<string | undefined>;
  /** Multi-phone credential that this one is a phone's copy of. */
  declare readonly parentAcsCredentialId: pulumi.Output<string | undefined>;
  /** Declared Salto Space settings. */
  declare readonly saltoSpaceMetadata: pulumi.Output<pulumi.Unwrap<SaltoSpaceMetadataArgs> | undefined>;
  /** Start of validity, ISO 8601. */
  declare readonly startsAt: pulumi.Output<string | undefined>;
  /** User identity it belongs to, if known. */
  declare readonly userIdentityId: pulumi.Output<string | undefined>;
  /** Visionline's view of it. */
  declare readonly visionlineMetadata: pulumi.Output<VisionlineMetadata | undefined>;
  /** Warnings that Seam reports; a list, empty when all is well. */
  declare readonly warnings: pulumi.Output<SeamObjectWarning[]>;
  /** Workspace it is in. */
  declare readonly workspaceId: pulumi.Output<string>;

  constructor(name: string, args: AcsCredentialArgs, opts?: pulumi.CustomResourceOptions) {
    const restoreTraces = shortenTraces();
    try {
      super(
        ...registration(
          AcsCredential,
          name,
          OUTPUTS,
          args,
          deletedFirst([args.code, args.saltoSpaceMetadata], opts),
        ),
      );
    } finally {
      restoreTraces();
    }
  }
}

const OUTPUTS = {
  accessMethod: undefined,
  acsCredentialId: undefined,
  acsCredentialPoolId: undefined,
  acsSystemId: undefined,
  acsUserId: undefined,
  allowedAcsEntranceIds: undefined,
  assaAbloyVostioMetadata: undefined,
  cardNumber: undefined,
  code: undefined,
  connectedAccountId: undefined,
  createdAt: undefined,
  credentialManagerAcsSystemId: undefined,
  displayName: undefined,
  endsAt: undefined,
  errors: undefined,
  externalType: undefined,
  externalTypeDisplayName: undefined,
  isIssued: undefined,
  isLatestDesiredStateSyncedWithProvider: undefined,
  isManaged: undefined,
  isMultiPhoneSyncCredential: undefined,
  isOneTimeUse: undefined,
  issuedAt: undefined,
  latestDesiredStateSyncedWithProviderAt: undefined,
  parentAcsCredentialId: undefined,
  saltoSpaceMetadata: undefined,
  startsAt: undefined,
  userIdentityId: undefined,
  visionlineMetadata: undefined,
  warnings: undefined,
  workspaceId: undefined,
} as const satisfies Record<Exclude<keyof AcsCredential, keyof pulumi.CustomResource>, undefined>;
