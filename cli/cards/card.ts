import type { SeamClient } from "../../provider/http/client";
import { listAll } from "../../provider/http/pages";
import { isBeingDeleted } from "../../provider/lifecycle/outputs";
import { isRecord, type Properties } from "../../provider/values/record";
import { show } from "../../provider/values/show";
import { nameInUrn } from "../../provider/values/urn";
import { Accounts } from "../accounts";
import { lifecycleOf } from "../lifecycles";
import { exportStack, revealed, type StateResource, stackConfig } from "../stack-state";

/** A card that a stack declares: a credential, or an access method of a grant. */
export interface DeclaredCard {
  readonly seam: SeamClient;
  /** For messages: `ada-card (acs_credential 7f3c…)`. */
  readonly what: string;
  readonly kind: "acs_credential" | "access_method";
  readonly id: string;
  /** The access systems whose encoders can write it. */
  readonly acsSystemIds: readonly string[];
}

/** Which card of the stack is meant. */
export interface CardOptions {
  readonly stack?: string;
  /** An access method's id, where the grant has several cards. */
  readonly method?: string;
}

/**
 * Finds the card that a resource of the stack declares, and the account that it is in.
 * @param resource its name or URN; of a component such as GuestStay, the grant in it is meant
 * @throws Error that says what else could be meant
 */
export async function findCard(resource: string, options: CardOptions): Promise<DeclaredCard> {
  const { deployment } = await exportStack(options.stack);
  const { resources = [] } = deployment;
  const found = theResource(resource, resources);
  const accounts = new Accounts(await stackConfig(options.stack), resources);
  const seam = await accounts.clientOf(found.provider);
  const name = nameInUrn(found.urn);
  if (lifecycleOf(found.type)?.name === "AccessGrant")
    return cardOfGrant(seam, name, String(found.id), options);
  const outputs = revealed(found.outputs);
  const { accessMethod, acsSystemId } = isRecord(outputs) ? outputs : {};
  if (accessMethod !== "card") {
    throw new Error(`${name} is a ${accessMethod} and no card: there is nothing to write onto one.`);
  }
  return {
    seam,
    what: `${name} (acs_credential ${found.id})`,
    kind: "acs_credential",
    id: String(found.id),
    acsSystemIds: [String(acsSystemId)],
  };
}

/** Resources that can be, or have, a card. */
const CARRIERS = ["AcsCredential", "AccessGrant"];

function theResource(wanted: string, resources: readonly StateResource[]): StateResource {
  const carriers = resources.filter(
    ({ type, id, delete: isLeaving }) => id && !isLeaving && CARRIERS.includes(lifecycleOf(type)?.name ?? ""),
  );
  const parents = resources.filter(({ urn }) => urn === wanted || nameInUrn(urn) === wanted);
  const isMeant = ({ urn, parent }: StateResource) =>
    urn === wanted || nameInUrn(urn) === wanted || parents.some((component) => component.urn === parent);
  const meant = carriers.filter(isMeant);
  const [one, ...others] = meant;
  if (one && others.length === 0) return one;
  if (one) {
    const urns = meant.map(({ urn }) => `  ${urn}`).join("\n");
    throw new Error(`${show(wanted)} are several resources. Give the URN of one:\n${urns}`);
  }
  const names = [...new Set(carriers.map(({ urn }) => nameInUrn(urn)))].sort();
  throw new Error(
    names.length === 0
      ? "The stack has no credential and no access grant. Is it the right one? See --stack."
      : `The stack has no credential or access grant named ${show(wanted)}. It has ${names.slice(0, 20).join(", ")}${names.length > 20 ? ", …" : ""}.`,
  );
}

/** The card of an access grant, or the one of several that is meant; none that the grant is about to lose. */
export async function cardOfGrant(
  seam: SeamClient,
  name: string,
  access_grant_id: string,
  { method }: Pick<CardOptions, "method">,
): Promise<DeclaredCard> {
  const methods = await listAll(seam, {
    path: "/access_methods/list",
    key: "access_methods",
    query: { access_grant_id },
    action: `read the access methods of ${name}`,
  });
  const cards = methods.filter((method) => method["mode"] === "card" && !isBeingDeleted(method));
  const meant =
    method === undefined ? cards : cards.filter(({ access_method_id }) => access_method_id === method);
  const [one, ...others] = meant;
  if (one && others.length === 0) {
    const id = String(one["access_method_id"]);
    return {
      seam,
      what: `${name} (access_method ${id})`,
      kind: "access_method",
      id,
      acsSystemIds: await systemsOf(seam, name, access_grant_id),
    };
  }
  const listed = cards.map((card) => `  ${card["access_method_id"]}  ${card["display_name"]}`).join("\n");
  if (cards.length === 0) throw new Error(`The access grant of ${name} asks for no card.`);
  throw new Error(
    `The access grant of ${name} has these cards. Give the id of one with --method:\n${listed}`,
  );
}

async function systemsOf(
  seam: SeamClient,
  name: string,
  access_grant_id: string,
): Promise<readonly string[]> {
  const { json } = await seam.call({
    path: "/access_grants/get_related",
    body: { access_grant_ids: [access_grant_id], include: ["acs_entrances"] },
    effect: "read",
    action: `find the access systems of ${name}`,
  });
  const batch = isRecord(json["batch"]) ? json["batch"] : {};
  const entrances = Array.isArray(batch["acs_entrances"]) ? (batch["acs_entrances"] as Properties[]) : [];
  return [...new Set(entrances.map(({ acs_system_id }) => String(acs_system_id)))];
}
