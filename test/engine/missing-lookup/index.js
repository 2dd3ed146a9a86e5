const seam = require("pulumi-seam");

module.exports = async () => {
  const system = await seam.getAcsSystem({ name: "Salto ks property" });
  const door = await seam.getAcsEntrance({ displayName: "Frunt door", acsSystemId: system.acsSystemId });
  return { door: door.acsEntranceId };
};
