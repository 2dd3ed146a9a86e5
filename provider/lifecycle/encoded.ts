import { isRecord, type Properties } from "../values/record";

/** Outputs that say whether cards are encoded: of a credential, and of a grant's ways in. */
const TELLING = ["isIssued", "accessMethods"] as const;

/** Outputs as they were if somebody had encoded every card by now: the state knows only what a refresh has seen. */
export function withAllEncoded(outputs: Properties): Properties {
  const { accessMethod, accessMethods } = outputs;
  return {
    ...outputs,
    ...(accessMethod === "card" && { isIssued: true }),
    ...(Array.isArray(accessMethods) && {
      accessMethods: accessMethods.map((method) =>
        isRecord(method) && method["mode"] === "card" ? { ...method, isIssued: true } : method,
      ),
    }),
  };
}

/** Outputs with what Seam shows now of their cards, and of nothing else. */
export function withCardsOf(shown: Properties | undefined, outputs: Properties): Properties {
  const told = TELLING.filter((name) => shown?.[name] !== undefined);
  return { ...outputs, ...Object.fromEntries(told.map((name) => [name, shown?.[name]])) };
}
