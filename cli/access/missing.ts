import { plainText } from "../../report/plain-text";
import type { Access } from "../../report/read-access";

/** What keeps a list of rows or findings from being the whole truth, as lines to print below it; none where nothing does. */
export function missing(access: Access): string[] {
  const { complete, notSeen } = access.frame();
  const texts = complete ? access.facts.leftOut : notSeen;
  if (texts.length === 0) return [];
  const title = complete ? "Not looked at" : "Not complete";
  return [`\n${title}:\n`, ...texts.map((text) => `- ${plainText(text)}\n`)];
}
