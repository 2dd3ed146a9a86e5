// Creates credentials with Seam's official client, without Pulumi: `official-client.mts IN_FLIGHT`.
import { SeamHttp } from "@seamapi/http";

const { users, doors } = JSON.parse(process.env["BENCH_FIXTURE"] ?? "{}");
const seam = new SeamHttp({
  apiKey: process.env["SEAM_API_KEY"] ?? "",
  endpoint: process.env["SEAM_ENDPOINT"] ?? "",
});
const count = Number(process.env["BENCH_COUNT"]);
let next = 0;

async function work(): Promise<void> {
  while (next < count) {
    const index = next++;
    await seam.acs.credentials.create({
      access_method: "code",
      acs_user_id: users[index % users.length],
      allowed_acs_entrance_ids: [doors[index % doors.length]],
      code: String(100_000 + index),
      starts_at: "2035-06-01T15:00:00.000Z",
      ends_at: "2035-06-05T11:00:00.000Z",
    });
  }
}

await Promise.all(Array.from({ length: Number(process.argv[2]) }, work));
