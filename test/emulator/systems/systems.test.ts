import { SYSTEMS } from "../../../emulator/systems/index";
import { contract } from "./contract";
import { DOCUMENTED } from "./documented";

it("has every documented kind of access system and no other", () => {
  expect([...SYSTEMS.keys()].sort()).toEqual(Object.keys(DOCUMENTED).sort());
});

it.each(Object.entries(DOCUMENTED))("follows what is documented about %s", async (kind, documented) => {
  expect(await contract(kind, documented)).toEqual([]);
});
