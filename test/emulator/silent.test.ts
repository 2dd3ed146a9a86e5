import { startEmulator } from "../../emulator/index";
import { credentialPlaces } from "./silent/credentials";
import { grantPlaces } from "./silent/grants";
import type { Places, Seam } from "./silent/places";
import { SILENT_PLACES } from "./silent-places";

let seam: Seam;
beforeEach(async () => {
  seam = await startEmulator({ clock: "2030-01-01T00:00:00.000Z" });
});
afterEach(() => seam.close());

const places = (): Places => ({ ...credentialPlaces(seam), ...grantPlaces(seam) });

it("lists exactly the places that are tested here", () => {
  expect(SILENT_PLACES.map((place) => place.id).sort()).toEqual(Object.keys(places()).sort());
});

it.each(SILENT_PLACES.map(({ id, place, does }) => [id, place, does]))(
  "does what the list of silent places says: %s",
  async (id) => {
    await places()[id]?.();
    expect.hasAssertions();
  },
);
