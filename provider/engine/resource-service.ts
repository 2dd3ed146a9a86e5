import type { SeamClient } from "../http/client";
import { maskSecrets } from "../http/mask";
import { type SeamSettings, SettingsError } from "../http/settings";
import { declaredInputs } from "../inputs/table";
import { withAddedByHand } from "../lifecycle/added-by-hand";
import { PartialFailure, RefusedError } from "../lifecycle/errors";
import { formerCardsOf, madeBeside } from "../lifecycle/former-cards";
import { readToImport } from "../lifecycle/importable";
import { looseKeyOf } from "../lifecycle/inputs-key";
import {
  type Created,
  type Imported,
  type Observed,
  type Plan,
  type ResourceLifecycle,
  UNCHANGED,
} from "../lifecycle/lifecycle";
import { withoutRosterCard } from "../lifecycle/roster-cards";
import { REFERENCES, type Run } from "../lifecycle/run";
import { assertOwnWorkspace } from "../lifecycle/workspace-guard";
import { hasFailed } from "../values/failed";
import { isRecord, type Properties } from "../values/record";
import { hasUnknown } from "../values/unknown";
import { sharedClient } from "./shared-client";

/**
 * What the engine asks of one kind of resource, by whatever transport: plain properties in, plain properties out, no
 * secret in any error. Outputs are as the state keeps them.
 */
export interface ResourceService {
  /** @param olds inputs of before; empty where it would be created */
  check(olds: Properties, news: Properties): CheckedInputs;
  diff(id: string, outputs: Properties, news: Properties): Plan;
  /** @throws PartialFailure with what the state is to keep */
  create(inputs: Properties): Promise<Created>;
  /** `undefined` for what is gone. */
  read(id: string, outputs: Properties): Promise<Observed | undefined>;
  /** An object of which only the id is known, as a resource that declares what Seam shows of it. */
  readToImport(id: string): Promise<Imported | undefined>;
  /** @throws PartialFailure with what the state is to keep */
  update(id: string, outputs: Properties, news: Properties): Promise<Properties>;
  delete(id: string, outputs: Properties): Promise<void>;
}

export interface CheckedInputs {
  readonly inputs: Properties;
  /** Sentences, of which none shows a secret. The engine would print the value of a property that it is told. */
  readonly failures: readonly string[];
}

/**
 * @param run what this process, which serves one command, has been told so far
 * @param settings the account; throws SettingsError
 */
