import { MigCluster, MigStorage } from '@godwit/api';
import type { Resource } from '@godwit/kube';
import { commandLine, type Place } from '../copyable.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { Failure } from '../failure.ts';
import { blockersOf } from '../printers/condition-facts.ts';
import type { Waiting } from '../watch-object.ts';
import { type Judged, judgedAgain } from './settled.ts';
import type { Side } from './sides.ts';

/** The cluster that holds the Mig* objects, and where commands to copy find them. */
export type Host = Pick<Side, 'client'> & { place: Place };

/** The failure that names why an object is not ready; one condition speaks for all, the others are shown by `describe`. */
export const notReady = (
  noun: string,
  object: Judged,
  { exitCode = exitCodes.error, place }: { exitCode?: ExitCode; place: Place },
): Failure => {
  const [first, ...others] = blockersOf(object);
  const more = others.length === 0 ? '' : ` (and ${others.map(({ type }) => type).join(', ')})`;
  return new Failure(`${noun} "${object.metadata.name}" is not ready`, {
    reason: first?.type ?? 'NotReady',
    why: `${first?.message ?? 'the controllers have not judged it'}${more}`,
    next: commandLine(place, `${noun} describe ${object.metadata.name}`),
    exitCode,
  });
};

/** Has an object judged again and refuses one that is not ready. */
const ensureReady = async <T extends Judged>(
  { client, place }: Host,
  noun: string,
  resource: Resource<T>,
  object: T,
  waiting: Waiting,
): Promise<T> => {
  const judged = await judgedAgain(client, resource, object, waiting);
  if (blockersOf(judged).length > 0) throw notReady(noun, judged, { place });
  return judged;
};

/** Waits until clusters and repository can be used. */
export const ensureAllReady = async (host: Host, clusters: readonly MigCluster[], storage: MigStorage, waiting: Waiting): Promise<void> => {
  await Promise.all([
    ...clusters.map((cluster) => ensureReady(host, 'cluster', MigCluster, cluster, waiting)),
    ensureReady(host, 'repo', MigStorage, storage, waiting),
  ]);
};
