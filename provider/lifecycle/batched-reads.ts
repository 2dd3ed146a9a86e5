import { setTimeout as sleep } from "node:timers/promises";
import type { SeamClient } from "../http/client";
import { isNotFound } from "../http/errors";

/** A read of Seam's that answers several objects at once. */
export interface BatchedRead<Answer> {
  /** Seam's name of the objects that are asked about: one that is gone must not fail the others. */
  readonly name: string;
  /** So many go into one request. */
  readonly most: number;
  /**
   * By id, without those of which the answer to several does not tell what is theirs: they are asked for one by one.
   * @throws when the answer does not tell what is a single one's
   */
  read(seam: SeamClient, ids: readonly string[]): Promise<ReadonlyMap<string, Answer>>;
}

/** As long as questions of one moment are gathered; a refresh asks for several objects at a time. */
const GATHER_MS = 10;

interface Question<Answer> {
  readonly id: string;
  resolve(answer: Answer): void;
  reject(error: unknown): void;
}

/** Asks about one object; what is asked at the same time about others goes into the same request. */
export function batchedReads<Answer>(
  batch: BatchedRead<Answer>,
): (seam: SeamClient, id: string) => Promise<Answer> {
  const waiting = new WeakMap<SeamClient, Question<Answer>[]>();
  return (seam, id) =>
    new Promise((resolve, reject) => {
      const gathered = waiting.get(seam);
      if (gathered) {
        gathered.push({ id, resolve, reject });
        return;
      }
      const questions = [{ id, resolve, reject }];
      waiting.set(seam, questions);
      void sleep(GATHER_MS).then(() => {
        waiting.delete(seam);
        for (let at = 0; at < questions.length; at += batch.most) {
          void answer(seam, batch, questions.slice(at, at + batch.most));
        }
      });
    });
}

async function answer<Answer>(
  seam: SeamClient,
  batch: BatchedRead<Answer>,
  questions: readonly Question<Answer>[],
): Promise<void> {
  const ids = [...new Set(questions.map(({ id }) => id))];
  const alone = async (those: readonly string[]) => {
    await Promise.all(
      those.map((id) =>
        answer(
          seam,
          batch,
          questions.filter((one) => one.id === id),
        ),
      ),
    );
  };
  try {
    const answers = await batch.read(seam, ids);
    for (const { id, resolve } of questions) {
      const found = answers.get(id);
      if (found !== undefined) resolve(found);
    }
    await alone(ids.filter((id) => !answers.has(id)));
  } catch (error) {
    if (ids.length > 1 && isNotFound(error, batch.name)) return alone(ids);
    for (const { reject } of questions) reject(error);
  }
}
