import { annotations, type Condition, fieldManagers } from '@godwit/api';
import { canonicalJson, createRecorder, observedDigest, touched } from '@godwit/controller';
import type { Client, KubeObject, Resource } from '@godwit/kube';
import type { World } from '../world.ts';

/** An object of a migration kind as far as its judge writes it. */
export type Judged = KubeObject & {
  spec: { refresh?: boolean | undefined };
  status?: { conditions?: Condition[] | undefined; observedDigest?: string | undefined };
};

/** What a round has decided about an object: changes of its spec, and its status without the markers; null takes a field away. */
export type Outcome = { spec?: Record<string, unknown>; status: Record<string, unknown> & { conditions: Condition[] } };

const fieldManager = fieldManagers.migration;
const COMPONENT = 'godwit.io/migration';

const patchSpec = <T extends Judged>(client: Client, kind: Resource<T>, object: T, spec: Record<string, unknown>): Promise<T> => {
  const { namespace, name = '', resourceVersion } = object.metadata;
  // the resourceVersion refuses the write when a user has edited the object meanwhile
  const patch = { metadata: { resourceVersion, annotations: touched() }, ...(Object.keys(spec).length === 0 ? {} : { spec }) };
  return client.patch(kind, { namespace, name }, patch, { fieldManager });
};

const changedParts = (before: Record<string, unknown>, after: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(after).filter(([key, value]) => canonicalJson(before[key]) !== canonicalJson(value)));

const withSpec = async <T extends Judged>(client: Client, kind: Resource<T>, object: T, spec: Record<string, unknown>): Promise<T> => {
  const changes = changedParts(object.spec, spec);
  const untouched = object.metadata.annotations?.[annotations.touch] === undefined;
  return Object.keys(changes).length > 0 || untouched ? patchSpec(client, kind, object, changes) : object;
};

const marked = ({ conditions, ...status }: Outcome['status'], { spec, metadata }: Judged): Record<string, unknown> => {
  const refreshed = spec.refresh === true; // the write that takes the wish away makes one more generation
  const observedGeneration = (metadata.generation ?? 0) + (refreshed ? 1 : 0);
  const digest = observedDigest(refreshed ? { ...spec, refresh: false } : spec);
  return { ...status, conditions: conditions.map((each) => ({ ...each, observedGeneration })), observedDigest: digest, observedGeneration };
};

const withStatus = async <T extends Judged>(client: Client, kind: Resource<T>, object: T, status: Record<string, unknown>): Promise<T> => {
  const { namespace, name = '' } = object.metadata;
  const news = changedParts(object.status ?? {}, status);
  return Object.keys(news).length === 0
    ? object
    : client.patch(kind, { namespace, name }, { status: news }, { subresource: 'status', fieldManager });
};

/**
 * Writes down what was decided, each part only when it changed: the spec, then the status with the markers, and `refresh: false` last,
 * so that whoever asked for a refresh finds the answer there. Conditions that appear or change give events. Returns the object as it stands then.
 */
export const record = async <T extends Judged>(world: World, kind: Resource<T>, object: T, { spec = {}, status }: Outcome): Promise<T> => {
  const { host } = world.connections;
  const specified = await withSpec(host, kind, object, spec);
  const told = await withStatus(host, kind, specified, marked(status, specified));
  const settled = specified.spec.refresh === true ? await patchSpec(host, kind, told, { refresh: false }) : told;
  const recorder = createRecorder({ clock: world.clock, log: world.log, component: COMPONENT, instance: 'controllers' });
  await recorder.record(host, settled, object.status?.conditions, status.conditions);
  return settled;
};
