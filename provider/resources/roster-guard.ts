import type * as pulumi from "@pulumi/pulumi";
import type { Run } from "../lifecycle/run";
import type { Properties } from "../values/record";
import { hasUnknown } from "../values/unknown";

/**
 * Remembers who was in a roster, so that the next preview can tell how much it shrinks. Nothing of it is in Seam:
 * it exists because only what is in the state is handed to `check` as it was before.
 */
export function rosterGuard(run: Run): pulumi.dynamic.ResourceProvider<Properties, Properties> {
  return {
    check: async (olds, news) => {
      const reason = shrinkProblem(olds, news);
      for (const key of reason || hasUnknown(news) ? [] : goneFrom(olds, news)) run.leaving.add(key);
      return { inputs: news, failures: reason ? [{ property: "", reason }] : [] };
    },
    create: async (inputs) => ({ id: "roster", outs: inputs }),
    update: async (_id, _olds, news) => ({ outs: news }),
  };
}

function goneFrom(olds: Properties, news: Properties): string[] {
  const after = new Set(keysOf(news));
  return keysOf(olds).filter((key) => !after.has(key));
}

function shrinkProblem(olds: Properties, news: Properties): string | undefined {
  const before = keysOf(olds);
  const after = new Set(keysOf(news));
  if (before.length === 0 || hasUnknown(news)) return undefined;
  const gone = goneFrom(olds, news);
  const maxShrink = Number(news["maxShrink"]);
  if (!(maxShrink >= 0 && maxShrink <= 1)) {
    return `maxShrink is ${news["maxShrink"]}, but it is the share of the people that may disappear in one run, from 0 to 1: write 0.2 for 20 %. Nobody's access was taken away.`;
  }
  if (gone.length <= before.length * maxShrink || news["confirmShrinkTo"] === after.size) return undefined;
  return [
    `The roster loses ${gone.length} of ${before.length} people, more than maxShrink allows (${percent(maxShrink)}): ${listed(gone)}.`,
    `Nobody's access was taken away. If that is meant, set confirmShrinkTo: ${after.size}, the number of people who stay; if not, put the people back.`,
  ].join(" ");
}

function keysOf({ people }: Properties): string[] {
  return Array.isArray(people) ? people.map(String) : [];
}

function percent(share: number): string {
  return `${Math.round(share * 1000) / 10} %`;
}

const MAX_LISTED = 20;

function listed(keys: readonly string[]): string {
  const more = keys.length > MAX_LISTED ? ` and ${keys.length - MAX_LISTED} more` : "";
  return keys.slice(0, MAX_LISTED).join(", ") + more;
}
