import { ADDITIONS } from "./contributing/additions";
import { RECIPES } from "./contributing/recipe";
import { Tree } from "./contributing/tree";

// One for all, since what was built serves the next: the repository ends with one more of everything.
let tree: Tree;
beforeAll(() => {
  tree = new Tree();
});
afterAll(() => tree?.remove());

it.each([...RECIPES])(
  "adds by CONTRIBUTING.md, with the files that it names and no others: %s",
  async (title, { files, commands }) => {
    const { name, edits } = ADDITIONS[title] ?? { name: "", edits: {} };
    expect(Object.keys(edits)).toEqual(files);
    const named = (text: string) => text.replaceAll(/<(name|kind)>/g, name);

    for (const [file, { from = file, change }] of Object.entries(edits)) {
      const before = tree.read(from);
      const after = change(before);
      // Else the repository has moved on, and nothing was added.
      expect([file, after]).not.toEqual([file, before]);
      tree.write(named(file), after);
    }
    expect(commands).not.toEqual([]);
    for (const command of commands) await tree.run(named(command));
  },
);

it.each(["types", "api", "rooms"])("leaves what `npm run check:%s` accepts", (check) =>
  tree.run(`npm run check:${check}`),
);
