import * as fs from "node:fs";
import * as path from "node:path";
import * as provider from "../../provider";
import * as sdk from "../../sdk";

const REPOSITORY = path.join(__dirname, "../..");
/** What has a life of its own in Seam; components and look-ups declare the others, programs cannot. */
const names = Object.entries(provider)
  .flatMap(([name, resource]) => ("lifecycle" in resource ? [name] : []))
  .sort();
const files = names.map((name) => name.replace(/(?!^)[A-Z]/g, (letter) => `-${letter}`).toLowerCase());

const filesIn = (folder: string) => fs.readdirSync(path.join(REPOSITORY, folder)).sort();

describe("the registry of resources (the exports of provider/index.ts) names the same set as", () => {
  it("the classes that programs can import, by their type tokens", () => {
    const classes = Object.entries(sdk).flatMap(([name, value]) =>
      "__pulumiType" in value ? [[name, value.__pulumiType]] : [],
    );
    expect(classes.sort()).toEqual(names.map((name) => [name, `pulumi-nodejs:dynamic/seam:${name}`]));
  });

  it("the lifecycles that the files of provider/resources/ export, one file each", () => {
    const lifecycles = filesIn("provider/resources").flatMap((file) =>
      Object.values(require(path.join(REPOSITORY, "provider/resources", file))).flatMap((value) =>
        isLifecycle(value) ? [`${value.name} in ${file}`] : [],
      ),
    );
    expect(lifecycles).toEqual(names.map((name, n) => `${name} in ${files[n]}.ts`));
  });

  it("the contract tests and the pages of the reference", () => {
    expect(filesIn("test/contract")).toEqual(expect.arrayContaining(files.map((file) => `${file}.test.ts`)));
    expect(filesIn("docs/reference")).toEqual(expect.arrayContaining(files.map((file) => `${file}.md`)));
  });
});

function isLifecycle(value: unknown): value is { readonly name: string } {
  return typeof value === "object" && value !== null && "findAlike" in value && "check" in value;
}
