import { readFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "../..");
const read = (file: string) => readFileSync(join(ROOT, file), "utf8");

/** What a registry shows of the package besides its schema. */
export interface Described {
  readonly displayName: string;
  readonly description: string;
  /** Where the archives of the plugin are; not known while nobody has published them. */
  readonly pluginDownloadURL?: string;
}

/** The pages that Pulumi's registry takes from `docs/`, by path: made of what README.md and docs/languages.md say. */
export function registryPages(schema: Described): ReadonlyMap<string, string> {
  return new Map([
    ["docs/_index.md", overview(schema)],
    ["docs/installation-configuration.md", installation(schema)],
  ]);
}

function overview({ displayName, description }: Described): string {
  const readme = read("README.md");
  const [, intro = "", typescript = ""] = found(
    "README.md",
    readme,
    /^# pulumi-seam\n\n([\s\S]*?)\n```ts\n([\s\S]*?)```/,
  );
  const [, standing = ""] = found(
    "README.md",
    readme,
    /## Where it stands\n\n([\s\S]*?) \[What the code takes for granted\]/,
  );
  const examples = [
    ["typescript", typescript],
    ...["python", "go", "yaml"].map((name) => [name, program(name)]),
  ];
  return page(displayName, description, [
    intro.trim(),
    "## Example",
    `{{< chooser language "${examples.map(([language]) => language).join(",")}" >}}`,
    ...examples.map(
      ([language, code]) =>
        `{{% choosable language ${language} %}}\n\n\`\`\`${language}\n${code}\`\`\`\n\n{{% /choosable %}}`,
    ),
    "{{< /chooser >}}",
    "## Where it stands",
    standing,
  ]);
}

function installation({ displayName, pluginDownloadURL }: Described): string {
  const { version, engines } = JSON.parse(read("package.json"));
  const from = pluginDownloadURL
    ? `--server ${pluginDownloadURL}`
    : `--file pulumi-resource-seam-v${version}-linux-amd64.tar.gz`;
  const [settings = ""] = found("README.md", read("README.md"), /\| stack config [\s\S]*?(?=\n\n)/);
  return page(
    `${displayName} Installation & Configuration`,
    `How to install the ${displayName} provider, and how to say which account it uses.`,
    [
      "## Installation",
      [
        "* JavaScript and TypeScript: [`pulumi-seam`](https://www.npmjs.com/package/pulumi-seam), by `npm install pulumi-seam`. Its classes need no plugin.",
        "* YAML, and `pulumi import`: the plugin alone.",
        "* Python and Go: an SDK made from the plugin, by `pulumi package add`.",
      ].join("\n"),
      `The plugin runs on Node.js ${/\d+/.exec(engines.node)?.[0]} or newer. Install it with npm, or from an archive:`,
      sh("npm install --global pulumi-seam"),
      sh(`pulumi plugin install resource seam ${version} ${from}`),
      "In a project in Python or Go:",
      sh('pulumi package add "$(which pulumi-resource-seam)"'),
      "## Configuration",
      "Keep the API key of a workspace as a secret of the stack:",
      sh("pulumi config set --secret seam:apiKey"),
      "Or give it in the environment:",
      sh("export SEAM_API_KEY=seam_…"),
      '```powershell\n$env:SEAM_API_KEY = "seam_…"\n```',
      settings,
      "Stack config wins over the environment. A second account in one program is an explicit provider with the same settings as arguments:",
      [
        "```yaml",
        "resources:",
        "  annex:",
        "    type: pulumi:providers:seam",
        "    properties:",
        `      apiKey: \${annexApiKey}`,
        "```",
      ].join("\n"),
    ],
  );
}

function program(name: string): string {
  const mark = new RegExp(`<!-- program: ${name} -->\n\`\`\`\\w+\n([\\s\\S]*?)\`\`\``);
  const [, code = ""] = found("docs/languages.md", read("docs/languages.md"), mark);
  return code;
}

function found(file: string, text: string, part: RegExp): RegExpExecArray {
  const match = part.exec(text);
  if (!match) throw new Error(`${file} has no ${part}, of which a page for Pulumi's registry is made.`);
  return match;
}

function sh(command: string): string {
  return `\`\`\`sh\n${command}\n\`\`\``;
}

function page(title: string, description: string, parts: readonly string[]): string {
  const head = `---\ntitle: ${title}\nmeta_desc: ${JSON.stringify(description)}\nlayout: package\n---`;
  return `${[head, "<!-- Made by `npm run schema`; do not edit. -->", ...parts].join("\n\n")}\n`;
}
