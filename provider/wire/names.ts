import { isRecord } from "../values/record";

/** Seam writes `snake_case`, Pulumi programs `camelCase`; these translate names, everywhere inside a value. */

export const camelCase = remembered((name) =>
  name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()),
);

export const snakeCase = remembered((name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));

/** A value of Seam's in our names, without what is null: Pulumi's state has no use for it. */
export function fromWireNames(value: unknown): unknown {
  return rename(value, camelCase);
}

/** A value of ours in Seam's names. */
export function toWireNames(value: unknown): unknown {
  return rename(value, snakeCase);
}

function rename(value: unknown, to: (name: string) => string): unknown {
  if (Array.isArray(value)) return value.map((element) => rename(element, to));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, child]) => child !== null && child !== undefined)
      .map(([name, child]) => [to(name), rename(child, to)]),
  );
}

/** The same few names are translated for every object. */
function remembered(translate: (name: string) => string): (name: string) => string {
  const known = new Map<string, string>();
  return (name) => {
    const before = known.get(name);
    if (before !== undefined) return before;
    const translated = translate(name);
    known.set(name, translated);
    return translated;
  };
}
