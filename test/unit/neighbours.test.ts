import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync } from "node:fs";
import os from "node:os";
import { join } from "node:path";
import { neighboursOf } from "../../provider/engine/neighbours";

describe("the files by which the provider processes of one engine tell each other what they know", () => {
  const told = { what: "an AcsUser", id: "ada", ids: {} };
  /** A process that is alive. */
  const other = process.ppid;
  let temporary: string;
  let folder: string;

  beforeEach(() => {
    temporary = mkdtempSync(join(os.tmpdir(), "neighbours-"));
    jest.spyOn(os, "tmpdir").mockReturnValue(temporary);
    folder = join(temporary, `pulumi-seam-${process.getuid?.() ?? "processes"}`);
    mkdirSync(folder, { mode: 0o700 });
  });
  afterEach(() => {
    jest.restoreAllMocks();
    rmSync(temporary, { recursive: true });
  });

  const write = (name: string, text: string) => appendFileSync(join(folder, name), text);

  it("tell each thing once, and nothing of another engine's", () => {
    const neighbours = neighboursOf("127.0.0.1:1");
    write(`127.0.0.1_1_${other}`, `${JSON.stringify(told)}\n{"what":"an Acs`);
    write(`127.0.0.1_2_${other}`, `${JSON.stringify(told)}\n`);
    expect(neighbours?.news()).toEqual([told]);
    write(`127.0.0.1_1_${other}`, 'Credential","ids":{}}\n');
    expect(neighbours?.news()).toEqual([{ what: "an AcsCredential", ids: {} }]);
    expect(neighbours?.news()).toEqual([]);
  });

  it("tell what can be read of them", () => {
    const neighbours = neighboursOf("127.0.0.1:1");
    for (const pid of [process.pid, other]) mkdirSync(join(folder, `127.0.0.1_1_0_${pid}`));
    write(`127.0.0.1_1_${other}`, `{"what":"an A{"what":"an AcsUser","ids":{}}\n${JSON.stringify(told)}\n`);
    expect(neighbours?.news()).toEqual([told]);
  });

  it("are taken away where their process has ended, whoever has its id now", () => {
    write("127.0.0.1_1_4194305", "");
    write(`127.0.0.1_3_${other}`, "");
    utimesSync(join(folder, `127.0.0.1_3_${other}`), new Date("2026-01-01"), new Date("2026-01-01"));
    write(`127.0.0.1_2_${other}`, "");
    neighboursOf("127.0.0.1:1");
    expect(readdirSync(folder)).toEqual([`127.0.0.1_2_${other}`]);
  });
});
