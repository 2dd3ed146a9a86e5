// One process that sends requests through the built HTTP client, as the environment says, and prints how each ended.
const { createClient } = require("../../dist/provider/http/client.js");

const [, , endpoint, token, ...actions] = process.argv;

async function main() {
  const client = createClient({ endpoint, token }, { connectTimeoutMs: 500, maxTries: 2 });
  const ends = [];
  for (const action of actions) {
    const request = { path: action, body: {}, effect: "create", action: "create it" };
    const end = await client.call(request).then(
      ({ status }) => ({ status }),
      ({ name, message, cause }) => ({ name, message, cause: String(cause) }),
    );
    ends.push(end);
  }
  await client.close();
  return ends;
}

main().then(
  (ends) => process.stdout.write(JSON.stringify(ends)),
  ({ name, message }) => process.stdout.write(JSON.stringify([{ name, message }])),
);
