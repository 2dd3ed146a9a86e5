import type { SeamClient } from "../../provider/http/client";
import { listAll } from "../../provider/http/pages";
import { nearNames } from "../../provider/values/near-names";
import { show } from "../../provider/values/show";

/** A device that writes cards. */
export interface Encoder {
  readonly acsEncoderId: string;
  readonly name: string;
  readonly acsSystemId: string;
  readonly system: string;
  /** Seam's codes of what keeps it from working. */
  readonly errors: readonly string[];
}

/** All encoders of the workspace, by system and name. */
export async function encodersOf(seam: SeamClient): Promise<readonly Encoder[]> {
  const list = (path: string, key: string, what: string) =>
    listAll(seam, { path, key, query: {}, action: `list the ${what}` });
  const [encoders, systems] = await Promise.all([
    list("/acs/encoders/list", "acs_encoders", "encoders"),
    list("/acs/systems/list", "acs_systems", "access systems"),
  ]);
  const names = new Map(systems.map(({ acs_system_id, name }) => [acs_system_id, String(name)]));
  return encoders
    .map(({ acs_encoder_id, display_name, acs_system_id, errors }) => ({
      acsEncoderId: String(acs_encoder_id),
      name: String(display_name),
      acsSystemId: String(acs_system_id),
      system: names.get(acs_system_id) ?? String(acs_system_id),
      errors: (Array.isArray(errors) ? errors : []).map(({ error_code }) => String(error_code)),
    }))
    .sort((a, b) => `${a.system} ${a.name}`.localeCompare(`${b.system} ${b.name}`, "en"));
}

/**
 * The encoder with this id or name, of one of the access systems that a card is for.
 * @throws Error that names the ones that there are
 */
export async function findEncoder(
  seam: SeamClient,
  wanted: string,
  acsSystemIds: readonly string[],
): Promise<Encoder> {
  const all = await encodersOf(seam);
  const usable = all.filter(({ acsSystemId }) => acsSystemIds.includes(acsSystemId));
  const meant = usable.filter(({ acsEncoderId, name }) => acsEncoderId === wanted || name === wanted);
  const [one, ...others] = meant;
  if (one && others.length === 0) return one;
  if (one)
    throw new Error(`Several encoders are named ${show(wanted)}. Give the id of one:\n${lines(meant)}`);
  const elsewhere = all.find(({ acsEncoderId, name }) => acsEncoderId === wanted || name === wanted);
  if (elsewhere) {
    throw new Error(
      `The encoder ${show(wanted)} belongs to ${elsewhere.system}, and the card to another access system.`,
    );
  }
  if (usable.length === 0) throw new Error("The card's access system has no encoder in Seam.");
  const near = nearNames(wanted, new Set(usable.map(({ name }) => name))).map(show);
  const advice = near.length > 0 ? ` Did you mean ${near.join(" or ")}?` : "";
  throw new Error(
    `The card's access system has no encoder ${show(wanted)}.${advice} It has:\n${lines(usable)}`,
  );
}

function lines(encoders: readonly Encoder[]): string {
  return encoders.map(({ acsEncoderId, name, system }) => `  ${acsEncoderId}  ${name}, ${system}`).join("\n");
}
