// One process that sends creates through the built HTTP client, 8 at a time, as a provider process does.
const { createClient } = require("../../dist/provider/http/client.js");

const [, , endpoint, token, acsUserId, count] = process.argv;
const client = createClient({ endpoint, token });
const body = { access_method: "code", acs_user_id: acsUserId };
let left = Number(count);

async function work() {
  while (left-- > 0) {
    const action = "create acs_credential";
    await client.call({ path: "/acs/credentials/create", body, effect: "create", action });
  }
}

Promise.all(Array.from({ length: 8 }, work)).then(
  () => client.close(),
  (error) => {
    console.error(error);
    process.exitCode = 1;
  },
);
