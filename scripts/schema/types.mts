import ts from "typescript";
import { descriptionOf } from "./descriptions.mts";
import type { Source } from "./source.mts";

/** A part of a Pulumi schema. */
export type Spec = Readonly<Record<string, unknown>>;

/** What Pulumi puts around a type. */
const WRAPPERS = new Set(["Input", "Output", "Unwrap"]);

/**
 * Types of the schema out of TypeScript's. What a program gives is strict about the names of properties and lax about
 * texts of which only some are known: the provider itself says what is wrong with them, and Seam learns new ones.
 */
export class Types {
  readonly #source: Source;
  readonly #isSecret: (name: string) => boolean;
  readonly #specs = new Map<string, Spec>();

  constructor(source: Source, isSecret: (name: string) => boolean) {
    this.#source = source;
    this.#isSecret = isSecret;
  }

  /** Every named type that was used, by token. */
  get all(): Record<string, Spec> {
    return Object.fromEntries([...this.#specs].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** The properties of an interface or of literal members, with what is required of them. */
  propertiesOf(members: readonly ts.Node[], parent: string, isInput: boolean) {
    const properties: Record<string, Spec> = {};
    const required: string[] = [];
    for (const member of members) {
      if (!ts.isPropertySignature(member) && !ts.isPropertyDeclaration(member)) continue;
      if (!member.type || member.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword))
        continue;
      const name = member.name.getText();
      const type = plainType(member.type);
      properties[name] = {
        ...this.#typeOf(type.node, { name, parent, isInput }),
        ...descriptionOf(member),
        ...(this.#isSecret(name) && { secret: true }),
      };
      if (!member.questionToken && !type.isOptional) required.push(name);
    }
    return { properties, required };
  }

  /** All members of an interface, those that it takes over among them. */
  membersOf(name: string): readonly ts.Node[] {
    const declaration = this.#source.interfaces.get(name);
    if (!declaration) throw new Error(`sdk/ has no interface ${name}`);
    const inherited = (declaration.heritageClauses ?? []).flatMap(({ types }) =>
      types.flatMap(({ typeArguments: [argument] = [] }) =>
        argument ? this.membersOf(argument.getText()) : [],
      ),
    );
    return [...inherited, ...declaration.members];
  }

  /** The type of an object that functions give a list of. */
  objectType(name: string, interfaceName: string): Spec {
    return this.#named(
      name,
      this.membersOf(interfaceName),
      this.#source.interfaces.get(interfaceName),
      false,
    );
  }

  #typeOf(node: ts.TypeNode, at: Place): Spec {
    if (node.kind === ts.SyntaxKind.StringKeyword) return { type: "string" };
    if (node.kind === ts.SyntaxKind.BooleanKeyword) return { type: "boolean" };
    if (node.kind === ts.SyntaxKind.NumberKeyword)
      return { type: COUNTS.test(at.name) ? "integer" : "number" };
    if (ts.isArrayTypeNode(node)) {
      return {
        type: "array",
        items: this.#typeOf(plainType(node.elementType).node, { ...at, name: singular(at.name) }),
      };
    }
    if (ts.isTypeLiteralNode(node))
      return this.#named(upper(at.name), node.members, undefined, at.isInput, at.parent);
    if (ts.isUnionTypeNode(node)) return this.#unionOf(node, at);
    if (ts.isTypeReferenceNode(node)) return this.#referenceTo(node, at);
    throw new Error(`${at.parent}.${at.name} has a type that the schema cannot say: ${node.getText()}`);
  }

  #unionOf(node: ts.UnionTypeNode, at: Place): Spec {
    const texts = textsOf(node);
    if (texts) return this.#choice(upper(at.name), texts, at);
    return { oneOf: node.types.map((type) => this.#typeOf(plainType(type).node, at)) };
  }

  #referenceTo(node: ts.TypeReferenceNode, at: Place): Spec {
    const name = node.typeName.getText();
    if (name === "Record") return { type: "object", additionalProperties: { $ref: "pulumi.json#/Any" } };
    const alias = this.#source.aliases.get(name);
    const texts = alias && textsOf(alias.type);
    if (texts) return this.#choice(name, texts, at);
    const declaration = this.#source.interfaces.get(name);
    if (!declaration) throw new Error(`${at.parent}.${at.name} names ${name}, which sdk/ does not declare`);
    return this.#named(name.replace(/Args$/, ""), this.membersOf(name), declaration, at.isInput, at.parent);
  }

  /** Texts of which these are known. */
  #choice(name: string, texts: readonly string[], { parent, isInput }: Place): Spec {
    if (!isInput) return { type: "string" };
    const alias = [...this.#source.aliases.values()].find(({ type }) => sameTexts(textsOf(type), texts));
    const own = this.#specs.has(tokenOf(name)) ? parent + name : name;
    const token = tokenOf(alias?.name.text ?? own);
    const values = texts.map((value) => ({ value }));
    this.#specs.set(token, { type: "string", enum: values, ...(alias && descriptionOf(alias)) });
    return { oneOf: [{ type: "string" }, reference(token)] };
  }

  /** An object's type, under a name of its own where another one has taken the plain one. */
  #named(
    name: string,
    members: readonly ts.Node[],
    declaration: ts.Node | undefined,
    isInput: boolean,
    parent = "",
  ): Spec {
    const spec: Spec = {
      type: "object",
      ...(declaration && descriptionOf(declaration)),
      ...withoutEmpty(this.propertiesOf(members, name, isInput)),
    };
    // What is given and what comes back may differ under one name.
    for (const candidate of [name, isInput ? `${name}Input` : `${name}Result`, parent + name]) {
      const existing = this.#specs.get(tokenOf(candidate));
      if (existing && shapeOf(existing) !== shapeOf(spec)) continue;
      this.#specs.set(tokenOf(candidate), existing ?? spec);
      return reference(tokenOf(candidate));
    }
    throw new Error(`There are more types ${name} than names for them`);
  }
}

