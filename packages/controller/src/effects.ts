import { apiVersionOf, type Client, isApiError, type KubeObject } from '@godwit/kube';
import type { Effect } from './effect.ts';
import { inParallel } from './parallel.ts';
import type { Tasks } from './tasks.ts';
import { isPermanent } from './walk-reasons.ts';

/** How effects are carried out. `dryRun` asks the servers without storing anything and starts no task; default false. */
export type CarryOutOptions = {
  /** The name that server-side apply owns fields under; one per writer. */
  fieldManager: string;
  dryRun?: boolean | undefined;
  signal?: AbortSignal | undefined;
  /** Learns the object as the server stored it, for readers that must not fall behind this write. */
  wrote?: ((object: KubeObject) => void) | undefined;
  /** Where tasks run; needed only for effects that are tasks. */
  tasks?: Pick<Tasks, 'ensure'> | undefined;
};

type Write = Exclude<Effect, { do: 'task' }>;

const MOST_AT_ONCE = 32;

/** Resolves to the object as it was stored; undefined when it was deleted. */
const send = async (write: Write, client: Client, { fieldManager, dryRun, signal }: CarryOutOptions): Promise<KubeObject | undefined> => {
  const options = { fieldManager, dryRun, signal };
  switch (write.do) {
    case 'create':
      return client.create(write.resource, write.object, options);
    case 'apply':
      return client.apply(write.resource, write.object, { ...options, subresource: write.subresource, force: true });
    case 'patch':
      return client.patch(write.resource, write.name, write.patch, { ...options, type: write.type, subresource: write.subresource });
    case 'delete': {
      const { uid, gracePeriodSeconds } = write;
      await client.delete(write.resource, write.name, { dryRun, signal, uid, gracePeriodSeconds, propagation: 'Background' });
      return undefined;
    }
  }
};

/** Of several errors, the one that no waiting cures is told. */
const FOREVER = { attempts: Number.POSITIVE_INFINITY, seconds: Number.POSITIVE_INFINITY };

/** Whether a refusal means that the wanted state holds already: it exists, it is gone, or the name belongs to another object by now. */
const isHarmless = (error: unknown, write: Write): boolean => {
  if (write.do === 'create') return isApiError(error, 'AlreadyExists');
  if (write.do === 'patch') return isApiError(error, 'NotFound');
  return write.do === 'delete' && write.uid !== undefined && isApiError(error, 'Conflict');
};

const clientOf = (clusters: Readonly<Record<string, Client>>, role: string): Client => {
  const client = clusters[role];
  if (!client) throw new Error(`an effect names the cluster ${role}; known are ${Object.keys(clusters).join(', ')}`);
  return client;
};

const perform = async (write: Write, clusters: Readonly<Record<string, Client>>, options: CarryOutOptions): Promise<void> => {
  try {
    const answer = await send(write, clientOf(clusters, write.on), options);
    if (answer !== undefined && options.dryRun !== true) options.wrote?.(answer);
  } catch (error) {
    if (!isHarmless(error, write)) throw error;
  }
};

const targetOf = (write: Write): string => {
  const name = 'name' in write ? write.name : (write.object as { metadata: { namespace?: string; name?: string } }).metadata;
  return [write.on, apiVersionOf(write.resource), write.resource.plural, name.namespace, name.name].join(' ');
};

/** Effects on one object stay in their order; those on different objects do not wait for each other. */
const rowsOf = (writes: readonly Write[]): Write[][] => [...Map.groupBy(writes, targetOf).values()];

/** What other objects of the same list may live in. */
const isHome = (write: Write): boolean =>
  (write.do === 'create' || write.do === 'apply') &&
  (write.resource.kind === 'Namespace' || write.resource.kind === 'CustomResourceDefinition');

/**
 * Carries out effects, 32 at a time: namespaces and definitions first, then everything else side by side, effects on the
 * same object in their order. All are tried; afterwards the gravest error is thrown, a refusal for good before one that may pass.
 */
export const carryOut = async (
  effects: readonly Effect[],
  clusters: Readonly<Record<string, Client>>,
  options: CarryOutOptions,
): Promise<void> => {
  const writes = effects.filter((effect) => effect.do !== 'task');
  const errors: unknown[] = [];
  const performRow = async (row: readonly Write[]) => {
    for (const write of row) await perform(write, clusters, options);
  };
  for (const batch of [writes.filter(isHome), writes.filter((write) => !isHome(write))]) {
    errors.push(...(await inParallel(rowsOf(batch), MOST_AT_ONCE, performRow)));
    options.signal?.throwIfAborted();
  }
  const gravest = errors.find((error) => isPermanent(error, FOREVER)) ?? errors[0];
  if (gravest !== undefined) throw gravest;
  if (options.dryRun) return;
  for (const effect of effects) {
    if (effect.do !== 'task') continue;
    if (!options.tasks) throw new Error(`the task ${effect.name} has no place to run: pass tasks to carryOut`);
    options.tasks.ensure(effect.name, effect.run);
  }
};
