// What every program of the benchmark declares: BENCH_COUNT credentials with a PIN, spread over users and doors.
const { users, doors } = JSON.parse(process.env.BENCH_FIXTURE);

/** Calls `declare(name, args)` for each credential. */
exports.declareAll = (declare) => {
  for (let index = 0; index < Number(process.env.BENCH_COUNT); index++) {
    declare(`credential-${index}`, {
      accessMethod: "code",
      acsUserId: users[index % users.length],
      allowedAcsEntranceIds: [doors[index % doors.length]],
      code: String(100_000 + index),
      startsAt: "2035-06-01T15:00:00.000Z",
      endsAt: "2035-06-05T11:00:00.000Z",
    });
  }
};

/** The outputs that pulumi-seam's class declares, for the classes that it is compared with. */
exports.outputs = Object.fromEntries(
  `acsCredentialId acsCredentialPoolId acsSystemId acsUserId allowedAcsEntranceIds assaAbloyVostioMetadata accessMethod
   cardNumber code connectedAccountId createdAt credentialManagerAcsSystemId displayName endsAt errors externalType
   externalTypeDisplayName isIssued isLatestDesiredStateSyncedWithProvider isManaged isMultiPhoneSyncCredential
   isOneTimeUse issuedAt latestDesiredStateSyncedWithProviderAt parentAcsCredentialId saltoSpaceMetadata startsAt
   userIdentityId visionlineMetadata warnings workspaceId`
    .split(/\s+/)
    .map((name) => [name, undefined]),
);
