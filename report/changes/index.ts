/** What a change of a stack does, in people and doors: `pulumi-seam changes` as a library. */
export type {
  AccessChange,
  AccessTimes,
  Changed,
  ChangedDoor,
  ChangedPerson,
  ChangesReport,
  Unknown,
} from "./change";
export { type ChangesOptions, changesOf, needsALook } from "./changes";
export { type Directory, type Named, NO_DIRECTORY } from "./directory";
export { type Preview, PreviewError, readPreview } from "./preview";
export { changesJson, changesMarkdown, changesText } from "./render";
