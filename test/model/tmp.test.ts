import { type Step, World } from "./world";

it("x", async () => {
  const world = await World.begin();
  const steps: Step[] = JSON.parse(process.env["STORY"] ?? "[]");
  try {
    for (const step of steps) await world.take(step);
    await world.converge();
  } finally {
    await world.end();
  }
}, 60000);
