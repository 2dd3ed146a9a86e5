import { attempted } from "../../cli/cards/action-attempt";
import { cardOfGrant } from "../../cli/cards/card";
import { createClient, type SeamClient } from "../../provider/http/client";
import { type DefaultKeys, type Emulator, startEmulator } from "../../sdk/testing/index";

describe("a card of the command line", () => {
  let emulator: Emulator<DefaultKeys>;
  let seam: SeamClient;

  beforeEach(async () => {
    emulator = await startEmulator({ delays: { cardMs: 400, deletionMs: 60_000 } });
    seam = createClient({ endpoint: emulator.url, token: emulator.apiKey }, { maxTries: 1 });
  });
  afterEach(async () => {
    await seam.close();
    await emulator.close();
  });

  const call = async (path: string, body: Record<string, unknown>) =>
    (await seam.call({ path, body, effect: "update", action: "make by hand" })).json;

  async function encodes(timeoutMs: number) {
    const { acsUsers, acsEntrances, acsEncoders } = emulator.ids;
    const made = await call("/acs/credentials/create", {
      access_method: "card",
      acs_user_id: acsUsers["visionline/ada"],
      allowed_acs_entrance_ids: [acsEntrances["visionline/room-101"]],
    });
    const { acs_credential_id } = made["acs_credential"] as { acs_credential_id: string };
    const body = { acs_encoder_id: acsEncoders["visionline/front-desk"], acs_credential_id };
    const request = { path: "/acs/encoders/encode_credential", body, action: "write a card" };
    return attempted(seam, request, timeoutMs);
  }
  const answer = { route: "/action_attempts/get", fault: "answer", status: 503, body: {} } as const;

  it("goes on being waited for while Seam cannot tell how far it is", async () => {
    emulator.faults.add({ ...answer, call: 1 });
    expect(await encodes(20_000)).toEqual({ status: "success" });
    expect(emulator.requests.count("/acs/encoders/encode_credential")).toBe(1);
  });

  it("is not said to have failed where Seam does not tell to the end: it may be written", async () => {
    emulator.faults.add(answer);
    expect(await encodes(1_000)).toEqual({
      status: "pending",
      actionAttemptId: expect.any(String),
      problem: expect.stringContaining("503"),
    });
  });

  it("is not one that the grant is about to lose", async () => {
    const { acsEntrances, userIdentities } = emulator.ids;
    const { access_grant } = await call("/access_grants/create", {
      user_identity_id: userIdentities["ada"],
      requested_access_methods: [{ mode: "card" }, { mode: "card" }],
      acs_entrance_ids: [acsEntrances["visionline/room-101"]],
    });
    const { access_grant_id, access_method_ids: ids } = access_grant as {
      access_grant_id: string;
      access_method_ids: string[];
    };
    const found = (method?: string) =>
      cardOfGrant(seam, "stay", access_grant_id, method === undefined ? {} : { method });
    await expect(found()).rejects.toThrow("Give the id of one with --method");
    await call("/access_methods/delete", { access_method_id: ids[0] });
    expect(await found()).toMatchObject({ id: ids[1] });
    await expect(found(ids[0])).rejects.toThrow("has these cards");
  });
});
