import { secondsOf } from "../inputs/types";
import { pinWait } from "../lifecycle/pin-wait";
import type { Run } from "../lifecycle/run";
import type { Wait } from "../lifecycle/settle";
import { epochMs } from "../values/instant";
import { isRecord, type Properties } from "../values/record";
import { requestedIn, unissued } from "./access-methods";
import { SHOWN_PLACES } from "./grant-places";
import { RELATED, type WireGrant } from "./grant-wire";

/** PINs and links are waited for and, where the program asks for it, every way in for which nobody has to do anything. */
export function grantWaits(inputs: Properties, run: Run): Wait<WireGrant>[] {
  const requested = requestedIn(inputs);
  const seconds = secondsOf(inputs["waitForSync"]);
  return [
    pinWait(
      {
        isAwaited: requested.some(({ mode }) => mode === "code" || mode === "mobile_key"),
        done: ({ access_methods }) =>
          access_methods === undefined ||
          (access_methods.length >= requested.length &&
            access_methods.every((method) => !lacks(method.mode, method.code, method.instant_key_url))),
        systemsOf: (grant) => [
          ...new Set((grant[RELATED]?.entrances ?? []).map(({ acs_system_id }) => acs_system_id)),
        ],
        describe: (grant) => `access_grant ${grant.access_grant_id} lacks a PIN or the link of a mobile key`,
      },
      run,
    ),
    {
      timeoutMs: () => seconds * 1000,
      done: (grant) => unissued(grant).length === 0,
      otherwise: `Not every access method was issued within ${seconds} s (waitForSync).`,
    },
  ];
}

/**
 * Whether the state lacks what is waited for: after a failure the engine asks for an update in which nothing differs,
 * and that goes on waiting.
 */
export function lacksAwaited(outputs: Properties, news: Properties): boolean {
  return lacksPinOrLink(outputs) || (secondsOf(news["waitForSync"]) > 0 && lacksIssue(outputs));
}

function lacksIssue({ accessMethods }: Properties): boolean {
  const methods = Array.isArray(accessMethods) ? accessMethods.filter(isRecord) : [];
  return methods.some(
    ({ isIssued, isEncodingRequired, isAssignmentRequired }) =>
      !isIssued && !isEncodingRequired && !isAssignmentRequired,
  );
}

/** Whether the state lacks a PIN or a link although the grant has begun: it may come long after the create. */
function lacksPinOrLink(outputs: Properties): boolean {
  const startsAt = epochMs(outputs["startsAt"]);
  const hasBegun = startsAt === undefined || startsAt <= Date.now();
  if (outputs["accessMethods"] === undefined) {
    // Release 0.1.0 has saved none, nor places; a refresh gets them. Else they could not be read.
    return outputs[SHOWN_PLACES] !== undefined;
  }
  const methods = Array.isArray(outputs["accessMethods"]) ? outputs["accessMethods"].filter(isRecord) : [];
  return hasBegun && methods.some(({ mode, code, instantKeyUrl }) => lacks(mode, code, instantKeyUrl));
}

function lacks(mode: unknown, code: unknown, link: unknown): boolean {
  return (mode === "code" && !code) || (mode === "mobile_key" && !link);
}
