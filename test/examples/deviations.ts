/** A field of the credential that a stack knows, and that is otherwise than in the documents' example. */
export interface Deviation {
  readonly field: string;
  readonly kind: "not in the document" | "only in the document" | "different";
  /** Part of the names of the examples that it concerns; default: all. */
  readonly examples?: string;
  readonly why: string;
}

const DEVIATIONS: readonly Deviation[] = [
  { field: "acs_credential_id", kind: "different", why: "Seam gives every new credential an id of its own." },
  {
    field: "created_at",
    kind: "different",
    why: "The emulator stamps microseconds by counting, so that no two stamps are alike.",
  },
  {
    field: "latest_desired_state_synced_with_provider_at",
    kind: "different",
    why: "The samples show a sync two days after the creation; the emulator's lock systems sync at once.",
  },
  {
    field: "connected_account_id",
    kind: "not in the document",
    why: "Seam's OpenAPI requires it in every answer; the samples leave it out.",
  },
  {
    field: "ends_at",
    kind: "not in the document",
    why: "It is sent, and other samples of Seam echo it; these leave it out.",
  },
  {
    field: "user_identity_id",
    kind: "not in the document",
    examples: "-user-identity",
    why: "The samples do not answer it; the stack keeps what was declared.",
  },
  {
    field: "allowed_acs_entrance_ids",
    kind: "not in the document",
    why: "Seam never answers it; the stack keeps what was declared.",
  },
  {
    field: "credential_manager_acs_system_id",
    kind: "not in the document",
    why: "Seam never answers it; the stack keeps what was declared.",
  },
  {
    field: "is_multi_phone_sync_credential",
    kind: "different",
    examples: "pin-",
    why: "The samples say true although it was not sent and a PIN is on no phone; its default is false.",
  },
  {
    field: "is_multi_phone_sync_credential",
    kind: "different",
    examples: "card-",
    why: "The samples say true although it was not sent and a card is on no phone; its default is false.",
  },
  {
    field: "is_issued",
    kind: "not in the document",
    examples: "card-",
    why: "By Seam's guides a card is not issued until a person has encoded it; the samples leave that out.",
  },
  {
    field: "warnings",
    kind: "different",
    examples: "card-",
    why: "By Seam's guides a card that waits to be encoded has a warning; the samples have none.",
  },
  {
    field: "visionline_metadata",
    kind: "not in the document",
    examples: "card-",
    why: "Seam's OpenAPI has it on Visionline credentials; the samples leave it out.",
  },
  {
    field: "visionline_metadata",
    kind: "not in the document",
    examples: "mobile-key-",
    why: "The samples name no brand; here it is Visionline, whose credentials have it.",
  },
];

/** The deviations of one example: kind by field. */
export function expectedDeviations(example: string): Record<string, Deviation["kind"]> {
  const own = DEVIATIONS.filter(({ examples = "" }) => example.includes(examples));
  return Object.fromEntries(own.map(({ field, kind }) => [field, kind]));
}
