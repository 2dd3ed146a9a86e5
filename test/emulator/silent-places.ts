/** A place where Seam's documents say nothing, or two things: what the emulator does there. */
export interface SilentPlace {
  /** Also the name of the test that holds the emulator to it. */
  id: string;
  place: string;
  does: string;
  /** How to have it otherwise. */
  option?: string;
}

export const SILENT_PLACES: readonly SilentPlace[] = [
  {
    id: "missing-credential",
    place: "Error of a credential that does not exist (also: a second delete)",
    does: "404 `acs_credential_not_found`, like the other objects",
  },
  {
    id: "custom-code-salto-ks",
    place: "A PIN in the request on Salto KS: the guide refuses it, the examples send one",
    does: "takes it, as the examples do",
    option: 'seed: `"rules": { "customCode": "refused" }` on the system',
  },
  {
    id: "refusals",
    place: "Status and words with which a system's restriction is refused",
    does: "400 `invalid_input` with a sentence of the emulator's own",
  },
  {
    id: "no-owner",
    place: "A credential without owner: required in words, not in the schema",
    does: "400 `invalid_input`",
  },
  {
    id: "both-owners",
    place: "`acs_user_id` together with `user_identity_id`, or with another system's `acs_system_id`",
    does: "takes it; `acs_user_id` decides",
  },
  {
    id: "past-start",
    place: "`starts_at` in the past: there is a warning `schedule_modified`, and no word on when",
    does: "keeps it as it was sent",
    option: '`startEmulator({ pastStartsAt: "moved" })`',
  },
  {
    id: "user-identity-on-credential",
    place: "`user_identity_id` of a credential: in the schema, in none of the documented replies",
    does: "leaves it out",
    option: "`startEmulator({ showsUserIdentityId: true })`",
  },
  {
    id: "doors-on-group-systems",
    place: "`allowed_acs_entrance_ids` on a system whose doors come from access groups",
    does: "takes them; the credential opens them and its groups' doors",
  },
  {
    id: "foreign-entrances",
    place: "Entrances of another access system on a credential",
    does: "takes them",
  },
  {
    id: "code-with-other-methods",
    place: "A PIN sent with a card or mobile key",
    does: "takes it and shows it, except on systems that choose PINs themselves",
  },
  {
    id: "duplicate-credentials",
    place: "The same credential twice, or the same PIN for two people",
    does: "takes it, within the system's limit per user",
  },
  {
    id: "cloud-key",
    place: "`cloud_key` credentials",
    does: "takes them on every system",
  },
  {
    id: "metadata-of-other-vendors",
    place: "A vendor's metadata on another vendor's system",
    does: "takes it and ignores it",
  },
  {
    id: "card-format",
    place: "`visionline_metadata.card_format`: required in the guide, optional in the API's documents",
    does: "optional; joiners or override likewise",
    option: 'seed: `"rules": { "needsCardFormat": true, "needsOverrideOrJoiners": true }`',
  },
  {
    id: "mobile-keys-not-multi-phone",
    place:
      "Mobile keys without `is_multi_phone_sync_credential` outside of Visionline, whose guide says must",
    does: "takes them",
  },
  {
    id: "expired-credentials",
    place: "A credential after `ends_at`",
    does: "stays and opens no entrance",
  },
  {
    id: "credentials-of-a-deleted-user",
    place: "Credentials of a deleted access system user, which the documents call invalidated",
    does: "stay without a user and open no entrance",
  },
  {
    id: "times-normalized",
    place: "In which form `starts_at` and `ends_at` come back",
    does: "UTC with milliseconds",
  },
  {
    id: "times-without-zone",
    place: "A time without a zone",
    does: "400 `invalid_input`; only the times of `/events/list` are taken, as ones of UTC",
  },
  {
    id: "duplicate-keys",
    place: "Error for a key, e-mail address or phone number that is taken",
    does: "400 `invalid_input` that names the property",
  },
  {
    id: "memberships-twice",
    place: "Adding a member twice, removing one that is not a member",
    does: "takes it; nothing changes",
  },
  {
    id: "linking-users",
    place:
      "Linking a user that another identity has, or a second user of the same system; unlinking one of another identity",
    does: "links it, taking it from the other; unlinking changes nothing",
  },
  {
    id: "merged-ids",
    place: "The id of a merged identity outside of a look-up: in lists, and as owner of something new",
    does: "stands for the identity that stays",
  },
  {
    id: "deleted-space",
    place: "Access grants of a space that is deleted",
    does: "stay without it and without its doors",
  },
  {
    id: "half-a-schedule",
    place: "`access_schedule` with one date in an update",
    does: "keeps the other date",
  },
  {
    id: "reservation-conflicts",
    place: "Error types of reservation rules: the guide has titles and messages",
    does: "409 `conflict` or 400 `invalid_input` with the guide's message",
  },
  {
    id: "rate-limit-reply",
    place: "Body of a 429",
    does: "`rate_limit_exceeded` in Seam's error shape; a fault rule can send any other",
  },
  {
    id: "missing-devices",
    place: "A device that there is not, in an access grant or a space",
    does: "404 `device_not_found`, like the other objects",
  },
  {
    id: "grant-without-places",
    place: "An access grant for no door, device or space",
    does: "takes it; its access methods are issued and open nothing",
  },
  {
    id: "refused-access-methods",
    place: "What becomes of a requested access method that the access systems of a grant refuse",
    does: "the error `cannot_create_requested_access_methods` with a sentence of the emulator's own; where no system and no device takes it, there is no access method",
  },
  {
    id: "times-of-a-grant",
    place: "Access methods while the times of their grant are changed, which revokes and issues them again",
    does: "are not issued for `issueMs` and keep their PINs",
  },
  {
    id: "doors-of-a-grant",
    place: "Access methods while their grant gets other doors by its spaces",
    does: "stay issued, but for cards, which are encoded again",
  },
  {
    id: "deleted-access-methods",
    place: "What a grant shows of an access method that was deleted",
    does: "nothing; a request whose access methods are all gone goes, too",
  },
  {
    id: "groups-of-a-grant",
    place: "By which access groups a grant opens doors on systems whose doors come from groups",
    does: "by none: its credentials have the doors, and `get_related` has no groups",
  },
  {
    id: "missing-in-a-batch",
    place: "An id of `get_related` that there is not",
    does: "leaves it out",
    option: '`startEmulator({ missingInBatch: "not-found" })`',
  },
  {
    id: "delay-in-issuing",
    place:
      "How long before the start of a grant the warning `delay_in_issuing` comes, and where besides devices",
    does: "at once, for devices that are offline only",
  },
  {
    id: "taken-pins",
    place: "How many PINs an access method has where one of its devices has the requested one already",
    does: "one: another one on all of them",
  },
  {
    id: "mobile-key-addresses",
    place: "Which access systems send mobile keys to an e-mail address or a phone number",
    does: "none",
    option: 'seed: `"rules": { "mobileKeysAreSentTo": "email_address" }` on the system',
  },
  {
    id: "assigned-cards",
    place: "Which access systems have cards that are assigned, and which card numbers they know",
    does: "none; any number",
    option: 'seed: `"rules": { "cardsNeedAssignment": true }, "cards": ["04A1B2"]` on the system',
  },
  {
    id: "encoding-without-simulation",
    place: "What happens at an encoder when nothing is simulated",
    does: "a person puts a card down and it is encoded, after `cardMs`; a scan finds the card that was encoded last",
  },
  {
    id: "encoding-an-access-method",
    place:
      "The type of the action attempt: the guide has `ENCODE_ACCESS_METHOD`, the API's documents have not",
    does: "`ENCODE_CREDENTIAL`, with the credential as result",
  },
  {
    id: "encoding-twice",
    place: "Encoding what is on a card already: the guide says that it cannot be, not how it is refused",
    does: "the error `credential_cannot_be_reissued`, unless the card needs to be reissued",
  },
  {
    id: "simulation-outside-a-sandbox",
    place: "Error of the `simulate` routes outside of a sandbox",
    does: "400 `invalid_input`",
  },
  {
    id: "revoked-entrances",
    place: "How `/acs/users/revoke_access_to_all_entrances` takes the doors away",
    does: "the user leaves its access groups, and its credentials lose their doors",
  },
  {
    id: "unmanaged-elsewhere",
    place: "What is unmanaged on the other routes",
    does: "is not there",
  },
  {
    id: "taken-email-addresses",
    place: "Which access systems refuse an e-mail address that another of their users has",
    does: "all: an error of the user, after `syncMs`",
    option: '`startEmulator({ takenEmailAddresses: "accepted" })`',
  },
  {
    id: "akiles",
    place: "The rules of Akiles, which only Seam's newer client knows",
    does: "takes every access method and every PIN; doors come from member groups",
  },
];
