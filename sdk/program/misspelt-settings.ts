import { SINGLE_READS, VARIABLES } from "../../provider/http/settings";
import { nearNames } from "../../provider/values/near-names";

/** Names that a program finds set; what they are set to is nobody's business here. */
export interface SetNames {
  /** Keys of the stack config, such as `seam:apiKey`. */
  readonly config: readonly string[];
  readonly environment: readonly string[];
  /** Name of the Pulumi project, whose own config has it as prefix. */
  readonly project: string;
}

/** A sentence for every setting that somebody meant for this package, and that nothing reads. */
export function misspeltSettings({ config, environment, project }: SetNames): readonly string[] {
  const keys = config.filter((key) => key.toLowerCase().startsWith(CONFIG) && !KEYS.includes(key));
  const variables = environment.filter((name) => !KNOWN_VARIABLES.includes(name));
  return [
    ...keys.map((key) => notice(`The stack config has ${key}`, key, KEYS, CONFIG, project !== "seam")),
    // Other programs have variables that begin so, too.
    ...variables
      .filter((name) => name.startsWith(SEAM))
      .map((name) => notice(`The environment has ${name}`, name, Object.values(VARIABLES), SEAM, false)),
    ...variables
      .filter((name) => name.startsWith(PULUMI_SEAM))
      .map((name) => notice(`The environment has ${name}`, name, [SINGLE_READS], PULUMI_SEAM, true)),
  ].filter((sentence) => sentence !== undefined);
}

const CONFIG = "seam:";
const SEAM = "SEAM_";
const PULUMI_SEAM = "PULUMI_SEAM_";
const KEYS = Object.keys(VARIABLES).map((name) => CONFIG + name);
const KNOWN_VARIABLES = [...Object.values(VARIABLES), SINGLE_READS];

/** @param isOurs whether nobody else can mean anything by a name with this prefix */
function notice(
  found: string,
  name: string,
  known: readonly string[],
  prefix: string,
  isOurs: boolean,
): string | undefined {
  const bare = (full: string) => full.slice(prefix.length);
  const near = nearNames(bare(name), known.map(bare)).map((meant) => prefix + meant);
  if (near.length > 0) return `${found}, which nothing reads. Did you mean ${near.join(" or ")}?`;
  return isOurs ? `${found}, which nothing reads. There is ${known.join(", ")}.` : undefined;
}
