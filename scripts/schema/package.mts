import { readFileSync } from "node:fs";
import { join } from "node:path";
import { SECRET_SETTINGS } from "../../dist/plugin/configuration.js";
import { RESOURCES } from "../../dist/plugin/resources.js";
import { isSecretName } from "../../dist/provider/wire/secrets.js";
import { EVERY_LOOK_UP } from "../../dist/sdk/lookups/every.js";
import { descriptionOf } from "./descriptions.mts";
import { LANGUAGES } from "./languages.mts";
import type { Described } from "./registry-pages.mts";
import { readSource } from "./source.mts";
import { type Spec, Types } from "./types.mts";

/** The package `seam` as Pulumi's tools know packages: made from TSDoc and types of `sdk/` and the tables of `provider/`. */
export function packageSchema(): Spec & Described {
  const source = readSource();
  const types = new Types(source, isSecretName);
  const resources = Object.fromEntries(
    [...RESOURCES].map(([token, resource]) => [token, resourceSpec(resource)]),
  );
  const functions = Object.fromEntries(
    EVERY_LOOK_UP.map((lookUp) => [`seam:index:${lookUp.name}`, functionSpec(lookUp)]),
  );
  const settings = types.propertiesOf(types.membersOf("ProviderArgs"), "Provider", true).properties;
  const account = Object.fromEntries(
    Object.entries(settings).map(([name, spec]) => [
      name,
      { ...spec, ...(SECRET_SETTINGS.has(name) && { secret: true }) },
    ]),
  );
  return {
    name: "seam",
    displayName: "Seam",
    description: "Physical access as code: who may open which door, for access systems that Seam connects",
    keywords: ["pulumi", "seam", "kind/native", "category/infrastructure"],
    license: "Apache-2.0",
    ...published(),
    config: { variables: account },
    provider: { ...descriptionOf(declared(source.classes, "Provider"), false), inputProperties: account },
    types: types.all,
    resources,
    functions,
    language: LANGUAGES,
  };

  function resourceSpec({ name, table }: Lifecycle): Spec {
    const inputs = types.propertiesOf(types.membersOf(`${name}Args`), name, true);
    const declaration = declared(source.classes, name);
    const outputs = types.propertiesOf(declaration.members, name, false);
    return {
      ...descriptionOf(declaration),
      // A stack that the classes of `pulumi-seam` have deployed goes on with the same names.
      aliases: [{ type: dynamicType(name) }],
      inputProperties: Object.fromEntries(
        Object.entries(inputs.properties).map(([property, spec]) => [
          property,
          { ...spec, ...(table[property]?.change === "replace" && { willReplaceOnChanges: true }) },
        ]),
      ),
      requiredInputs: inputs.required,
      properties: outputs.properties,
      required: outputs.required,
    };
  }

  function functionSpec({
    name,
    listProperty,
  }: {
    readonly name: string;
    readonly listProperty?: string;
  }): Spec {
    const given = types.propertiesOf(types.membersOf(`${upper(name)}Args`), upper(name), false);
    const inputs = { type: "object", ...given };
    const description = descriptionOf(declared(source.functions, name));
    if (listProperty === undefined) {
      const found = types.propertiesOf(types.membersOf(`${upper(name)}Result`), upper(name), false);
      return { ...description, inputs, outputs: { type: "object", ...found } };
    }
    const one = upper(name.replace(/^get/, "")).replace(/s$/, "");
    const items = types.objectType(one, `Get${one}Result`);
    const properties = {
      [listProperty]: { type: "array", items, description: "In the order in which they were asked for." },
    };
    return { ...description, inputs, outputs: { type: "object", properties, required: [listProperty] } };
  }
}

type Lifecycle = {
  readonly name: string;
  readonly table: Readonly<Record<string, { readonly change: string }>>;
};

/** What a registry shows of who publishes the package: nothing, while package.json names no repository. */
function published(): {
  publisher?: string;
  homepage?: string;
  repository?: string;
  pluginDownloadURL?: string;
} {
  const { author, homepage, repository } = JSON.parse(
    readFileSync(join(import.meta.dirname, "../../package.json"), "utf8"),
  );
  const slug = /^(?:.*github(?:\.com)?[:/])?([\w.-]+\/[\w.-]+?)(?:\.git)?$/.exec(
    repository?.url ?? repository ?? "",
  )?.[1];
  if (slug === undefined) return {};
  return {
    publisher: author?.name ?? author ?? slug.split("/")[0],
    ...(homepage !== undefined && { homepage }),
    repository: `https://github.com/${slug}`,
    // The archives are files of the release on GitHub.
    pluginDownloadURL: `github://api.github.com/${slug}`,
  };
}

/** The type of the class for TypeScript. */
function dynamicType(name: string): string {
  return `pulumi-nodejs:dynamic/seam:${name}`;
}

function declared<T>(all: ReadonlyMap<string, T>, name: string): T {
  const found = all.get(name);
  if (!found) throw new Error(`sdk/ has no ${name}`);
  return found;
}

function upper(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
