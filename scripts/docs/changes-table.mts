import * as resources from "pulumi-seam/provider";

/**
 * What a change of each input does, from the table that the provider itself uses; empty for what is no resource.
 * @param args the documented inputs, where those that can be left out stand with a question mark
 */
export function changesTable(resource: string, args: string): string {
  const handlers = resources as unknown as Record<string, { lifecycle: { table: InputTable } } | undefined>;
  const table = handlers[resource]?.lifecycle.table;
  if (!table) return "";
  const rows = Object.entries(table).map(([property, rule]) => {
    const removal = rule.providerOnly ? "sends nothing" : WORDS[rule.removal ?? rule.change];
    return [
      `\`${property}\``,
      rule.providerOnly ? "sends nothing" : WORDS[rule.change],
      args.includes(`\`${property}?\``) ? removal : "is required",
      COMPARED[rule.compare ?? "value"],
      rule.drift ? "yes" : "no",
    ];
  });
  return [
    "### What a change does",
    "",
    "| Property | Change | Removal | Compared as | Refresh shows changes made elsewhere |",
    "| --- | --- | --- | --- | --- |",
    ...rows.map((row) => `| ${row.join(" | ")} |`),
  ].join("\n");
}

interface InputTable {
  readonly [property: string]: {
    readonly change: "update" | "replace";
    readonly removal?: "update" | "replace" | "record";
    readonly compare?: "instant" | "instants" | "set" | "caseless";
    readonly drift?: boolean;
    readonly providerOnly?: boolean;
  };
}

const WORDS = { update: "updates in place", replace: "replaces", record: "sends nothing" };

const COMPARED = {
  value: "value",
  instant: "instant",
  instants: "instants",
  set: "set",
  multiset: "list, in any order",
  caseless: "text, in any case",
};
