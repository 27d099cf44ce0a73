import { annotations, labels, type Sleeper } from '@godwit/api';
import type { Effect } from '@godwit/controller';
import { type Workload, workloadKind } from './workload-kinds.ts';

const numberIn = (text: string | undefined): number | undefined => (text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined);

const selectorIn = (text: string | undefined): Record<string, string> | undefined => {
  try {
    return text === undefined ? undefined : (JSON.parse(text) as Record<string, string>);
  } catch {
    return undefined; // somebody edited the annotation by hand: what the run recorded still counts
  }
};

/** Reads from the annotations of a sleeping workload what it must get back; undefined when nothing is noted there. */
export const memoryOf = ({ apiVersion, kind, metadata }: Workload): Sleeper | undefined => {
  const notes = metadata.annotations ?? {};
  const who = { apiVersion, kind, namespace: metadata.namespace ?? '', name: metadata.name ?? '' };
  const replicas = numberIn(notes[annotations.preQuiesceReplicas]);
  if (kind === 'CronJob') return notes[annotations.preQuiesceSuspend] === 'true' ? { ...who, suspend: false } : undefined;
  if (kind === 'Job') return replicas === undefined ? undefined : { ...who, parallelism: replicas };
  if (kind === 'DaemonSet') {
    const nodeSelector = selectorIn(notes[annotations.preQuiesceNodeSelector]);
    return nodeSelector === undefined ? undefined : { ...who, nodeSelector };
  }
  if (replicas === undefined) return undefined;
  return kind === 'Deployment' ? { ...who, replicas, paused: notes[annotations.preQuiescePaused] === 'true' } : { ...who, replicas };
};

/** Whether the workload is still as quiescing left it: one that somebody woke since keeps what it was given. */
export const sleeps = ({ kind, spec = {} }: Workload): boolean => {
  if (kind === 'CronJob') return spec.suspend === true;
  if (kind === 'Job') return spec.parallelism === 0;
  if (kind === 'DaemonSet') return spec.template?.spec?.nodeSelector?.[labels.quiesceDaemonSet] === 'true';
  return spec.replicas === 0;
};

const FORGET = {
  [annotations.preQuiesceReplicas]: null,
  [annotations.preQuiescePaused]: null,
  [annotations.preQuiesceSuspend]: null,
  [annotations.preQuiesceNodeSelector]: null,
};

const awakeSpec = ({ suspend, parallelism, nodeSelector, replicas, paused }: Sleeper): unknown => {
  if (suspend !== undefined) return { suspend };
  if (parallelism !== undefined) return { parallelism };
  if (nodeSelector !== undefined) return { template: { spec: { nodeSelector: { [labels.quiesceDaemonSet]: null, ...nodeSelector } } } };
  return { replicas, ...(paused === undefined ? {} : { paused }) };
};

/** The change that gives a sleeping workload back what it had; nothing for one that is awake, or of which nothing is remembered. */
export const awake = (on: string, workload: Workload, slept: Sleeper | undefined): Effect[] => {
  // A ReplicaSet of a Deployment carries the Deployment's annotations, and its replicas are not ours to set.
  if ((workload.metadata.ownerReferences ?? []).length > 0) return [];
  const resource = workloadKind(workload);
  if (slept === undefined || resource === undefined || !sleeps(workload)) return [];
  const name = { namespace: workload.metadata.namespace, name: workload.metadata.name ?? '' };
  return [{ do: 'patch', on, resource, name, patch: { metadata: { annotations: FORGET }, spec: awakeSpec(slept) } }];
};
