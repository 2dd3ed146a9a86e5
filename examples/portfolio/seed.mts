// Prints a seed of the emulator with the twenty properties: node seed.mts > seed.json
const acs_systems = Array.from({ length: 20 }, (_, index) => ({
  key: `property-${index + 1}`,
  kind: "vostio",
  name: `Property ${String(index + 1).padStart(2, "0")}`,
  entrances: [
    { key: "lobby", display_name: "Lobby" },
    { key: "office", display_name: "Office" },
  ],
}));
console.log(JSON.stringify({ workspaces: [{ acs_systems }] }, null, 2));
