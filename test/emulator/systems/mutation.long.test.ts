import { SYSTEMS } from "../../../emulator/systems/index";
import type { AccessMethod, System } from "../../../emulator/systems/system";
import { contract } from "./contract";
import { DOCUMENTED } from "./documented";

// Every fact and rule of every system's file, changed one at a time: the contract has to notice each.
jest.setTimeout(300_000);

type Plain = Record<string, unknown>;

interface Mutation {
  name: string;
  apply(system: Plain): void;
}

it.each([...SYSTEMS])("notices when any rule of %s is another", async (kind, system) => {
  const documented = DOCUMENTED[kind];
  if (!documented) throw new Error(`Nothing is documented about ${kind}`);
  const mutations = mutationsOf(system);
  const survivors: string[] = [];
  for (const mutation of mutations) {
    const original = copyOf(system as unknown as Plain);
    mutation.apply(system as unknown as Plain);
    try {
      if ((await contract(kind, documented, true)).length === 0) survivors.push(mutation.name);
    } finally {
      for (const key of Object.keys(system)) delete (system as unknown as Plain)[key];
      Object.assign(system, original);
    }
  }
  expect(survivors).toEqual([]);
  expect(mutations.length).toBeGreaterThan(15);
});

function mutationsOf(system: System): Mutation[] {
  // `kind` is only the name in seeds: the list of kinds is another test.
  const { kind: _, ...facts } = system;
  return [...changes(facts as unknown as Plain, []), ...additions(system)];
}

/** Each value that is there, changed. */
function* changes(value: Plain, path: string[]): Iterable<Mutation> {
  for (const [key, item] of Object.entries(value)) {
    const here = [...path, key];
    if (Array.isArray(item) && here[0] === "rules")
      for (const left of item)
        yield set(
          here,
          item.filter((other) => other !== left),
          `without ${left}`,
        );
    else if (Array.isArray(item))
      for (const index of item.keys())
        yield set(
          here,
          item.map((part, at) => (at === index ? `${part}x` : part)),
          `[${index}] changed`,
        );
    else if (typeof item === "object" && item !== null) yield* changes(item as Plain, here);
    else if (typeof item === "boolean") yield set(here, !item);
    else if (typeof item === "number") for (const other of [item - 1, item + 1]) yield set(here, other);
    else if (key === "customCode") yield set(here, item === "refused" ? "accepted" : "refused");
    else if (typeof item === "string") yield set(here, `${item}x`);
    else if (typeof item === "function") yield set(here, () => ({}), "shows nothing");
  }
}

/** Rules and facts that the system does not have, added. */
function* additions(system: System): Iterable<Mutation> {
  const { rules, credentialTypes, userType, showMetadata } = system;
  const guided = (["code", "card", "mobile_key"] satisfies AccessMethod[]).filter((method) =>
    rules.accessMethods.includes(method),
  );
  for (const method of ["code", "card", "mobile_key"] as const)
    if (!rules.accessMethods.includes(method))
      yield set(["rules", "accessMethods"], [...rules.accessMethods, method], `with ${method}`);
  yield set(["rules", "accessGroupTypes"], [...rules.accessGroupTypes, "invented_group"], "with another");
  for (const method of guided) {
    if (rules.maxPerUser[method] === undefined) yield set(["rules", "maxPerUser", method], 1);
    if (rules.entrancesPerCredential[method] === undefined)
      yield set(["rules", "entrancesPerCredential", method], 1);
    // Where mobile keys are multi-phone, all of them have the type of those.
    const isNeverShown = method === "mobile_key" && rules.mobileKeysAreMultiPhone;
    if (!credentialTypes[method] && !isNeverShown)
      yield set(["credentialTypes", method], ["invented", "Invented"]);
  }
  if (!rules.codeRange && guided.includes("code") && rules.customCode === "accepted")
    yield set(["rules", "codeRange"], { min: 1, max: 9999 });
  const flags = {
    generatesCode: "code",
    cardsNeedEncoding: "card",
    mobileKeysAreMultiPhone: "mobile_key",
  } as const;
  for (const flag of Object.keys(flags) as (keyof typeof flags)[])
    if (!rules[flag] && guided.includes(flags[flag])) yield set(["rules", flag], true);
  if (!userType) yield set(["userType"], ["invented", "Invented"]);
  if (!showMetadata)
    yield set(["showMetadata"], () => ({ visionline_metadata: { is_valid: true } }), "shows another's");
}

function set(path: string[], value: unknown, how = JSON.stringify(value)): Mutation {
  return {
    name: `${path.join(".")} ${how}`,
    apply(system) {
      let node = system;
      for (const step of path.slice(0, -1)) node = node[step] as Plain;
      node[path.at(-1) ?? ""] = value;
    },
  };
}

function copyOf(value: Plain): Plain {
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      const isPlain = typeof item === "object" && item !== null && !Array.isArray(item);
      return [key, isPlain ? copyOf(item as Plain) : item];
    }),
  );
}
