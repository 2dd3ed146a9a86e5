import ts from "typescript";
import { yamlExample } from "./example.mts";

/** What TSDoc says of a declaration, as the schema has it. */
export interface Description {
  readonly description?: string;
  readonly deprecationMessage?: string;
}

/** @param hasExample false where the example is one for TypeScript alone */
export function descriptionOf(node: ts.Node, hasExample = true): Description {
  const [comment] = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  if (!comment) return {};
  const tags = (name: string) =>
    (comment.tags ?? [])
      .filter((tag) => tag.tagName.text === name)
      .map((tag) => text(ts.getTextOfJSDocComment(tag.comment)));
  const sentences = [
    text(ts.getTextOfJSDocComment(comment.comment)),
    ...pagesOf(comment).map((url) => `See ${url}`),
  ];
  const [deprecation] = tags("deprecated");
  const [example] = tags("example");
  const description = [
    ...sentences.filter(Boolean),
    // Pulumi's documentation cuts examples out of these brackets.
    ...(example && hasExample
      ? [
          `{{% examples %}}\n## Example Usage\n{{% example %}}\n\n${yamlExample(example)}\n{{% /example %}}\n{{% /examples %}}`,
        ]
      : []),
  ].join("\n\n");
  return {
    ...(description && { description }),
    ...(deprecation && { deprecationMessage: `Deprecated ${deprecation}` }),
  };
}

/** TypeScript takes the beginning of an address for a name. */
function pagesOf(comment: ts.JSDoc): readonly string[] {
  return (comment.tags ?? [])
    .filter(({ tagName }) => tagName.text === "see")
    .flatMap((tag) => /https?:\/\/\S+/.exec(tag.getText())?.[0] ?? []);
}

/** Markdown for readers of any language: a link to a TypeScript name is that name. */
function text(comment: string | undefined): string {
  return (comment ?? "").replace(/\{@link (\w+)\}/g, "`$1`").trim();
}
