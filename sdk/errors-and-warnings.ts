/** An error that Seam reports on an object. */
export interface SeamObjectError {
  /** Seam's name for it; new ones appear without notice. */
  errorCode: string;
  /** Seam's explanation, PINs masked. */
  message: string;
  /** When Seam noticed it, ISO 8601. */
  createdAt?: string;
}

/** A warning that Seam reports on an object. */
export interface SeamObjectWarning {
  /** Seam's name for it, such as `waiting_to_be_issued`; new ones appear without notice. */
  warningCode: string;
  /** Seam's explanation, PINs masked. */
  message: string;
  /** When Seam noticed it, ISO 8601. */
  createdAt?: string;
}
