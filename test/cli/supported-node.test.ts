import { spawnSync } from "node:child_process";
import { join } from "node:path";

/** As Node 20 would start it. */
const OLDER = `data:text/javascript,Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.19.0" } });`;

it.each(["cli/main.js", "plugin/pulumi-resource-seam.js"])("%s says that Node is too old", (script) => {
  const file = join(__dirname, "../../dist", script);
  const { status, stderr } = spawnSync(process.execPath, ["--import", OLDER, file, "127.0.0.1:1"], {
    encoding: "utf8",
    timeout: 20_000,
  });
  expect(stderr).toContain("pulumi-seam runs on Node.js 22 or newer, and the node on PATH is 20.19.0.");
  expect(status).toBe(1);
});
