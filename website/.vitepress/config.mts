import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { defineConfig, type MarkdownRenderer } from "vitepress";
import sidebar from "../sidebar.json" with { type: "json" };

const ROOT = join(import.meta.dirname, "../..");

/** The repository's own pages, in the order in which people come to need them: see sidebar.json. */
export default defineConfig({
  title: "pulumi-seam",
  description: "Physical access as code: Pulumi resources for Seam access control systems",
  srcDir: "..",
  outDir: "dist",
  cacheDir: ".cache",
  srcExclude: [
    "**/{node_modules,dist,test,website,emulator,sdk,provider,scripts,cli,templates,from-clone}/**",
    // Pulumi's registry shows them.
    "docs/{_index,installation-configuration}.md",
    // What the API reports say, the reference says in words.
    "api/**",
  ],
  rewrites: { "README.md": "index.md" },
  markdown: { anchor: { slugify: anchorOf }, config: linkToPages },
  // The pages are outside this folder, and so would not find Vue.
  vite: { resolve: { alias: { vue: dirname(createRequire(import.meta.url).resolve("vue/package.json")) } } },
  themeConfig: {
    // Short words have too many neighbours: PIN would find every "in".
    search: {
      provider: "local",
      options: { miniSearch: { searchOptions: { fuzzy: (term) => (term.length > 4 ? 0.2 : false) } } },
    },
    outline: [2, 3],
    sidebar: sidebar.map(({ text, items }) => ({
      text,
      items: items.map(({ text, page }) => ({ text, link: page === "README" ? "/" : `/${page}` })),
    })),
  },
});

/** As GitHub makes it, so that links to headings work in both places. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, "")
    .replaceAll(" ", "-");
}

/** On GitHub, pages link to files and folders as well. Here these are no links, and README.md is the home page. */
function linkToPages(md: MarkdownRenderer): void {
  md.core.ruler.push("link-to-pages", ({ tokens, env }) => {
    const folder = dirname(env.realPath ?? env.path);
    let isFile = false;
    for (const token of tokens.flatMap(({ children }) => children ?? [])) {
      if (token.type === "link_open") {
        const href = token.attrGet("href") ?? "";
        const [path = "", anchor] = href.split("#");
        const isRelative = path !== "" && !/^([a-z]+:|\/)/.test(path);
        isFile = isRelative && !path.endsWith(".md");
        if (isRelative && relative(ROOT, join(folder, path)) === "README.md")
          token.attrSet("href", anchor === undefined ? "/" : `/#${anchor}`);
      }
      if (isFile && /^link_(open|close)$/.test(token.type)) token.type = "text";
    }
  });
}
