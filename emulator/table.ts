type Key = string | undefined;

/** Objects by id in order of creation, with indexes so that no hot route has to look at every row. */
export class Table<T extends object, I extends string = never> {
  readonly #rows = new Map<string, T>();
  readonly #seqs = new Map<string, number>();
  readonly #buckets = new Map<I, Map<string, Map<string, T>>>();
  readonly #idOf: (row: T) => string;
  readonly #indexes: Record<I, (row: T) => Key | Key[]>;
  #nextSeq = 1;

  constructor(idOf: (row: T) => string, indexes: Record<I, (row: T) => Key | Key[]>) {
    this.#idOf = idOf;
    this.#indexes = indexes;
    for (const index of Object.keys(indexes) as I[]) this.#buckets.set(index, new Map());
  }

  get size(): number {
    return this.#rows.size;
  }

  get(id: string): T | undefined {
    return this.#rows.get(id);
  }

  all(): Iterable<T> {
    return this.#rows.values();
  }

  by(index: I, key: string): Iterable<T> {
    return this.#buckets.get(index)?.get(key)?.values() ?? [];
  }

  countBy(index: I, key: string): number {
    return this.#buckets.get(index)?.get(key)?.size ?? 0;
  }

  insert(row: T): T {
    const id = this.#idOf(row);
    if (this.#rows.has(id)) throw new Error(`The id ${id} is taken`);
    this.#rows.set(id, row);
    this.#seqs.set(id, this.#nextSeq++);
    this.#link(id, row);
    return row;
  }

  /** Changes a row in place; the only way to change one, since it keeps the indexes true. */
  change(row: T, changes: Partial<T>): T {
    const id = this.#idOf(row);
    // Work that comes late may find its row gone: it must not come back into an index.
    const isStored = this.#rows.get(id) === row;
    if (isStored) this.#unlink(id, row);
    Object.assign(row, changes);
    if (isStored) this.#link(id, row);
    return row;
  }

  remove(id: string): T | undefined {
    const row = this.#rows.get(id);
    if (!row) return undefined;
    this.#unlink(id, row);
    this.#rows.delete(id);
    this.#seqs.delete(id);
    return row;
  }

  /** The row's place in the order of creation: what a page cursor remembers. */
  seqOf(row: T): number {
    return this.#seqs.get(this.#idOf(row)) ?? 0;
  }

  #link(id: string, row: T): void {
    for (const [index, keys] of this.#keysOf(row)) {
      const buckets = this.#buckets.get(index);
      for (const key of keys) {
        const bucket = buckets?.get(key);
        if (bucket) bucket.set(id, row);
        else buckets?.set(key, new Map([[id, row]]));
      }
    }
  }

  #unlink(id: string, row: T): void {
    for (const [index, keys] of this.#keysOf(row)) {
      const buckets = this.#buckets.get(index);
      for (const key of keys) {
        const bucket = buckets?.get(key);
        bucket?.delete(id);
        if (bucket?.size === 0) buckets?.delete(key);
      }
    }
  }

  *#keysOf(row: T): Iterable<[I, string[]]> {
    for (const index of Object.keys(this.#indexes) as I[]) {
      const keys = this.#indexes[index](row);
      yield [index, (Array.isArray(keys) ? keys : [keys]).filter((key) => key !== undefined)];
    }
  }
}
