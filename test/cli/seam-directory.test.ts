import { seamDirectory } from "../../cli/changes/seam-directory";
import { createClient } from "../../provider/http/client";
import { startEmulator } from "../../sdk/testing";
import { post } from "../emulator/api";

describe("the names that pulumi-seam changes asks Seam for", () => {
  it("stay ids after a refusal, which is told without Seam's own words", async () => {
    const emulator = await startEmulator();
    const seam = createClient({ endpoint: emulator.url, token: emulator.apiKey });
    try {
      const error = { type: "invalid_input", message: "The code 735517 is in use" };
      emulator.faults.add({ fault: "answer", status: 400, body: { error } });
      const directory = seamDirectory(seam);
      expect(await directory.nameOf("acs_entrance", "lab")).toBeUndefined();
      expect(directory.problem()).toMatch(
        /^Cannot look up acs_entrance lab: POST \S+ answered 400 invalid_input\. Change/,
      );
    } finally {
      await Promise.all([seam.close(), emulator.close()]);
    }
  });

  it("are told of a space that a grant names by its key, and of what is asked for after it", async () => {
    const emulator = await startEmulator();
    const seam = createClient({ endpoint: emulator.url, token: emulator.apiKey });
    try {
      const { body } = await post(emulator, "/spaces/create", { name: "Lobby", space_key: "lobby" });
      const directory = seamDirectory(seam);
      expect(await directory.nameOf("space", "lobby")).toBe("Lobby");
      expect(await directory.nameOf("space", "no-such-space")).toBeUndefined();
      expect(await directory.nameOf("space", body.space.space_id)).toBe("Lobby");
      expect(directory.problem()).toBeUndefined();
    } finally {
      await Promise.all([seam.close(), emulator.close()]);
    }
  });
});
