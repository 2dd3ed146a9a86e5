import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";

const ROOT = join(__dirname, "../..");

/** Every page of the repository that people read. */
const PAGES = ["", "docs", "docs/reference", "examples", "templates"].flatMap((folder) => {
  const entries = readdirSync(join(ROOT, folder), { withFileTypes: true });
  const inner = /^(examples|templates)$/.test(folder) ? entries.filter((entry) => entry.isDirectory()) : [];
  return [
    ...entries.map(({ name }) => join(folder, name)),
    ...inner.map(({ name }) => join(folder, name, "README.md")),
  ].filter((path) => path.endsWith(".md") && existsSync(join(ROOT, path)));
});

it.each(PAGES)("%s links only to files and headings that there are", (page) => {
  const text = withoutCode(readFileSync(join(ROOT, page), "utf8"));
  const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = ""]) => link);
  expect(links.filter((link) => !/^https?:/.test(link) && !leadsSomewhere(page, link))).toEqual([]);
});

it("README.md takes a stranger to a stack and a test of their own in at most ten commands", () => {
  const readme = readFileSync(join(ROOT, "README.md"), "utf8");
  const [, block = ""] = /## Your first stack[\s\S]*?```sh\n([\s\S]*?)```/.exec(readme) ?? [];
  const commands = block
    .replaceAll("\\\n", "")
    .trim()
    .split(/\n| && /);
  expect(commands[0]).toMatch(/^git clone/);
  expect(commands.at(-1)).toMatch(/^npm test/);
  expect(commands.length).toBeLessThanOrEqual(10);
});

function leadsSomewhere(page: string, link: string): boolean {
  const [path = "", anchor] = link.split("#");
  const target = path === "" ? join(ROOT, page) : join(ROOT, dirname(page), path);
  if (relative(ROOT, target).startsWith("..") || !existsSync(target)) return false;
  if (anchor === undefined || statSync(target).isDirectory()) return anchor === undefined;
  const headings = [...withoutCode(readFileSync(target, "utf8")).matchAll(/^#+ (.*)$/gm)];
  return headings.some(([, heading = ""]) => anchorOf(heading) === anchor);
}

/** As GitHub makes it. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/[^\p{L}\p{N} _-]/gu, "")
    .replaceAll(" ", "-");
}

function withoutCode(text: string): string {
  return text.replace(/```[\s\S]*?```/g, "");
}
