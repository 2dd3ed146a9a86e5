// `npm run demo`: a guest's stay, deployed by the real `pulumi` command to a Seam on this machine.
// After each command it looks into that Seam itself, and ends with an error if a step is not what it says.
import { strict as assert } from "node:assert";
import pc from "picocolors";
import { assertRequests, type LiveCredential, startEmulator } from "../dist/sdk/testing/index.js";
import { PulumiProject } from "./demo/pulumi-project.mts";
import { ensurePulumi } from "./setup/ensure-pulumi.mts";

const LONGER = "2030-06-25T11:00:00.000Z";
const SHORTENED = "2030-06-20T11:00:00.000Z";

const { bin, version, how } = await ensurePulumi((line) => console.log(line));
console.log(pc.dim(`Pulumi CLI ${version}, ${how}; the program is examples/one-guest/index.ts.`));

const started = Date.now();
const seam = await startEmulator();
const project = await PulumiProject.open(bin, seam);
let step = 0;
// Ctrl-C also reaches the pulumi that runs: it fails then, and all is cleared away below.
process.on("SIGINT", () => undefined);
try {
  await tell("Three credentials for a guest: a PIN code, a card, a mobile key", async () => {
    await project.pulumi("up", "--yes", "--skip-preview");
    const credentials = byMethod();
    assert.deepEqual(Object.keys(credentials).sort(), ["card", "code", "mobile_key"]);
    for (const { allowed_acs_entrance_ids: doors } of seam.credentials())
      assert.deepEqual(doors, [seam.ids.acsEntrances["salto-ks/front-door"]]);
    assert.match(credentials["code"]?.code ?? "", /^\d+$/);
    return "all three are there, for the front door; the system chose the PIN";
  });

  await tell("Deploying again changes nothing", async () => {
    await project.pulumi("up", "--yes", "--skip-preview", "--expect-no-changes");
    assertRequests(seam, []);
    return "no request that changes anything arrived";
  });

  await tell("The guest stays two days longer: updated in place", async () => {
    const before = ids();
    await project.pulumi("config", "set", "endsAt", LONGER);
    await project.pulumi("up", "--yes", "--skip-preview");
    assert.deepEqual(ids(), before);
    assert.deepEqual(ends(), [LONGER, LONGER, LONGER]);
    const update = { path: "/acs/credentials/update", body: { ends_at: LONGER } };
    assertRequests(seam, [update, update, update]);
    return "the same three credentials, valid for longer";
  });

  await tell("Another door: the credentials are replaced, the new ones first", async () => {
    const before = ids();
    const garage = seam.ids.acsEntrances["salto-ks/garage"];
    await project.pulumi("config", "set", "--path", "acsEntranceIds[0]", garage);
    await project.pulumi("up", "--yes", "--skip-preview");
    assert.deepEqual(
      ids().filter((id) => before.includes(id)),
      [],
    );
    for (const credential of seam.credentials())
      assert.deepEqual(credential.allowed_acs_entrance_ids, [garage]);
    const changes = [...seam.requests].map(({ path }) => path).filter((path) => /create|delete/.test(path));
    assert.deepEqual(changes, [
      ...Array(3).fill("/acs/credentials/create"),
      ...Array(3).fill("/acs/credentials/delete"),
    ]);
    return "three new credentials for the garage; only then were the old ones deleted";
  });

  await tell("Somebody shortens the card and deletes the mobile key, behind Pulumi's back", async () => {
    const { card, mobile_key: mobileKey } = byMethod();
    assert(card !== undefined && mobileKey !== undefined);
    seam.edit.acsCredential(card.acs_credential_id, { ends_at: SHORTENED });
    seam.edit.deleteAcsCredential(mobileKey.acs_credential_id);
    await project.pulumi("refresh", "--yes", "--skip-preview");
    const state = await project.resources();
    assert.equal(state["card"]?.["endsAt"], SHORTENED);
    assert.equal(state["mobile-key"], undefined);
    assert.equal(state["pin"]?.["endsAt"], LONGER);
    return "refresh has found both";
  });

  await tell("Deploying puts it right", async () => {
    await project.pulumi("up", "--yes", "--skip-preview");
    assert.deepEqual(ends(), [LONGER, LONGER, LONGER]);
    assertRequests(seam, [
      { path: "/acs/credentials/update", body: { ends_at: LONGER } },
      { path: "/acs/credentials/create", body: { access_method: "mobile_key" } },
    ]);
    return "the card is valid for longer again, and there is a new mobile key";
  });

  await tell("The guest leaves", async () => {
    await project.pulumi("destroy", "--yes", "--skip-preview");
    assert.deepEqual(seam.credentials(), []);
    return "no credential is left";
  });
  console.log(
    pc.green(`\nAll ${step} steps did what they say, in ${Math.round((Date.now() - started) / 1_000)} s.`),
  );
} catch (error) {
  console.error(pc.red(`\nStep ${step} is not what it says.`));
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await project.remove();
  await seam.close();
}

/** One step: what it is about, the commands it runs, and what Seam itself then has. */
async function tell(title: string, act: () => Promise<string>): Promise<void> {
  step += 1;
  console.log(`\n${pc.bold(`${step}. ${title}`)}`);
  seam.requests.clear();
  console.log(pc.green(`   In Seam: ${await act()}.`));
}

function byMethod(): Partial<Record<string, LiveCredential>> {
  return Object.fromEntries(seam.credentials().map((credential) => [credential.access_method, credential]));
}

function ids(): string[] {
  return seam.credentials().map((credential) => credential.acs_credential_id);
}

function ends(): unknown[] {
  return seam.credentials().map((credential) => credential.ends_at);
}
