/** What a release is made of, as texts. */
export interface Release {
  readonly manifest: Readonly<Record<string, unknown>>;
  readonly readme: string;
  readonly changelog: string;
}

/** What has to be done before the package may be published: sentences; empty: nothing. */
export function obstacles({ manifest, readme, changelog }: Release): string[] {
  const missing = ["repository", "homepage", "bugs"].filter((name) => manifest[name] === undefined);
  return [
    ...missing.map((name) => `package.json has no "${name}": fill it in. ${WHY[name]}`),
    ...(readme.includes("<!-- until published -->")
      ? [
          "README.md says that the package is not on npm: take out what is between the marks `until published`, " +
            "and the section about a clone.",
        ]
      : []),
    ...(changelog.includes(`\n## ${manifest["version"]} `)
      ? []
      : [`CHANGELOG.md has no section "## ${manifest["version"]} – <date>".`]),
  ];
}

const WHY: Readonly<Record<string, string>> = {
  repository: "npm shows the README with links to its files; without a repository every one of them is dead.",
  homepage: "It is the documentation: the site, or the repository.",
  bugs: "It is where people report what does not work.",
};
