import ts from "typescript";
import { stringify } from "yaml";

/** The resources of a TypeScript example as a Pulumi YAML program. */
export function yamlExample(markdown: string): string {
  const code = /```ts\n([\s\S]*?)```/.exec(markdown)?.[1] ?? "";
  const resources: Record<string, unknown> = {};
  const visit = (node: ts.Node): void => {
    if (ts.isNewExpression(node)) {
      const [name, args] = node.arguments ?? [];
      const type = node.expression.getText().replace(/^seam\./, "seam:");
      const logical = name && ts.isStringLiteral(name) ? name.text : "";
      const key = ts.isVariableDeclaration(node.parent) ? node.parent.name.getText() : logical;
      resources[key] = {
        type,
        ...(key !== logical && { name: logical }),
        ...(args && { properties: value(args) }),
      };
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile("example.ts", code, ts.ScriptTarget.ES2022, true));
  return `\`\`\`yaml\n${stringify({ resources })}\`\`\``;
}

function value(node: ts.Expression): unknown {
  if (ts.isStringLiteral(node)) return node.text;
  if (ts.isNumericLiteral(node)) return Number(node.text);
  if (node.kind === ts.SyntaxKind.TrueKeyword) return true;
  if (node.kind === ts.SyntaxKind.FalseKeyword) return false;
  if (ts.isArrayLiteralExpression(node)) return node.elements.map(value);
  if (ts.isPropertyAccessExpression(node)) return `\${${node.getText()}}`;
  if (ts.isObjectLiteralExpression(node)) {
    return Object.fromEntries(
      node.properties.map((property) => {
        if (ts.isPropertyAssignment(property)) return [property.name.getText(), value(property.initializer)];
        throw new Error(`An example has what YAML cannot say: ${property.getText()}`);
      }),
    );
  }
  throw new Error(`An example has what YAML cannot say: ${node.getText()}`);
}
