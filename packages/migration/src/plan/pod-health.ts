import type { Pod } from '@godwit/api';
import type { PodView } from './facts.ts';

const BAD_WAITS = ['ImagePullBackOff', 'ErrImagePull', 'CrashLoopBackOff', 'CreateContainerConfigError', 'InvalidImageName'];

/** Whether a pod is in a state that it will not leave by waiting: images that cannot be pulled, crash loops, no node for it, failed. */
const isUnhealthy = ({ status, metadata }: Pod): boolean => {
  const statuses = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])];
  const ofJob = (metadata.ownerReferences ?? []).some(({ kind }) => kind === 'Job');
  return (
    statuses.some(({ state }) => BAD_WAITS.includes(state?.waiting?.reason ?? '')) ||
    (status?.conditions ?? []).some(
      ({ type, reason, status: value }) => type === 'PodScheduled' && value === 'False' && reason === 'Unschedulable',
    ) ||
    (status?.phase === 'Failed' && !ofJob)
  );
};

/** A pod as far as the checks of a plan ask. */
export const podView = (pod: Pod): PodView => ({
  namespace: pod.metadata.namespace ?? '',
  name: pod.metadata.name ?? '',
  nodeSelector: pod.spec?.nodeSelector ?? {},
  unhealthy: isUnhealthy(pod),
  owner: pod.metadata.ownerReferences?.[0]?.name ?? pod.metadata.name ?? '',
});

/** `status.namespaces` of a plan: the pods that are not healthy, by namespace and by what owns them. */
export const unhealthyNamespaces = (pods: readonly PodView[]) => {
  const bad = pods.filter(({ unhealthy }) => unhealthy);
  return [...Map.groupBy(bad, ({ namespace }) => namespace)].map(([name, inside]) => ({
    name,
    workloads: [...Map.groupBy(inside, ({ owner }) => owner)].map(([owner, theirs]) => ({
      name: owner,
      resources: theirs.map((pod) => `Pod/${pod.name}`),
    })),
  }));
};
