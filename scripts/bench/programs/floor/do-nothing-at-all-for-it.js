// A dynamic provider that sends nothing and answers what Seam would.
const { randomUUID } = require("node:crypto");

const SEEN = {
  acsSystemId: "7113de29-6130-4153-a6ea-1b7ca0fe3198",
  connectedAccountId: "bccb0d23-5107-498b-87a6-6a8aa929eeb2",
  createdAt: "2030-06-16T16:54:17.946514Z",
  displayName: "Brivo Credential",
  externalType: "brivo_credential",
  externalTypeDisplayName: "Brivo Credential",
  isLatestDesiredStateSyncedWithProvider: true,
  isManaged: true,
  isMultiPhoneSyncCredential: false,
  isOneTimeUse: false,
  latestDesiredStateSyncedWithProviderAt: "2030-06-18T16:54:17.946514Z",
  workspaceId: "005f1e54-5360-40db-8c31-4ef6baaad1fd",
  errors: [],
  warnings: [],
};

module.exports = {
  check: async (_olds, news) => ({ inputs: news }),
  diff: async () => ({ changes: false }),
  create: async (inputs) => {
    const id = randomUUID();
    return { id, outs: { ...inputs, ...SEEN, acsCredentialId: id } };
  },
  read: async (id, outputs) => ({ id, props: outputs }),
  update: async (_id, outputs) => ({ outs: outputs }),
  delete: async () => {},
};
