import {
  NoAnswerError,
  NotSentError,
  RateLimitedError,
  ServerError,
  UnauthorizedError,
} from "../../dist/provider/http/errors.js";
import * as provider from "../../dist/provider/index.js";
import type { ResourceLifecycle } from "../../dist/provider/lifecycle/lifecycle.js";
import { Run } from "../../dist/provider/lifecycle/run.js";
import type { Assumption, Bench } from "./assumptions.mts";
import { IDENTITY, type Json } from "./sandbox.mts";

/** What one resource is tried with. */
interface Life {
  readonly resource: { readonly lifecycle: ResourceLifecycle };
  /** Inputs as a program gives them, so that the sandbox finds the object by its mark; `undefined` where the sandbox has nothing to make it of. */
  inputs(bench: Bench): Promise<Json | undefined>;
  /** A change that is made in place; left out where there is none. */
  changed?(bench: Bench): Json;
}

const LIVES: readonly Life[] = [
  {
    resource: provider.UserIdentity,
    inputs: async ({ sandbox: { mark } }) => ({ userIdentityKey: `${mark}-life`, fullName: mark }),
    changed: ({ sandbox: { mark } }) => ({ fullName: `${mark} other` }),
  },
  {
    resource: provider.AcsUser,
    inputs: async ({ sandbox: { mark }, acsSystemId }) => ({ acsSystemId, fullName: `${mark} life` }),
    changed: ({ sandbox: { mark } }) => ({ fullName: `${mark} other` }),
  },
  {
    resource: provider.AcsAccessGroupMembership,
    inputs: async ({ acsAccessGroupId, acsUserIds: [acsUserId] }) =>
      acsAccessGroupId === undefined ? undefined : { acsAccessGroupId, acsUserId },
  },
  {
    resource: provider.AcsCredential,
    inputs: async ({ acsUserIds: [acsUserId] }) => ({
      accessMethod: "code",
      acsUserId,
      endsAt: "2037-01-01T00:00:00Z",
    }),
    changed: () => ({ endsAt: "2037-02-01T00:00:00Z" }),
  },
  {
    resource: provider.AccessGrant,
    inputs: async ({ sandbox, acsEntranceId }) => ({
      userIdentityId: (await sandbox.make(IDENTITY, { full_name: sandbox.mark }))["user_identity_id"],
      requestedAccessMethods: [{ mode: "code" }],
      acsEntranceIds: [acsEntranceId],
      accessGrantKey: `${sandbox.mark}-life`,
      name: sandbox.mark,
      endsAt: "2037-01-01T00:00:00Z",
    }),
    changed: ({ sandbox: { mark } }) => ({ name: `${mark} other`, endsAt: "2037-02-01T00:00:00Z" }),
  },
  {
    resource: provider.Space,
    inputs: async ({ sandbox: { mark }, acsEntranceId }) => ({ name: mark, acsEntranceIds: [acsEntranceId] }),
    changed: ({ sandbox: { mark } }) => ({ name: `${mark} other`, acsEntranceIds: [] }),
  },
];

/** Every resource of the package, from its create to its delete. */
export const RESOURCES: readonly Assumption[] = LIVES.map((life) => {
  const { name } = life.resource.lifecycle;
  const change = life.changed ? ", changed in place" : "";
  return {
    id: `life-of-${name.replace(/(?<=.)[A-Z]/g, "-$&").toLowerCase()}`,
    what: `\`${name}\`: created, read without a difference${change}, deleted, and then gone.`,
    otherwise: "The resource would not work.",
    async settle(bench) {
      const inputs = await life.inputs(bench);
      return inputs && live(life, inputs, bench);
    },
  };
});

async function live({ resource: { lifecycle }, changed }: Life, given: Json, bench: Bench) {
  const { seam } = bench.sandbox;
  // Each is a command of its own, as with Pulumi.
  const run = () => new Run();
  const said = (step: string, what: string) => ({ holds: false, said: `${step}: ${what}` });
  const declared = (news: Json, olds?: Json): Json => {
    const { inputs, problems } = lifecycle.check(news, olds, new Date());
    if (problems.length > 0) throw new Error(problems.map(({ text }) => text).join(" "));
    return inputs;
  };
  let step = "create";
  try {
    let inputs = declared(given);
    const { id, outputs: created } = await lifecycle.create(seam, inputs, run());
    let outputs: Json = created;
    for (const news of [{}, ...(changed ? [changed(bench)] : [])]) {
      const wanted = declared({ ...given, ...news }, inputs);
      const plan = lifecycle.diff(outputs, wanted);
      if (plan.replaces.length > 0) return said(step, `${plan.replaces.join(", ")} would replace it`);
      if (plan.changed) {
        step = "update";
        outputs = await lifecycle.update(seam, id, outputs, wanted, run());
      }
      inputs = wanted;
      const read = await lifecycle.read(seam, id, outputs, run());
      if (!read) return said(`read after ${step}`, "it is not there");
      if (lifecycle.diff(read.outputs, inputs).changed)
        return said(
          `read after ${step}`,
          `Seam shows ${JSON.stringify(shownOtherwise(inputs, read.inputs))}`,
        );
      outputs = read.outputs;
    }

    for (step of ["delete", "second delete"])
      await lifecycle.remove(seam, id, outputs, { run: run(), awaitGone: false });
    const left = await lifecycle.read(seam, id, outputs, run());
    return left ? said("read after delete", "it is still there") : { holds: true, said: "so it is" };
  } catch (error) {
    if (IS_NO_ANSWER.some((kind) => error instanceof kind)) throw error;
    return said(step, error instanceof Error ? error.message.replaceAll(/\s+/g, " ") : String(error));
  }
}

/** They say nothing about the resource. */
const IS_NO_ANSWER = [NoAnswerError, NotSentError, RateLimitedError, ServerError, UnauthorizedError];

/** What Seam shows of the inputs that it shows otherwise than declared; nothing here is a secret. */
function shownOtherwise(declared: Json, shown: Json): Json {
  return Object.fromEntries(
    Object.entries(shown).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(declared[name])),
  );
}
