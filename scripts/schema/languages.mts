const README =
  "Physical access as code: the classes of the package seam, whose provider comes with pulumi-seam.\n";

/** Names of packages and modules in each language, as Pulumi's generators read them. */
export const LANGUAGES = {
  // Programs for Node use the package pulumi-seam itself; this name is for those that want generated classes.
  nodejs: { packageName: "pulumi-seam-sdk", respectSchemaVersion: true, readme: README },
  python: {
    packageName: "pulumi_seam",
    readme: README,
    respectSchemaVersion: true,
    pyproject: { enabled: true },
    requires: { pulumi: ">=3.165.0,<4.0.0" },
    inputTypes: "classes-and-dicts",
  },
  go: {
    importBasePath: "example.com/pulumi-seam/sdk/go/seam",
    rootPackageName: "seam",
    generateResourceContainerTypes: true,
    respectSchemaVersion: true,
  },
  csharp: { rootNamespace: "Pulumi", packageReferences: { Pulumi: "3.*" }, respectSchemaVersion: true },
  java: { basePackage: "com", buildFiles: "gradle" },
};
