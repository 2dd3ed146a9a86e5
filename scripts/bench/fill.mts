import { Pool } from "undici";
import type { BenchEmulator } from "./emulator.mts";

const AT_A_TIME = 32;

/** Gives the users of an emulated workspace credentials with PINs, by turns. @param more besides, of each */
export async function fill(
  emulator: BenchEmulator,
  count: number,
  more: (number: number) => object = () => ({}),
): Promise<void> {
  const pool = new Pool(emulator.url, { connections: AT_A_TIME });
  const { users } = emulator;
  let next = 0;
  const work = async () => {
    while (next < count) {
      const number = next++;
      const { statusCode, body } = await pool.request({
        method: "POST",
        path: "/acs/credentials/create",
        headers: { authorization: `Bearer ${emulator.apiKey}`, "content-type": "application/json" },
        body: JSON.stringify({
          access_method: "code",
          acs_user_id: users[number % users.length],
          code: String(100_000 + number),
          ...more(number),
        }),
      });
      await body.dump();
      if (statusCode !== 200) throw new Error(`The emulator answered ${statusCode}`);
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
  await pool.close();
}
