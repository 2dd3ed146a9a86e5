// The dynamic provider that a reader of Pulumi's documentation would write, with Seam's official client.
const pulumi = require("@pulumi/pulumi");
const { declareAll, outputs } = require("../workload.cjs");

const provider = {
  async diff(_id, olds, news) {
    const replaces = ["accessMethod", "acsUserId", "allowedAcsEntranceIds", "startsAt"].filter(
      (name) => JSON.stringify(olds[name]) !== JSON.stringify(news[name]),
    );
    const changes = replaces.length > 0 || olds.code !== news.code || olds.endsAt !== news.endsAt;
    return { changes, replaces };
  },

  async create(inputs) {
    const { SeamHttp } = require("@seamapi/http");
    const seam = new SeamHttp({ apiKey: process.env.SEAM_API_KEY, endpoint: process.env.SEAM_ENDPOINT });
    const credential = await seam.acs.credentials.create({
      access_method: inputs.accessMethod,
      acs_user_id: inputs.acsUserId,
      allowed_acs_entrance_ids: inputs.allowedAcsEntranceIds,
      code: inputs.code,
      starts_at: inputs.startsAt,
      ends_at: inputs.endsAt,
    });
    const camelCase = (name) => name.replace(/_([a-z])/g, (_, letter) => letter.toUpperCase());
    const outs = Object.fromEntries(
      Object.entries(credential).map(([name, value]) => [camelCase(name), value]),
    );
    return { id: credential.acs_credential_id, outs: { ...outs, ...inputs } };
  },

  async read(id, props) {
    const { SeamHttp } = require("@seamapi/http");
    const seam = new SeamHttp({ apiKey: process.env.SEAM_API_KEY, endpoint: process.env.SEAM_ENDPOINT });
    const credential = await seam.acs.credentials.get({ acs_credential_id: id });
    const camelCase = (name) => name.replace(/_([a-z])/g, (_, letter) => letter.toUpperCase());
    const live = Object.fromEntries(
      Object.entries(credential).map(([name, value]) => [camelCase(name), value]),
    );
    return { id, props: { ...props, ...live } };
  },

  async update(id, olds, news) {
    const { SeamHttp } = require("@seamapi/http");
    const seam = new SeamHttp({ apiKey: process.env.SEAM_API_KEY, endpoint: process.env.SEAM_ENDPOINT });
    await seam.acs.credentials.update({ acs_credential_id: id, code: news.code, ends_at: news.endsAt });
    return { outs: { ...olds, ...news } };
  },

  async delete(id) {
    const { SeamHttp } = require("@seamapi/http");
    const seam = new SeamHttp({ apiKey: process.env.SEAM_API_KEY, endpoint: process.env.SEAM_ENDPOINT });
    await seam.acs.credentials.delete({ acs_credential_id: id });
  },
};

class Credential extends pulumi.dynamic.Resource {
  constructor(name, { code, ...args }, opts) {
    super(
      provider,
      name,
      { ...outputs, ...args, code: pulumi.secret(code) },
      pulumi.mergeOptions(opts, { additionalSecretOutputs: ["code", "cardNumber"] }),
    );
  }
}

declareAll((name, args) => new Credential(name, args));
