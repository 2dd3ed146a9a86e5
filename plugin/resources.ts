import * as provider from "../provider";
import type { ResourceLifecycle } from "../provider/lifecycle/lifecycle";
import { nearNames } from "../provider/values/near-names";
import { WrongRequest } from "./errors";

const PREFIX = "seam:index:";

/** The resources of the package by type token: those that have a life in Seam. */
export const RESOURCES: ReadonlyMap<string, ResourceLifecycle> = new Map(
  Object.values(provider).flatMap((resource) =>
    "lifecycle" in resource ? [[PREFIX + resource.lifecycle.name, resource.lifecycle]] : [],
  ),
);

/** @throws WrongRequest naming what is near */
export function unknownToken(kind: string, token: string, known: Iterable<string>): WrongRequest {
  const names = [...known].map((name) => name.slice(PREFIX.length));
  const near = nearNames(token.slice(token.lastIndexOf(":") + 1), names);
  const choice = near.length > 0 ? `Did you mean ${near.join(" or ")}?` : `There is ${names.join(", ")}.`;
  return new WrongRequest(
    `The package seam has no ${kind} ${JSON.stringify(token.slice(0, 100))}. ${choice}`,
  );
}
