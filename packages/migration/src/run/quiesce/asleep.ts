import { annotations, labels, type Sleeper } from '@godwit/api';
import type { Effect } from '@godwit/controller';
import { type Workload, workloadKind } from './workload-kinds.ts';

const owned = ({ metadata }: Workload): boolean => (metadata.ownerReferences ?? []).length > 0;
const finished = ({ status }: Workload): boolean =>
  status?.completionTime !== undefined || (status?.conditions ?? []).some(({ type, status: is }) => type === 'Failed' && is === 'True');

/** What the workload must get back later, or undefined when it sleeps already, has an owner that decides for it, or has ended. */
export const sleepOf = (workload: Workload): Sleeper | undefined => {
  const { spec = {}, metadata, apiVersion, kind } = workload;
  const who = { apiVersion, kind, namespace: metadata.namespace ?? '', name: metadata.name ?? '' };
  if (metadata.deletionTimestamp !== undefined) return undefined;
  switch (kind) {
    case 'CronJob':
      return spec.suspend === true ? undefined : { ...who, suspend: false };
    case 'Deployment':
      return spec.replicas === 0 ? undefined : { ...who, replicas: spec.replicas ?? 1, paused: spec.paused ?? false };
    case 'StatefulSet':
      return spec.replicas === 0 ? undefined : { ...who, replicas: spec.replicas ?? 1 };
    case 'ReplicaSet':
      return spec.replicas === 0 || owned(workload) ? undefined : { ...who, replicas: spec.replicas ?? 1 };
    case 'DaemonSet':
      return spec.template?.spec?.nodeSelector?.[labels.quiesceDaemonSet] === 'true'
        ? undefined
        : { ...who, nodeSelector: spec.template?.spec?.nodeSelector ?? {} };
    case 'Job':
      return spec.parallelism === 0 || finished(workload) ? undefined : { ...who, parallelism: spec.parallelism ?? 1 };
    default:
      return undefined;
  }
};

const cleared = (nodeSelector: Record<string, string>): Record<string, string | null> =>
  Object.fromEntries(Object.keys(nodeSelector).map((key) => [key, null]));

const sleepingPatch = (slept: Sleeper): { notes: Record<string, string>; spec: unknown } => {
  if (slept.suspend !== undefined) return { notes: { [annotations.preQuiesceSuspend]: 'true' }, spec: { suspend: true } };
  if (slept.parallelism !== undefined)
    return { notes: { [annotations.preQuiesceReplicas]: String(slept.parallelism) }, spec: { parallelism: 0 } };
  if (slept.nodeSelector !== undefined) {
    const nodeSelector = { ...cleared(slept.nodeSelector), [labels.quiesceDaemonSet]: 'true' };
    return {
      notes: { [annotations.preQuiesceNodeSelector]: JSON.stringify(slept.nodeSelector) },
      spec: { template: { spec: { nodeSelector } } },
    };
  }
  const paused = slept.paused === undefined ? {} : { [annotations.preQuiescePaused]: String(slept.paused) };
  return {
    notes: { [annotations.preQuiesceReplicas]: String(slept.replicas ?? 1), ...paused },
    spec: { replicas: 0, ...(slept.paused === undefined ? {} : { paused: false }) },
  };
};

/** The change that puts a workload to sleep and notes on it what it must get back. */
export const asleep = (on: string, slept: Sleeper): Effect[] => {
  const resource = workloadKind(slept);
  if (resource === undefined) return [];
  const { notes, spec } = sleepingPatch(slept);
  return [
    {
      do: 'patch',
      on,
      resource,
      name: { namespace: slept.namespace, name: slept.name },
      patch: { metadata: { annotations: notes }, spec },
    },
  ];
};
