import { setTimeout as sleep } from "node:timers/promises";
import type { SeamClient } from "../http/client";
import { isNotFound } from "../http/errors";

/** A read of Seam's that answers about several objects at once. */
export interface BatchedRead<Question extends Asked, Answer> {
  /** Seam's name of the objects that are asked about: one that is gone must not fail the others. */
  readonly name: string;
  /** So many go into one request. */
  readonly most: number;
  /** What may be asked about together has the same group; `undefined` is asked about by itself. All, if left out. */
  groupOf?(question: Question): string | undefined;
  /**
   * By id, without those of which the answer to several does not tell what is theirs: they are asked for one by one.
   * @throws when the answer does not tell what is a single one's
   */
  read(seam: SeamClient, questions: readonly Question[]): Promise<ReadonlyMap<string, Answer>>;
}

/** What is asked about, with whatever is known of it. */
export interface Asked {
  readonly id: string;
}

/** As long as questions of one moment are gathered; a refresh asks for several objects at a time. */
const GATHER_MS = 10;

interface Waiting<Question, Answer> {
  readonly question: Question;
  resolve(answer: Answer): void;
  reject(error: unknown): void;
}

/** Asks about one object; what is asked at the same time about others goes into the same request. */
export function batchedReads<Question extends Asked, Answer>(
  batch: BatchedRead<Question, Answer>,
): (seam: SeamClient, question: Question) => Promise<Answer> {
  const gathered = new WeakMap<SeamClient, Waiting<Question, Answer>[]>();
  return (seam, question) =>
    new Promise((resolve, reject) => {
      const waiting = gathered.get(seam) ?? [];
      waiting.push({ question, resolve, reject });
      if (waiting.length > 1) return;
      gathered.set(seam, waiting);
      void sleep(GATHER_MS).then(() => {
        gathered.delete(seam);
        for (const some of batches(batch, waiting)) void answer(seam, batch, some);
      });
    });
}

function batches<Question extends Asked, Answer>(
  { most, groupOf = () => "" }: BatchedRead<Question, Answer>,
  waiting: readonly Waiting<Question, Answer>[],
): (readonly Waiting<Question, Answer>[])[] {
  const groups = Map.groupBy(waiting, ({ question }) => groupOf(question) ?? Symbol(question.id));
  return [...groups.values()].flatMap((group) =>
    Array.from({ length: Math.ceil(group.length / most) }, (_, at) =>
      group.slice(at * most, (at + 1) * most),
    ),
  );
}

async function answer<Question extends Asked, Answer>(
  seam: SeamClient,
  batch: BatchedRead<Question, Answer>,
  waiting: readonly Waiting<Question, Answer>[],
): Promise<void> {
  const byId = Map.groupBy(waiting, ({ question }) => question.id);
  const alone = async (ids: readonly string[]) => {
    await Promise.all(ids.map((id) => answer(seam, batch, byId.get(id) ?? [])));
  };
  const ids = [...byId.keys()];
  try {
    const answers = await batch.read(
      seam,
      [...byId.values()].flatMap(([first]) => first?.question ?? []),
    );
    for (const { question, resolve } of waiting) {
      const found = answers.get(question.id);
      if (found !== undefined) resolve(found);
    }
    await alone(ids.filter((id) => !answers.has(id)));
  } catch (error) {
    if (ids.length > 1 && isNotFound(error, batch.name)) return alone(ids);
    for (const { reject } of waiting) reject(error);
  }
}
