import { z } from "zod";
import { checkInputs, type Declaration } from "../inputs/check";
import { type Checked, type Problem, problem } from "../inputs/problem";
import { declaredInputs, differences, type InputTable, isKept } from "../inputs/table";
import {
  email,
  flag,
  group,
  id,
  idSet,
  instant,
  oneOf,
  phone,
  pin,
  text,
  textSet,
  waiting,
} from "../inputs/types";
import { validityProblems } from "../inputs/validity";
import { PartialFailure } from "../lifecycle/errors";
import type { ResourceLifecycle } from "../lifecycle/lifecycle";
import { observedOver } from "../lifecycle/over";
import { getObject, type SeamObject } from "../lifecycle/seam-kind";
import { seamResource } from "../lifecycle/seam-resource";
import { isRecord, type Properties, textsIn } from "../values/record";
import { show } from "../values/show";
import { hasUnknown } from "../values/unknown";
import {
  deleteLeaving,
  eitherWay,
  liveRequests,
  methodsChange,
  requestedIn,
  requestMissing,
  requestsAsShown,
} from "./access-methods";
import { grantAwaitsEncoding } from "./encoding";
import { hasDeclaredSpaces, livePlaces, SHOWN_PLACES } from "./grant-places";
import { grantWaits, lacksAwaited } from "./grant-waits";
import { accessGrantWire, RELATED, shownPlaces, type WireGrant, withRelated } from "./grant-wire";
import { lostCreate } from "./lost-grant";
import { withReservationAsMade } from "./reservation";

const requestedAccessMethod = z.strictObject({
  mode: oneOf("mode", ["code", "card", "mobile_key", "cloud_key"]),
  code: pin()
    .min(4, { error: "has fewer than 4 digits. Seam takes PINs of 4 to 9 digits here." })
    .max(9, { error: "has more than 9 digits. Seam takes PINs of 4 to 9 digits here." })
    .optional(),
  instantKeyMaxUseCount: z
    .int({
      error: ({ input }) => `${show(input)} is not a whole number. Write how often the key may be used.`,
    })
    .min(1, { error: "is less than 1. Write how often the key may be used." })
    .optional(),
});

/** Declared inputs of an access grant, in camelCase of Seam's parameters. */
export const accessGrantInputs = z.object({
  userIdentityId: id("user identity").optional(),
  userIdentity: group({
    fullName: text("full name").optional(),
    emailAddress: email().optional(),
    phoneNumber: phone().optional(),
    userIdentityKey: text("key").optional(),
  }).optional(),
  requestedAccessMethods: z
    .array(requestedAccessMethod, {
      error: ({ input }) =>
        input === undefined
          ? 'is missing. Give at least one, for example [{ mode: "code" }].'
          : 'is not a list. Give a list such as [{ mode: "code" }].',
    })
    .min(1, { error: 'is empty. Give at least one, for example [{ mode: "code" }].' }),
  acsEntranceIds: idSet("entrance").optional(),
  deviceIds: idSet("device").optional(),
  spaceIds: idSet("space").optional(),
  spaceKeys: textSet("space key").optional(),
  startsAt: instant().optional(),
  endsAt: instant().optional(),
  name: text("name").optional(),
  accessGrantKey: text("key").optional(),
  reservationKey: text("reservation key").optional(),
  isReservationFixed: flag().optional(),
  customizationProfileId: id("customization profile").optional(),
  adopt: id("access grant to take over").optional(),
  waitForSync: waiting().optional(),
});

export type AccessGrantInputs = z.output<typeof accessGrantInputs>;

const setOfIds = { change: "replace", compare: "set", whenOmitted: [] } as const;

/** What a change of each input means. Source: the parameters of /access_grants/create and /access_grants/update. */
const accessGrantTable = {
  userIdentityId: { change: "replace", filledBySeam: true, drift: true },
  userIdentity: { change: "replace" },
  requestedAccessMethods: { change: "update", hasOwnRoutes: true, compare: "multiset" },
  acsEntranceIds: setOfIds,
  deviceIds: setOfIds,
  spaceIds: { ...setOfIds, filledBySeam: true },
  spaceKeys: setOfIds,
  startsAt: { change: "update", removal: "replace", compare: "instant", filledBySeam: true, drift: true },
  endsAt: { change: "update", removal: "update", compare: "instant", filledBySeam: true, drift: true },
  name: { change: "update", removal: "update", filledBySeam: true, drift: true },
  accessGrantKey: { change: "replace" },
  reservationKey: { change: "replace" },
  isReservationFixed: { change: "update", providerOnly: true, onlyAtCreate: true },
  customizationProfileId: { change: "replace" },
  adopt: { change: "update", providerOnly: true, onlyAtCreate: true },
  waitForSync: { change: "update", providerOnly: true },
} as const satisfies Record<keyof AccessGrantInputs, InputTable[string]>;

