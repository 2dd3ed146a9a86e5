import * as fs from "node:fs";
import * as path from "node:path";
import * as provider from "../../provider";
import * as sdk from "../../sdk";

// With nothing in Seam: components and look-ups declare them, programs cannot.
const INTERNAL = ["FailedLookUp", "RosterGuard"];
const names = Object.keys(provider)
  .filter((name) => !INTERNAL.includes(name))
  .sort();
const filesIn = (folder: string) => fs.readdirSync(path.join(__dirname, "../..", folder));
const fileOf = (name: string) => name.replace(/(?!^)[A-Z]/g, (letter) => `-${letter}`).toLowerCase();

describe("the registry of resources (the exports of provider/index.ts) names the same set as", () => {
  it("the classes that programs can import, by their type tokens", () => {
    const classes = Object.entries(sdk).flatMap(([name, value]) =>
      "__pulumiType" in value ? [[name, value.__pulumiType]] : [],
    );
    expect(classes.sort()).toEqual(names.map((name) => [name, `pulumi-nodejs:dynamic/seam:${name}`]));
  });

  it("the contract tests, which keep the provider texts", () => {
    const tested = filesIn("test/contract").filter((file) => file.endsWith(".test.ts"));
    expect(tested.sort()).toEqual(names.map((name) => `${fileOf(name)}.test.ts`));
    for (const name of names) {
      const test = fs.readFileSync(path.join(__dirname, `../contract/${fileOf(name)}.test.ts`), "utf8");
      expect(test).toContain(`resourceContract("${name}", {`);
      expect(test).toContain(`'exports.handler=()=>require("pulumi-seam/provider").${name}'`);
    }
  });

  it("the documented resources", () => {
    const pages = filesIn("docs/reference").filter((page) =>
      fs
        .readFileSync(path.join(__dirname, "../../docs/reference", page), "utf8")
        .includes("\n### What a change does\n"),
    );
    expect(pages.sort()).toEqual(names.map((name) => `${fileOf(name)}.md`));
  });

  it("the lifecycles in provider/resources/, one file each", () => {
    const lifecycles = filesIn("provider/resources")
      .filter((file) => file.endsWith(".ts"))
      .filter((file) =>
        fs
          .readFileSync(path.join(__dirname, "../../provider/resources", file), "utf8")
          .includes(": ResourceLifecycle = {"),
      );
    expect(lifecycles.sort()).toEqual(names.map((name) => `${fileOf(name)}.ts`));
  });
});
