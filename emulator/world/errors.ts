/** An answer in Seam's error shape: `{ error: { type, message, … }, ok: false }`. */
export class SeamError extends Error {
  readonly status: number;
  readonly type: string;
  readonly validationErrors: ValidationErrors | undefined;

  constructor(status: number, type: string, message: string, validationErrors?: ValidationErrors) {
    super(message);
    this.status = status;
    this.type = type;
    this.validationErrors = validationErrors;
  }
}

/** Seam nests validation errors like the body: `{ _errors: [], acs_system_id: { _errors: ["Required"] } }`. */
export interface ValidationErrors {
  _errors: string[];
  [property: string]: string[] | ValidationErrors;
}

export function invalidInput(message: string, validationErrors?: ValidationErrors): SeamError {
  return new SeamError(400, "invalid_input", message, validationErrors);
}

/** Only a typed `*_not_found` says that an object is gone; an unrouted path answers a bare 404. */
export function notFound(kind: string): SeamError {
  const words = kind.replaceAll("_", " ");
  return new SeamError(404, `${kind}_not_found`, `${words[0]?.toUpperCase()}${words.slice(1)} not found`);
}