export const ACCESS_GRANT: SeamObject<WireGrant> = {
  name: "access_grant",
  routes: "/access_grants",
  plural: "access_grants",
  schema: accessGrantWire,
  table: accessGrantTable,
  failing: {
    warnings: [
      "device_does_not_support_access_codes",
      "device_time_constraints_violated",
      "user_identity_missing_email_address",
      "user_identity_missing_phone_number",
    ],
    lastingWarnings: ["underprovisioned_access"],
  },
  complete: withRelated,
  alsoLive: (inputs, grant, outputs) => ({
    ...(inputs["requestedAccessMethods"] !== undefined && {
      requestedAccessMethods: liveRequests(requestedIn(inputs), grant),
    }),
    ...livePlaces(inputs, shownPlaces(grant), outputs[SHOWN_PLACES]),
  }),
  // An update changes no places: what it took for known would never be told as drift.
  alsoKept: (grant, before) => ({ [SHOWN_PLACES]: before?.[SHOWN_PLACES] ?? shownPlaces(grant) }),
  // An update would revoke and issue anew what does work.
  isSentAgain: false,
  listedBy: () => ({}),
};

const life = seamResource({
  name: "AccessGrant",
  kind: ACCESS_GRANT,
  check,
  cannotCoexist,
  lostCreate,
  waits: grantWaits,
  shownElsewhere: async (_, grant, inputs) => ({
    ...(hasDeclaredSpaces(inputs) && openedOf(inputs, grant)),
    ...shownPlaces(grant),
    ...spacesAsNamed(inputs, grant),
    requestedAccessMethods: requestsAsShown(requestedIn(inputs), grant),
  }),
  isUnfinished: lacksAwaited,
});

export const accessGrant: ResourceLifecycle = {
  ...life,
  needsUser: true,

  diff: (outputs, news) => life.diff(outputs, withReservationAsMade(accessGrantTable, outputs, news)),

  awaitsEncoding: (outputs, news, isReplaced) =>
    grantAwaitsEncoding(accessGrantTable, outputs, news, isReplaced),

  /** Of a request, what Seam does not choose; keys of spaces would name them a second time. */
  async alsoShown(_seam, _id, outputs) {
    const { spaceKeys: _, ...places } = outputs[SHOWN_PLACES] as Properties;
    const methods = outputs["requestedAccessMethods"];
    return {
      ...places,
      requestedAccessMethods: Array.isArray(methods)
        ? methods.map(({ mode, instantKeyMaxUseCount: uses }) => ({
            mode,
            ...(typeof uses === "number" && { instantKeyMaxUseCount: uses }),
          }))
        : undefined,
    };
  },

  async update(seam, id, outputs, declared, run) {
    const news = withReservationAsMade(accessGrantTable, outputs, declared);
    const isOtherwise = differences(accessGrantTable, outputs, news).some(
      ({ property }) => property === "requestedAccessMethods",
    );
    if (!isOtherwise) return life.update(seam, id, outputs, news, run);
    const read = () => getObject(seam, ACCESS_GRANT, id, `update access_grant ${id}`, news);
    const before = requestedIn(declaredInputs(accessGrantTable, outputs));
    const change = methodsChange(await read(), before, requestedIn(news));
    await requestMissing(seam, read, change);
    try {
      await deleteLeaving(seam, change);
      return await life.update(seam, id, outputs, news, run);
    } catch (error) {
      if (error instanceof PartialFailure || !(error instanceof Error)) throw error;
      // The new ways in are there, and old ones may be: whatever the program says next, an update has to look.
      const requestedAccessMethods = eitherWay(before, requestedIn(news));
      throw new PartialFailure(id, { ...outputs, requestedAccessMethods }, [error.message]);
    }
  },
  async read(seam, id, outputs, run) {
    const observed = await life.read(seam, id, outputs, run);
    return observed ?? observedOver(accessGrantTable, outputs);
  },
};

