import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { importCommand } from "../../../cli/import";
import { writeFiles } from "../../../cli/import/write";

const CLI = join(__dirname, "../../../dist/cli/main.js");
/** An account where nobody answers. */
const NOWHERE = { SEAM_API_KEY: "seam_test", SEAM_ENDPOINT: "http://127.0.0.1:9" };

describe("the files of an import", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "pulumi-seam-files-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const SPLIT = [
    { kind: "places", text: "// places" },
    { kind: "users", text: "// users" },
  ] as const;

  it("are the import file, which only its owner reads, and the program", async () => {
    await write([{ kind: undefined, text: "// all" }]);
    expect(await readdir(folder)).toEqual(["import.json", "imported.ts"]);
    expect(await readFile(join(folder, "import.json"), "utf8")).toBe('{"resources":[]}');
    expect((await stat(join(folder, "import.json"))).mode & 0o777).toBe(0o600);
  });

  it("are, of a program in several files, these in a folder and one that imports them", async () => {
    await write(SPLIT);
    expect(await readFile(join(folder, "imported.ts"), "utf8")).toBe(
      'import "./imported/places";\nimport "./imported/users";\n',
    );
    expect(await readFile(join(folder, "imported", "users.ts"), "utf8")).toBe("// users");
  });

  it("cannot be written into a folder that is not there, which is told before anything is read or written", async () => {
    const [out, code] = [join(folder, "no", "import.json"), join(folder, "imported.ts")];
    const parsed = importCommand().parseAsync(["--out", out, "--code", code, "--manage", "--no-stack"], {
      from: "user",
    });
    await expect(parsed).rejects.toThrow(`there is no folder ${join(folder, "no")}. Make it first.`);
    expect(await readdir(folder)).toEqual([]);
  });

  it("are none at all where one of them is there already, until it may be replaced", async () => {
    await writeFile(join(folder, "import.json"), "somebody's");
    await expect(write(SPLIT)).rejects.toThrow(/import\.json: there already, and not changed\. .*--force/);
    expect(await readdir(folder)).toEqual(["import.json"]);
    await write(SPLIT, true);
    expect(await readdir(folder)).toEqual(["import.json", "imported", "imported.ts"]);
  });

  it("are refused where none can be written, before anything in Seam is read or changed", async () => {
    const none = join(folder, "none");
    for (const [out, reason] of [
      [join(none, "import.json"), `there is no folder ${none}. Make it first.`],
      [folder, "it is a folder. Give the name of a file."],
      ["/dev/stdout", "it is no file of a disk. Give the name of a file."],
    ] as const) {
      const args = [CLI, "import", "--no-stack", "--manage", "--force", "--out", out];
      const stderr = await new Promise((resolve) => {
        execFile(process.execPath, args, { env: { ...process.env, ...NOWHERE } }, (...ended) =>
          resolve(ended[2]),
        );
      });
      expect(stderr).toBe(`Cannot write ${out}: ${reason}\n`);
    }
  });

  function write(program: Parameters<typeof writeFiles>[0]["program"], force = false): Promise<void> {
    const [out, code] = [join(folder, "import.json"), join(folder, "imported.ts")];
    return writeFiles({ out, importFile: ['{"resources":', "[]}"], code, program, force });
  }
});