export function resourceService(
  resource: ResourceLifecycle,
  run: Run,
  settings: () => SeamSettings,
): ResourceService {
  const seam = (): SeamClient => sharedClient(settings());
  const named = (id: string) => `${resource.name} ${id}`;
  /** Says what a plan means for cards that are encoded. @throws RefusedError */
  const judgeCards = (id: string, outputs: Properties, news: Properties, plan: Plan) => {
    const { displayName } = outputs;
    const shown = displayName === undefined ? named(id) : `${named(id)} ("${displayName}")`;
    const known = run.withSameReferences(outputs, news);
    const isReplaced = plan.replaces.some((property) => known[property] === news[property]);
    const isPlanned = run.plans.isPlanned(news);
    if (isReplaced && !plan.deleteBeforeReplace) {
      const cards = resource.outlivingCards?.(outputs, known) ?? [];
      const isNews = isPlanned && cards.length > 0 && run.encodingNotices.goesOn(shown, id);
      if (isNews) run.formerCards.goOn(news, cards);
    } else if (!isReplaced && run.plans.declares(news)) {
      // The deletion of such a card may be pending, where a run was interrupted.
      run.formerCards.keep(id, formerCardsOf(outputs));
    }
    const awaiting = resource.awaitsEncoding?.(outputs, known, isReplaced) ?? 0;
    if (isPlanned) run.encodingNotices.awaitsEncoding(shown, id, awaiting);
    const isCertain = awaiting > 0 && run.isToldOf(outputs, known);
    const user = run.plans.replacementOf(String(outputs["acsUserId"]));
    const refusal = isCertain ? run.rosterCards.awaitsEncoding(news, user) : undefined;
    if (refusal) throw new RefusedError(refusal);
  };
  /** With `deleteBeforeReplace` among its options a card is deleted that the plan said goes on. @throws RefusedError */
  const takeBackPromise = (id: string) => {
    run.encodingNotices.awaitsEncoding(named(id), id, 1);
    const refusal = run.rosterCards.awaitsEncoding(run.plans.replacementOf(id) ?? {}, undefined);
    if (refusal) throw new RefusedError(refusal);
  };
  const whileNoUserComes = (inputs: Properties, create: () => Promise<Created>): Promise<Created> => {
    const { userIdentityId } = inputs;
    return resource.needsUser && typeof userIdentityId === "string"
      ? run.comingUsers.whileNoneComes(userIdentityId, create)
      : create();
  };
  const compared = (id: string, outputs: Properties, news: Properties): Plan => {
    // Without what it hangs on there is nothing to compare it with: it stays as it is.
    if (hasFailed(news)) {
      run.compared(named(id), id, outputs, news, false);
      run.formerCards.keep(id, formerCardsOf(outputs));
      return UNCHANGED;
    }
    run.hear();
    const plan = run.isLost(id) ? madeAnew(news) : resource.diff(outputs, news);
    const isReplaced = plan.replaces.length > 0;
    // Without a preview the engine may have begun with it before it heard of the refusal.
    const refusal = isReplaced ? run.rosterCards.refusalOf(news) : undefined;
    if (refusal) throw new RefusedError(refusal);
    const kept = isReplaced ? outputs : withoutTakenOut(resource, outputs, news);
    run.compared(named(id), id, kept, news, isReplaced);
    run.workspaces.assertOne();
    judgeCards(id, outputs, news, plan);
    if (plan.changed && run.plans.declares(news)) {
      for (const text of givenUp(resource, outputs, news)) run.givesUp(text, id);
    }
    return plan;
  };
  return {
    check({ __provider, ...olds }, all) {
      const exists = Object.keys(olds).length > 0;
      const { inputs: news, card } = withoutRosterCard(all);
      const { inputs, problems } = resource.check(news, exists ? olds : undefined, new Date());
      if (!hasUnknown(inputs)) run.checked(resource.name, inputs, exists, olds);
      const isMade = !exists && inputs["adopt"] === undefined;
      if (card && resource.awaitsEncoding === undefined) run.rosterCards.holder(card, inputs);
      const isCard = resource.awaitsEncoding !== undefined && !hasFailed(inputs);
      const refusal = card && isCard && run.rosterCards.declared(card, inputs, isMade);
      const texts = [...problems.map(({ text }) => text), ...(refusal ? [refusal] : [])];
      return { inputs, failures: [...settingsProblems(settings), ...texts] };
    },

    diff(id, outputs, news) {
      try {
        return compared(id, outputs, news);
      } catch (error) {
        run.failed(id);
        throw error;
      }
    },

    async create(inputs) {
      const wanted = { ...inputs };
      // Only what a resource begins with is adopted; what replaces it is made.
      if (run.plans.isReplacement(inputs)) delete wanted["adopt"];
      const cards = run.formerCards.take(inputs);
      for (const { acsCredentialId } of cards) run.plans.claim(acsCredentialId);
      const { id, outputs } = await explained([inputs], notesOn(run, inputs), async () => {
        if (hasFailed(inputs)) {
          throw new RefusedError(
            `Cannot create ${resource.name}: what it hangs on has failed, as its own error says.`,
          );
        }
        await assertOwnWorkspace(seam(), run, `create ${resource.name}`, undefined);
        return madeBeside(cards, () => whileNoUserComes(inputs, () => resource.create(seam(), wanted, run)));
      })
        .catch((error: unknown) => {
          // It is there, and in the state.
          if (error instanceof PartialFailure) run.created(named(error.id), error.id, inputs, error.outputs);
          run.failedToReplace(inputs);
          if (inputs["adopt"] !== undefined) {
            run.plans.notAdopted(String(inputs["adopt"]));
            run.failed(String(inputs["adopt"]));
          }
          throw error;
        })
        .finally(() => {
          for (const user of [looseKeyOf(inputs), ...run.plans.roomsFor(inputs)])
            run.comingUsers.settled(user);
        });
      run.created(named(id), id, inputs, outputs);
      return { id, outputs: withoutFormerPins([inputs], outputs) };
    },

    async read(id, outputs) {
      run.workspaces.saw(named(id), outputs);
      const observed = await explained([outputs], [], () => resource.read(seam(), id, outputs, run));
      if (!observed) return undefined;
      const found = withAddedByHand(resource.table, outputs, observed.outputs);
      return { ...observed, outputs: withoutFormerPins([outputs], found) };
    },

    async readToImport(id) {
      return explained([], [], async () => {
        // What the state has by no create may be anybody's; a workspace that is set beside the key is a guard.
        const { expectedWorkspaceId } = settings();
        if (expectedWorkspaceId) await assertOwnWorkspace(seam(), run, `read ${named(id)}`, undefined);
        return readToImport(resource, seam(), id, run);
      });
    },

    async update(id, outputs, news) {
      const known = [news, outputs];
      if (!resource.diff(outputs, news).changed) return withoutFormerPins(known, outputs);
      const updated = await explained(known, notesOn(run, undefined), async () => {
        await assertOwnWorkspace(seam(), run, `update ${named(id)}`, outputs);
        return resource.update(seam(), id, outputs, news, run);
      }).catch((error: unknown) => {
        run.failed(id);
        throw error;
      });
      return withoutFormerPins(known, updated);
    },

    async delete(id, outputs) {
      await explained([outputs], [], async () => {
        await assertOwnWorkspace(seam(), run, `delete ${named(id)}`, outputs);
        run.hear();
        // Another resource that stays in the state has the same object.
        if (run.isHeldElsewhere(id)) return;
        if (run.plans.isAdoptionRefused(id)) {
          throw new RefusedError(
            `Cannot delete ${named(id)}: the program takes it over under another name, and that failed, as its own error says. Nothing was deleted, and the state keeps it.`,
          );
        }
        const options = { run, awaitGone: run.plans.makesRoom(id, declaredInputs(resource.table, outputs)) };
        if (options.awaitGone && run.encodingNotices.isGoingOn(id)) takeBackPromise(id);
        const kept = await resource.reasonToKeep?.(seam(), id, outputs, options);
        if (!kept) return resource.remove(seam(), id, outputs, options);
        if (kept.message) run.notice(kept.message);
      }).catch((error: unknown) => {
        run.comingUsers.settled(id);
        run.loseNothing(id);
        throw error;
      });
    },
  };
}

