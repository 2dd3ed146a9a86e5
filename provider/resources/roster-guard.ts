import type * as pulumi from "@pulumi/pulumi";
import { encodingProblem } from "../lifecycle/roster-cards";
import type { Run } from "../lifecycle/run";
import { deepEqual, isRecord, type Properties } from "../values/record";
import { ROSTER, type RosterRun } from "../values/roster-card";
import { hasUnknown } from "../values/unknown";

/**
 * Remembers who was in a roster, so that the next preview can tell how much it shrinks. Nothing of it is in Seam:
 * it exists because only what is in the state is handed to `check` as it was before.
 */
export function rosterGuard(run: Run): pulumi.dynamic.ResourceProvider<Properties, Properties> {
  return {
    check: async (olds, { [ROSTER]: told, ...news }) => {
      const { roster = "", isPreview = false } = (told ?? {}) as Partial<RosterRun>;
      const switched = switchedToCards(olds, news);
      run.rosterCards.guarded(roster, switched);
      const shrink = shrinkProblem(olds, news);
      for (const key of shrink || hasUnknown(news) ? [] : goneFrom(olds, news)) run.leaving.add(key);
      const newCards = isPreview
        ? newCardsProblem(run.rosterCards.outside(roster), news)
        : switchProblem(switched, news);
      const reasons = [shrink, newCards].filter((reason) => reason !== undefined);
      if (!isPreview && reasons.length > 0) run.rosterCards.refuse(roster, reasons.join("\n"));
      return { inputs: news, failures: reasons.map((reason) => ({ property: "", reason })) };
    },
    // Ends are remembered without a change to be seen: the engine keeps the inputs of what stays as it is.
    diff: async (_id, olds, news) => ({
      changes: SHOWN.some((name) => !deepEqual(olds[name], news[name])),
    }),
    create: async (inputs) => ({ id: "roster", outs: inputs }),
    update: async (_id, _olds, news) => ({ outs: news }),
  };
}

const SHOWN = ["people", "maxShrink", "confirmShrinkTo", "confirmNewCards"];

/** In a preview everybody's card was compared before. */
function newCardsProblem(
  outside: Parameters<typeof encodingProblem>[0],
  { confirmNewCards }: Properties,
): string | undefined {
  return outside.length === 0 || confirmNewCards === outside.length
    ? undefined
    : encodingProblem(outside, false);
}

/**
 * Else nobody's was, and each is refused on its own. But what it remembers of methods is saved before that, so that the
 * next run would no longer see who gets a card in the place of something else.
 */
function switchProblem(people: readonly string[], { confirmNewCards }: Properties): string | undefined {
  if (people.length <= Number(confirmNewCards ?? 0)) return undefined;
  const outside = people.map((person) => ({ person }));
  return encodingProblem(outside, true);
}

function goneFrom(olds: Properties, news: Properties): string[] {
  const after = new Set(keysOf(news));
  return keysOf(olds).filter((key) => !after.has(key));
}

function shrinkProblem(olds: Properties, news: Properties): string | undefined {
  const before = keysOf(olds);
  const after = new Set(keysOf(news));
  if (before.length === 0 || hasUnknown(news)) return undefined;
  const gone = goneFrom(olds, news).filter((key) => !hasEndedAsPlanned(key, olds, news));
  const maxShrink = Number(news["maxShrink"]);
  if (!(maxShrink >= 0 && maxShrink <= 1)) {
    return `maxShrink is ${news["maxShrink"]}, but it is the share of the people that may disappear in one run, from 0 to 1: write 0.2 for 20 %. Nobody's access was taken away.`;
  }
  if (gone.length <= before.length * maxShrink || news["confirmShrinkTo"] === after.size) return undefined;
  const stripped = gone.filter((key) => after.has(withoutZeros(key)));
  return [
    `The roster loses ${gone.length} of ${before.length} people, more than maxShrink allows (${percent(maxShrink)}): ${listed(gone, news)}.`,
    `Nobody's access was taken away. If that is meant, set confirmShrinkTo: ${after.size}, the number of people who stay; if not, put the people back.`,
    ...(stripped.length > 0 ? [zerosText(stripped)] : []),
  ].join(" ");
}

/** What a spreadsheet makes of a key that it takes for a number. */
function withoutZeros(key: string): string {
  return /^0+\d+$/.test(key) ? key.replace(/^0+(?=\d)/, "") : "";
}

function zerosText([key = "", ...others]: readonly string[]): string {
  const more = others.length > 0 ? ` (and ${others.length} more)` : "";
  return `There is ${withoutZeros(key)} where ${key} was${more}: has a spreadsheet dropped leading zeros? Then write them again, in a column formatted as text, or everybody gets a new PIN or card.`;
}

/** Time passes for people who are still in the roster, with the end that they had in the last run. */
function hasEndedAsPlanned(key: string, olds: Properties, news: Properties): boolean {
  const end = endsOf(news)[key];
  return end !== undefined && end === endsOf(olds)[key];
}

/** Whom the roster gave something else before it gives them a card. Older releases did not keep that. */
function switchedToCards({ methods: olds }: Properties, { methods: news }: Properties): string[] {
  if (!isRecord(olds) || !isRecord(news)) return [];
  return Object.keys(olds).filter((key) => olds[key] !== "card" && news[key] === "card");
}

function endsOf({ ends }: Properties): Properties {
  return isRecord(ends) ? ends : {};
}

function keysOf({ people }: Properties): string[] {
  return Array.isArray(people) ? people.map(String) : [];
}

function percent(share: number): string {
  return `${Math.round(share * 1000) / 10} %`;
}

const MAX_LISTED = 20;

function listed(keys: readonly string[], news: Properties): string {
  const more = keys.length > MAX_LISTED ? ` and ${keys.length - MAX_LISTED} more` : "";
  const ends = endsOf(news);
  const texts = keys.map((key) => (ends[key] === undefined ? key : `${key} (its end is past: ${ends[key]})`));
  return texts.slice(0, MAX_LISTED).join(", ") + more;
}
