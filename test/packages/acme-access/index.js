const seam = require("pulumi-seam");

/** A person as the company knows people. */
exports.person = (key, fullName) => new seam.UserIdentity(key, { userIdentityKey: key, fullName });
