const { name, engines } = require("pulumi-seam/package.json") as {
  readonly name: string;
  readonly engines: { readonly node: string };
};

/** Commands import this first: an older Node would fail later, in the middle of the work. */
const oldest = Number(/\d+/.exec(engines.node)?.[0]);
if (Number.parseInt(process.versions.node, 10) < oldest) {
  console.error(
    `${name} runs on Node.js ${oldest} or newer, and the node on PATH is ${process.versions.node}. Install a newer one: https://nodejs.org`,
  );
  process.exit(1);
}
