/** What a release is made of, as texts. */
export interface Release {
  readonly manifest: Readonly<Record<string, unknown>>;
  readonly readme: string;
  readonly changelog: string;
  /** The schema of the provider plugin. */
  readonly schema: string;
  /** Whether the state that this version writes is kept for the tests of upgrades. */
  readonly isStateRecorded: boolean;
}

/** What has to be done before the package may be published: sentences; empty: nothing. */
export function obstacles({ manifest, readme, changelog, schema, isStateRecorded }: Release): string[] {
  const { version } = manifest;
  const missing = ["repository", "homepage", "bugs"].filter((name) => manifest[name] === undefined);
  const others = [
    readme.includes("<!-- until published -->") &&
      "README.md says that the package is not on npm: take out what is between the marks `until published`, " +
        "and the section about a clone.",
    !changelog.includes(`\n## ${version} `) && `CHANGELOG.md has no section "## ${version} – <date>".`,
    /^## Unreleased\n\s*(?!## )\S/m.test(changelog) &&
      'CHANGELOG.md has changes under "Unreleased": give them a version and a date, and package.json the same version.',
    schema.includes('"example.com/') &&
      "The Go module's path in plugin/schema.json begins with example.com: correct scripts/schema/languages.mts.",
    !isStateRecorded &&
      `test/upgrade/${version} has no state of this version: run \`npm run state:record\`, and commit what it writes.`,
  ];
  return [
    ...missing.map((name) => `package.json has no "${name}": fill it in. ${WHY[name]}`),
    ...others.filter((sentence) => sentence !== false),
  ];
}

const WHY: Readonly<Record<string, string>> = {
  repository: "npm shows the README with links to its files; without a repository every one of them is dead.",
  homepage: "It is the documentation: the site, or the repository.",
  bugs: "It is where people report what does not work.",
};
