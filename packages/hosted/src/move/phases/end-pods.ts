import { Pod } from '@godwit/api';
import type { Effect } from '@godwit/controller';

/** Seconds that pods get to end: what etcd has acknowledged is on its disk. */
const GRACE_SECONDS = 1;

/** Whether a process of a pod runs, or may still start. One that was told to end, and whose containers did, only waits to be cleared away. */
export const mayRun = ({ metadata, spec, status }: Pod): boolean => {
  if (status?.phase === 'Succeeded' || status?.phase === 'Failed') return false;
  const ended = (status?.containerStatuses ?? []).filter(({ state }) => state?.terminated !== undefined);
  return metadata.deletionTimestamp === undefined || ended.length === 0 || ended.length < (spec?.containers ?? []).length;
};

/** Ends pods of the source sooner than their workload would. */
export const ending = (pods: readonly Pod[]): Effect[] =>
  pods.map(({ metadata: { namespace, name = '', uid } }) => ({
    do: 'delete',
    on: 'source',
    resource: Pod,
    name: { namespace, name },
    ...(uid === undefined ? {} : { uid }),
    gracePeriodSeconds: GRACE_SECONDS,
  }));
