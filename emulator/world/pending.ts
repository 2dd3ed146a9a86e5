import type { Context } from "./context";
import type { Table } from "./index-table";
import type { Mutation } from "./rows";

/** Shows the mutation at the object until the delay has passed, and then does what was to be done. */
export function whilePending<T extends { pending_mutations: Mutation[] }>(
  context: Context,
  table: Pick<Table<T>, "change">,
  row: T,
  mutation: Omit<Mutation, "created_at">,
  delayMs: number,
  done: () => void,
): void {
  const shown = { ...mutation, created_at: context.clock.stamp() } as Mutation;
  const change = (pending: Mutation[]) => table.change(row, { pending_mutations: pending } as Partial<T>);
  change([...row.pending_mutations, shown]);
  context.clock.after(delayMs, () => {
    change(row.pending_mutations.filter((other) => other !== shown));
    done();
  });
}

export function isPending(row: { pending_mutations: Mutation[] }, code: string): boolean {
  return row.pending_mutations.some((mutation) => mutation.mutation_code === code);
}
