import { createRequire } from "node:module";
import { dirname } from "node:path";
import { defineConfig } from "vitepress";
import sidebar from "../sidebar.json" with { type: "json" };

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
  ],
  rewrites: { "README.md": "index.md" },
  // Folders and source files, which are in the repository and not on the site.
  ignoreDeadLinks: true,
  // The pages are outside this folder, and so would not find Vue.
  vite: { resolve: { alias: { vue: dirname(createRequire(import.meta.url).resolve("vue/package.json")) } } },
  themeConfig: {
    search: {
      provider: "local",
      // What the API reports say, the reference says in words.
      options: {
        _render: (src, env, md) => (env.relativePath.startsWith("api/") ? "" : md.render(src, env)),
      },
    },
    outline: [2, 3],
    sidebar: sidebar.map(({ text, items }) => ({
      text,
      items: items.map(({ text, page }) => ({ text, link: page === "README" ? "/" : `/${page}` })),
    })),
  },
});