interface Place {
  readonly name: string;
  readonly parent: string;
  readonly isInput: boolean;
}

/** How often, how many: whole numbers. */
const COUNTS = /count$/i;

/** The type without what Pulumi wraps it in, and whether it may be left out. */
function plainType(node: ts.TypeNode): { readonly node: ts.TypeNode; readonly isOptional: boolean } {
  if (ts.isTypeReferenceNode(node) && WRAPPERS.has(node.typeName.getText().replace(/^pulumi\./, ""))) {
    const [argument] = node.typeArguments ?? [];
    if (argument) return plainType(argument);
  }
  if (ts.isUnionTypeNode(node)) {
    const rest = node.types.filter(({ kind }) => kind !== ts.SyntaxKind.UndefinedKeyword);
    const [only] = rest;
    if (rest.length < node.types.length && rest.length === 1 && only)
      return { ...plainType(only), isOptional: true };
  }
  return { node, isOptional: false };
}

/** What programs can tell of a type; how it is described may differ. */
function shapeOf({ properties = {}, required = [] }: Spec): string {
  const types = Object.entries(properties as Record<string, Spec>).map(([name, property]) => [
    name,
    property["type"] ?? property["$ref"] ?? property["oneOf"],
    property["items"],
  ]);
  return JSON.stringify([types, required]);
}

/** The texts that a type is a choice of; `undefined` for any other type. */
function textsOf(node: ts.TypeNode): readonly string[] | undefined {
  if (!ts.isUnionTypeNode(node)) return undefined;
  const texts = node.types.flatMap((type) =>
    ts.isLiteralTypeNode(type) && ts.isStringLiteral(type.literal) ? [type.literal.text] : [],
  );
  return texts.length === node.types.length ? texts : undefined;
}

function sameTexts(some: readonly string[] | undefined, others: readonly string[]): boolean {
  return some?.join() === others.join();
}

function withoutEmpty({ properties, required }: { properties: Spec; required: readonly string[] }): Spec {
  return { properties, ...(required.length > 0 && { required }) };
}

function tokenOf(name: string): string {
  return `seam:index:${name}`;
}

function reference(token: string): Spec {
  return { $ref: `#/types/${token}` };
}

function upper(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function singular(name: string): string {
  return name.replace(/s$/, "");
}
