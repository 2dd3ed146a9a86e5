import type { FindingKind } from "../document";

interface Words {
  readonly title: string;
  /** What it means, and what to do. */
  readonly help: string;
}

/** What the page says about a kind of finding. */
export const FINDING_WORDS: Readonly<Record<FindingKind, Words>> = {
  undeclared: {
    title: "Undeclared",
    help: "No stack that was read declares it. Declare it, or take it away.",
  },
  over: {
    title: "Over, and still there",
    help: "Its time has passed, and it is still in Seam. Delete it.",
  },
  suspended_with_access: {
    title: "Suspended, with access",
    help: "It opens again as soon as the suspension ends. If the person has left, take it away.",
  },
  declared_but_gone: {
    title: "Declared, but gone",
    help: "A stack declares it, and Seam no longer has it. Find out who deleted it; the stack's next refresh and update make it again.",
  },
  declared_twice: {
    title: "Declared twice",
    help: "Two resources declare the same object, so a change of one undoes the other. Keep one of them.",
  },
  without_user: {
    title: "Without a user",
    help: "A key that belongs to nobody in Seam. Find out who has it, or take it away.",
  },
  not_synced: {
    title: "Not synced",
    help: "Seam and the lock system may differ: whether it opens is not known. Look at it in the lock system.",
  },
  expiring: {
    title: "Expiring",
    help: "It ends soon. Prolong it if the person still needs it.",
  },
  without_end: {
    title: "Without an end",
    help: "It opens until somebody takes it away. Confirm that it should, or give it an end.",
  },
};