/** Of what Seam has deleted along with something else in this run. */
function madeAnew(news: Properties): Plan {
  return {
    changed: true,
    replaces: Object.keys(news).slice(0, 1),
    deleteBeforeReplace: true,
    isInOutputs: true,
  };
}

/** Outputs without what the program hangs the resource on no longer. */
function withoutTakenOut(resource: ResourceLifecycle, outputs: Properties, news: Properties): Properties {
  const declared = declaredInputs(resource.table, outputs);
  const taken = REFERENCES.filter((name) => declared[name] !== undefined && news[name] === undefined);
  return { ...outputs, ...Object.fromEntries(taken.map((name) => [name, undefined])) };
}

/** Unique texts that the update of a resource gives up. */
function givenUp(resource: ResourceLifecycle, outputs: Properties, news: Properties): readonly string[] {
  const stay = new Set(resource.uniqueTexts?.(news));
  return (resource.uniqueTexts?.(outputs) ?? []).filter((text) => !stay.has(text));
}

/** What else there is to say about a failure: what it keeps from happening. */
function notesOn(run: Run, created: Properties | undefined): readonly string[] {
  const before = created && run.plans.roomMadeFor(created);
  const leaving = [...run.leaving];
  return [
    ...(before === undefined
      ? []
      : [
          `${before} was deleted to make room for it, so there is no access in its place now. Put right what failed and run \`pulumi up\` again, or take the change back.`,
        ]),
    ...(leaving.length === 0
      ? []
      : [
          `Unless this run has --continue-on-error, Pulumi takes nobody out now: ${leaving.join(", ")} ${leaving.length === 1 ? "keeps" : "keep"} access. \`pulumi up --continue-on-error\` takes them out all the same.`,
        ]),
  ];
}

function settingsProblems(settings: () => unknown): readonly string[] {
  try {
    settings();
    return [];
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
}

/**
 * Lets nothing that goes wrong show a secret of the resource; a partial failure has the outputs as the state keeps them.
 * @param known everything that the engine told of the resource, the newest first
 * @param notes added to the error
 */
async function explained<T>(
  known: readonly Properties[],
  notes: readonly string[],
  act: () => Promise<T>,
): Promise<T> {
  const mask = maskSecrets(known);
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (error instanceof PartialFailure) {
      const reasons = [...error.reasons.map(mask), ...notes];
      throw new PartialFailure(error.id, withoutFormerPins(known, error.outputs), reasons);
    }
    // A copy: one answer of Seam's may fail several resources. The engine prints the stack of what is not expected.
    throw Object.assign(Object.create(Object.getPrototypeOf(error)), error, {
      message: [mask(error.message), ...notes].join("\n"),
      stack: error.stack && mask(error.stack),
    });
  }
}

/** Outputs without a PIN of before, of which Seam's reports, those on parts included, may still speak. */
function withoutFormerPins(known: readonly Properties[], outputs: Properties): Properties {
  const mask = maskSecrets(known);
  const masked = (value: unknown, name: string): unknown => {
    if (Array.isArray(value)) return value.map((element) => masked(element, name));
    if (!isRecord(value)) return value;
    const isReport = name === "errors" || name === "warnings";
    return Object.fromEntries(
      Object.entries(value).map(([key, child]) => [
        key,
        isReport && key === "message" ? mask(String(child)) : masked(child, key),
      ]),
    );
  };
  const isReported = ([name, value]: readonly [string, unknown]) =>
    name === "errors" || name === "warnings" || (Array.isArray(value) && value.some(isRecord));
  return Object.fromEntries(
    Object.entries(outputs).map(([name, value]) => [
      name,
      isReported([name, value]) ? masked(value, name) : value,
    ]),
  );
}
