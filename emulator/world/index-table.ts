type Key = string | undefined;

/** Objects by id in order of creation, with indexes so that no hot route has to look at every row. */
export class Table<T extends object, I extends string = never> {
  readonly #rows = new Map<string, T>();
  readonly #seqs = new Map<string, number>();
  readonly #buckets = new Map<I, Map<string, Bucket<T>>>();
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

  /** Whether this very row is in the table. */
  has(row: T): boolean {
    return this.#rows.get(this.#idOf(row)) === row;
  }

  all(): Iterable<T> {
    return this.#rows.values();
  }

  by(index: I, key: string): Iterable<T> {
    const bucket = this.#buckets.get(index)?.get(key);
    if (!bucket) return [];
    if (!bucket.isOrdered) {
      bucket.rows = new Map([...bucket.rows].sort(([a], [b]) => this.#seq(a) - this.#seq(b)));
      bucket.isOrdered = true;
    }
    return bucket.rows.values();
  }

  countBy(index: I, key: string): number {
    return this.#buckets.get(index)?.get(key)?.rows.size ?? 0;
  }

  insert(row: T): T {
    const id = this.#idOf(row);
    if (this.#rows.has(id)) throw new Error(`The id ${id} is taken`);
    this.#rows.set(id, row);
    this.#seqs.set(id, this.#nextSeq++);
    for (const [index, keys] of this.#keysOf(row)) for (const key of keys) this.#link(index, key, id, row);
    return row;
  }

  /** Changes a row in place; the only way to change one, since it keeps the indexes true. */
  change(row: T, changes: Partial<T>): T {
    const before = this.#keysOf(row);
    Object.assign(row, changes);
    const id = this.#idOf(row);
    // Work that comes late may find its row gone: it must not come back into an index.
    if (this.#rows.get(id) !== row) return row;
    const after = this.#keysOf(row);
    for (const [index, keys] of before)
      for (const key of keys) if (!after.get(index)?.includes(key)) this.#unlink(index, key, id);
    for (const [index, keys] of after)
      for (const key of keys) if (!before.get(index)?.includes(key)) this.#link(index, key, id, row);
    return row;
  }

  remove(id: string): T | undefined {
    const row = this.#rows.get(id);
    if (!row) return undefined;
    for (const [index, keys] of this.#keysOf(row)) for (const key of keys) this.#unlink(index, key, id);
    this.#rows.delete(id);
    this.#seqs.delete(id);
    return row;
  }

  /** The row's place in the order of creation: what a page cursor remembers. */
  seqOf(row: T): number {
    return this.#seq(this.#idOf(row));
  }

  #seq(id: string): number {
    return this.#seqs.get(id) ?? 0;
  }

  #link(index: I, key: string, id: string, row: T): void {
    const buckets = this.#buckets.get(index);
    const bucket = buckets?.get(key);
    if (!bucket) {
      buckets?.set(key, { rows: new Map([[id, row]]), isOrdered: true });
      return;
    }
    // An older row that comes later is out of order: put right when somebody looks.
    if (this.#seq(id) < this.#nextSeq - 1) bucket.isOrdered = false;
    bucket.rows.set(id, row);
  }

  #unlink(index: I, key: string, id: string): void {
    const buckets = this.#buckets.get(index);
    const bucket = buckets?.get(key);
    bucket?.rows.delete(id);
    if (bucket?.rows.size === 0) buckets?.delete(key);
  }

  #keysOf(row: T): Map<I, string[]> {
    const keysByIndex = new Map<I, string[]>();
    for (const index of Object.keys(this.#indexes) as I[]) {
      const keys = this.#indexes[index](row);
      const list = (Array.isArray(keys) ? keys : [keys]).filter((key) => key !== undefined);
      if (list.length > 0) keysByIndex.set(index, list);
    }
    return keysByIndex;
  }
}

interface Bucket<T> {
  rows: Map<string, T>;
  isOrdered: boolean;
}
