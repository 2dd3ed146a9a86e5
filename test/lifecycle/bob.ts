import { type DefaultKeys, type Emulator, type EmulatorOptions, startEmulator } from "../../emulator";
import type { ResourceService } from "../../provider/engine/resource-service";
import type { Created, ResourceLifecycle } from "../../provider/lifecycle/lifecycle";
import { Run } from "../../provider/lifecycle/run";
import { post } from "../emulator/api";
import { madeBefore, serviceOf } from "./one-command";

/** Bob, at a property with Salto KS, and what calls as the engine makes them in one command do to his access. */

type Properties = Record<string, unknown>;

export const EMAIL = "bob@example.com";
export const PHONE = "+15555550117";

export let emulator: Emulator<DefaultKeys>;
/** What the runs of the test have told. */
export let notices: string[];

export async function start(options: Omit<EmulatorOptions, "seed"> = {}): Promise<void> {
  emulator = await startEmulator(options);
  notices = [];
}
export const stop = (): Promise<void> => emulator.close();

export const newRun = (): Run => new Run((text) => notices.push(text));

/** A resource in a command of its own, or in the one that `run` belongs to. */
export const inRun = (resource: ResourceLifecycle, run = newRun()): ResourceService =>
  serviceOf(emulator, resource, run);

/** What an earlier command has made. */
export const made = (resource: ResourceLifecycle, news: Properties): Promise<Created> =>
  madeBefore(emulator, resource, news);

export function createIn(run: Run, resource: ResourceLifecycle, news: Properties): Promise<Created> {
  const service = inRun(resource, run);
  return service.create(service.check({}, news).inputs);
}

/** A resource whose declaration stays as it is: whether the plan leaves it as it is, too. */
export function stays(resource: ResourceLifecycle, run: Run, one: Created, news: Properties): boolean {
  const service = inRun(resource, run);
  return !service.diff(one.id, one.outputs, service.check(news, news).inputs).changed;
}

export const site = (): string => emulator.ids.acsSystems["salto-ks"];
export const staff = (): string => emulator.ids.acsAccessGroups["salto-ks/staff"];

export const bob = (more: Properties = {}): Properties => ({
  acsSystemId: site(),
  fullName: "Bob Example",
  ...more,
});

export const userNamed = (id: string) => emulator.users().find(({ acs_user_id }) => acs_user_id === id);
export const usersOf = (identity: string) =>
  emulator.users().filter(({ user_identity_id }) => user_identity_id === identity);
export const credentials = () => emulator.credentials().map(({ acs_credential_id }) => acs_credential_id);

export async function groupsOf(acs_user_id: string): Promise<string[]> {
  const { body } = await post(emulator, "/acs/access_groups/list", { acs_user_id });
  return body.acs_access_groups.map(({ acs_access_group_id }: Properties) => acs_access_group_id);
}

/** As the access system's own people do it. */
export const suspend = (id: string) => emulator.edit.acsUser(id, { is_suspended: true });

/** Seam refuses every request to a route, until the fault is removed. */
export const refuse = (route: string) =>
  emulator.faults.add({
    fault: "answer",
    route,
    status: 400,
    body: { error: { type: "invalid_input", message: "no" }, ok: false },
  });

/** A PIN for the front door. */
export const grantFor = (userIdentityId: string) => ({
  userIdentityId,
  requestedAccessMethods: [{ mode: "code" }],
  acsEntranceIds: [emulator.ids.acsEntrances["salto-ks/front-door"]],
  endsAt: "2035-01-01T00:00:00.000Z",
});
