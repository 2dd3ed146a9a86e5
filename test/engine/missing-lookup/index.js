const pulumi = require("@pulumi/pulumi");
const seam = require("pulumi-seam");

const endsIn = new pulumi.Config().get("endsIn");

module.exports = async () => {
  const { acsSystemId } = await seam.getAcsSystem({ name: "Salto ks property" });
  const looking = seam.getAcsEntrance({ displayName: "Frunt door", acsSystemId });
  const door = endsIn ? pulumi.output(looking) : await looking;
  if (endsIn === "in a resource") {
    new seam.AcsCredential("pin", {
      accessMethod: "code",
      acsUserId: "53f39f90-5113-4bdd-8432-acf328ce508c",
      allowedAcsEntranceIds: [pulumi.output(door).acsEntranceId],
    });
    return {};
  }
  return { door: pulumi.output(door).acsEntranceId };
};
