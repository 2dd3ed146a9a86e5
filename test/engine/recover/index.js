const pulumi = require("@pulumi/pulumi");
const seam = require("pulumi-seam");

const config = new pulumi.Config();
const userIds = config.requireObject("acsUserIds");

for (let number = 0; number < config.requireNumber("count"); number++) {
  new seam.AcsCredential(`credential-${number}`, {
    accessMethod: "code",
    acsUserId: userIds[number % userIds.length],
    // Every other one has a PIN of its own; Seam chooses the others'.
    ...(number % 2 === 0 && { code: String(731_000 + number) }),
    endsAt: new Date(Date.UTC(2030, 0, 1 + number)).toISOString(),
  });
}
