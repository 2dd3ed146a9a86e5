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
    id: "devices",
    place: "Devices of access grants and spaces: the emulator has none",
    does: "takes any id; nothing happens on a device",
  },
];