/** The declared doors and devices that the grant opens: of one with spaces nobody can tell which are its own. */
function openedOf(inputs: Properties, { [RELATED]: related }: WireGrant): Properties {
  const opened = (declared: unknown, shown: readonly Properties[] = [], idKey: string) =>
    textsIn(declared).filter((id) => shown.some((one) => one[idKey] === id));
  return {
    acsEntranceIds: opened(inputs["acsEntranceIds"], related?.entrances, "acs_entrance_id"),
    deviceIds: opened(inputs["deviceIds"], related?.devices, "device_id"),
  };
}

/** Each space of the grant in the way in which the program names it: one with a key has an id, too. */
function spacesAsNamed(inputs: Properties, { space_ids, [RELATED]: related }: WireGrant): Properties {
  const { spaceIds, spaceKeys } = inputs;
  if (spaceKeys === undefined) return { spaceKeys };
  const [ids, keys] = [textsIn(spaceIds), textsIn(spaceKeys)];
  const byKey = (related?.spaces ?? []).filter(({ space_key }) => keys.includes(String(space_key)));
  const isByKey = (id: string) => byKey.some(({ space_id }) => space_id === id);
  const byId = (space_ids ?? []).filter((id) => ids.includes(id) || !isByKey(id)).sort();
  const named = byKey.map(({ space_key }) => String(space_key));
  // Where no ids are declared nothing is compared with them.
  return spaceIds === undefined ? { spaceKeys: [...named, ...byId] } : { spaceIds: byId, spaceKeys: named };
}

function check(news: Properties, olds: Properties | undefined, now: Date): Checked {
  return checkInputs(accessGrantInputs, news, (declaration) => [
    ...personProblems(declaration),
    ...(olds === undefined ? adoptedPersonProblems(declaration) : []),
    ...placeProblems(declaration),
    ...methodProblems(declaration),
    ...validityProblems("grant", declaration.known, olds, now),
  ]);
}

/** A key is unique, times of one reservation at one door must not overlap, and a PIN is taken once. */
function cannotCoexist(outputs: Properties, news: Properties): boolean {
  return (
    ["accessGrantKey", "reservationKey"].some((key) => isKept(accessGrantTable, outputs, news, key)) ||
    keepsPin(outputs, news)
  );
}

function keepsPin(outputs: Properties, news: Properties): boolean {
  const before = new Set(codesOf(declaredInputs(accessGrantTable, outputs)["requestedAccessMethods"]));
  const after = news["requestedAccessMethods"];
  return before.size > 0 && (hasUnknown(after) || codesOf(after).some((code) => before.has(code)));
}

function codesOf(methods: unknown): unknown[] {
  const list = Array.isArray(methods) ? methods.filter(isRecord) : [];
  return list.map((method) => method["code"]).filter((code) => code !== undefined);
}

function personProblems({ has }: Declaration<AccessGrantInputs>): Problem[] {
  const advice = "Name the person in one way: userIdentityId, or userIdentity with the details of a new one.";
  if (has("userIdentityId") && has("userIdentity")) {
    return [problem("userIdentity", `the person is named twice, as userIdentityId too. ${advice}`)];
  }
  return has("userIdentityId") || has("userIdentity")
    ? []
    : [problem("userIdentityId", `nobody is named. ${advice}`)];
}

/** Seam does not show whose details a grant was made with, so it could be anybody's. */
function adoptedPersonProblems({ has }: Declaration<AccessGrantInputs>): Problem[] {
  return has("adopt") && has("userIdentity")
    ? [
        problem(
          "userIdentity",
          "does not say whose grant is to be taken over. Name its person by userIdentityId, or remove adopt.",
        ),
      ]
    : [];
}

function placeProblems({ has }: Declaration<AccessGrantInputs>): Problem[] {
  const places = ["acsEntranceIds", "deviceIds", "spaceIds", "spaceKeys"] as const;
  return places.some(has)
    ? []
    : [problem("acsEntranceIds", `no place is named. Give at least one of ${places.join(", ")}.`)];
}

/** What a method may carry besides its mode; a PIN is never shown. */
function methodProblems({ known }: Declaration<AccessGrantInputs>): Problem[] {
  return (known.requestedAccessMethods ?? []).flatMap(({ mode, code, instantKeyMaxUseCount }) => [
    ...(code !== undefined && mode !== "code"
      ? [problem("requestedAccessMethods", `a ${mode} has no PIN. Take code out, or ask for mode "code".`)]
      : []),
    ...(instantKeyMaxUseCount !== undefined && mode !== "mobile_key"
      ? [
          problem(
            "requestedAccessMethods",
            `instantKeyMaxUseCount is for mobile keys only. Take it out of mode "${mode}".`,
          ),
        ]
      : []),
  ]);
}
