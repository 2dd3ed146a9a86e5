import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import sidebar from "../../website/sidebar.json";

const ROOT = join(__dirname, "../..");

it("leads to every page of the documentation, and to no page that is not there", () => {
  const listed = sidebar.flatMap(({ items }) => items.map(({ page }) => `${page}.md`));
  const pages = ["docs", "docs/reference"].flatMap((folder) =>
    readdirSync(join(ROOT, folder))
      .filter((name) => name.endsWith(".md"))
      .map((name) => `${folder}/${name}`)
      // Pages that Pulumi's registry shows.
      .filter((page) => !/^layout: package$/m.test(readFileSync(join(ROOT, page), "utf8"))),
  );
  expect(pages.filter((page) => !listed.includes(page))).toEqual([]);
  expect(listed.filter((page) => !existsSync(join(ROOT, page)))).toEqual([]);
});
