import type { SeamClient } from "../../provider/http/client";
import { SeamError, UnauthorizedError } from "../../provider/http/errors";
import { ownReason } from "../../provider/http/own-words";
import type { Caller } from "../../provider/http/pages";
import { slots } from "./slots";

/** How far a reading is. */
export interface Progress {
  /** What is read, in the plural: `credentials`, `credentials of entrances`. */
  readonly what: string;
  readonly read: number;
  /** How many there are, where that is known before the end. */
  readonly of?: number;
}

/** A part of a workspace that could not be read; the rest was. */
export interface UnreadPart {
  /** Such as `the users of acs_system 7113…`. */
  readonly part: string;
  /** What Seam answered, and what to do about it. */
  readonly reason: string;
  /** The list that ended before its end, where it is one. */
  readonly list?: UnreadList;
}

/** A list of a kind of objects: of the workspace, or of one access system. */
export interface UnreadList {
  readonly kind: string;
  readonly acsSystemId?: string;
}

export interface ReaderOptions {
  /**
   * Freezes the reading to one moment, ISO 8601: users, identities and credentials that were made later are left out.
   * By Seam's clock, which may differ from this machine's.
   */
  readonly createdBefore?: string;
  /** Called after every answer. */
  readonly onProgress?: (progress: Progress) => void;
}

/** A workspace that is being read: what the parts of one reading have in common. Every request of it is a read. */
export interface Reader extends Caller {
  readonly createdBefore: string | undefined;
  /** Requests so far, each counted once whatever it took. */
  requests(): number;
  /** What could not be read so far. */
  unread(): readonly UnreadPart[];
  /**
   * Puts a part that the rest can do without among the unread ones.
   * @throws the error where it is none of Seam's, or says that Seam does not take the key: then nothing can be read
   */
  report(part: string, error: unknown, list?: UnreadList): void;
  /** Runs what reads and reduces an answer without pages: it can be 40 MB, so that only few may be in memory at once. */
  large<T>(read: () => Promise<T>): Promise<T>;
  /** The same text for the same id: of a million answers' ids there are few different ones. */
  id(value: unknown): string;
  progress(progress: Progress): void;
}

const LARGE_AT_ONCE = 4;

export function readerOf(seam: SeamClient, options: ReaderOptions = {}): Reader {
  const ids = new Map<string, string>();
  const unread: UnreadPart[] = [];
  let requests = 0;
  return {
    createdBefore: options.createdBefore,
    requests: () => requests,
    unread: () => unread,
    call(request) {
      requests++;
      return seam.call(request);
    },
    report(part, error, list) {
      if (!(error instanceof SeamError) || isKeyRefused(error)) throw error;
      unread.push({ part, reason: `${ownReason(error)}. ${error.advice}`, ...(list && { list }) });
    },
    large: slots(LARGE_AT_ONCE),
    id(value) {
      const text = String(value);
      const known = ids.get(text);
      if (known !== undefined) return known;
      ids.set(text, text);
      return text;
    },
    progress: options.onProgress ?? (() => undefined),
  };
}

/** A route that is forbidden (403) leaves the others. */
function isKeyRefused(error: SeamError): boolean {
  return error instanceof UnauthorizedError && error.status !== 403;
}
