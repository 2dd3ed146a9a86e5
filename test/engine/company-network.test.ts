import * as seam from "../../sdk";
import { startEmulator, withStack } from "../../sdk/testing";
import { createAuthority } from "../http/certificates";
import { startConnectProxy } from "../http/connect-proxy";
import { startTlsFront } from "../http/tls-front";

const HOST = "seam.example.com";

it("up, refresh and destroy go through the company's proxy and trust its certificates, as pulumi does", async () => {
  const emulator = await startEmulator();
  const authority = createAuthority();
  const front = await startTlsFront(emulator.url, authority.issue([`DNS:${HOST}`]));
  const proxy = await startConnectProxy({ port: front.port });
  try {
    const options = {
      emulator: { ...emulator, url: `https://${HOST}` },
      program: async () => {
        new seam.AcsCredential("pin", {
          accessMethod: "code",
          acsUserId: emulator.ids.acsUsers["salto-ks/ada"],
        });
      },
      env: { HTTPS_PROXY: proxy.address, NODE_EXTRA_CA_CERTS: authority.file },
    };
    await withStack(options, async (stack) => {
      await stack.up();
      expect(emulator.credentials()).toHaveLength(1);
      await stack.refresh();
      await stack.destroy();
      expect(emulator.credentials()).toHaveLength(0);
    });
    expect(new Set(proxy.asked.map(({ target }) => target))).toEqual(new Set([`${HOST}:443`]));
  } finally {
    await Promise.all([proxy.close(), front.close(), emulator.close()]);
    authority.remove();
  }
});
