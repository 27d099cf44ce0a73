import type { Check } from '../../shared/check.ts';
import { critical, warn } from '../../shared/claim.ts';
import type { PlanFacts } from '../facts.ts';

type PlanCheck = Check<PlanFacts>;

const HARMLESS_SELECTORS = ['node-role.kubernetes.io/compute', 'kubernetes.io/arch', 'kubevirt.io/schedulable'];
const MAX_LISTED = 10;

/** Whether a node selector ties a pod to nodes that another cluster may not have. */
const tiesToNodes = (nodeSelector: Record<string, string>): boolean =>
  Object.keys(nodeSelector).some((key) => !HARMLESS_SELECTORS.includes(key));

const tooMany: PlanCheck = {
  name: 'more pods than the limit',
  types: ['PodLimitExceeded'],
  judge: ({ clusters, settings }) => {
    if (clusters === undefined) return undefined;
    const count = clusters.source.pods.length;
    return count <= settings.podLimit
      ? []
      : [
          warn(
            'PodLimitExceeded',
            'LimitExceeded',
            `The namespaces have ${count} pods, the limit is ${settings.podLimit}. Split the plan, or raise mig_pod_limit.`,
          ),
        ];
  },
};

const nodeSelectors: PlanCheck = {
  name: 'pods tied to certain nodes',
  types: ['NamespacesHaveNodeSelectors'],
  judge: ({ clusters }) => {
    if (clusters === undefined) return undefined;
    const names = [...new Set(clusters.source.pods.filter((pod) => tiesToNodes(pod.nodeSelector)).map(({ namespace }) => namespace))];
    const message =
      'Namespaces [] have pods with node selectors. Label nodes of the destination in the same way, or the pods will not be scheduled there.';
    return names.length === 0 ? [] : [{ ...warn('NamespacesHaveNodeSelectors', 'NodeSelectorsDetected', message, names), durable: true }];
  },
};

const unhealthy: PlanCheck = {
  name: 'pods of the source that are not healthy',
  types: ['SourcePodsNotHealthy'],
  judge: ({ clusters }) => {
    if (clusters === undefined) return undefined;
    const names = [...new Set(clusters.source.pods.filter((pod) => pod.unhealthy).map(({ namespace }) => namespace))];
    const message =
      'Source namespaces [] have pods that are not healthy, see status.namespaces. They will not be healthier on the destination: repair them first.';
    return names.length === 0 ? [] : [warn('SourcePodsNotHealthy', 'NotHealthy', message, names)];
  },
};

const claimNotBound: PlanCheck = {
  name: 'claims without a volume',
  types: ['PvcNotBound'],
  judge: ({ clusters }) => {
    if (clusters === undefined) return undefined;
    const named = (mounted: boolean): string[] =>
      clusters.source.unboundClaims
        .filter((claim) => claim.mounted === mounted)
        .map(({ namespace, name, phase }) => `${namespace}/${name} (${phase})`);
    const used = named(true);
    if (used.length > 0) {
      const message =
        'Pods wait for claims that are not bound: []. Their data cannot be found, so they cannot be migrated. See kubectl describe pvc on the source; bind or delete them.';
      return [critical('PvcNotBound', 'NotReady', message, used.slice(0, MAX_LISTED))];
    }
    const idle = named(false);
    const message =
      'Claims [] are not bound to a volume and no pod uses them: they hold no data and are not migrated. Delete them if they are not needed.';
    return idle.length === 0 ? [] : [warn('PvcNotBound', 'NotReady', message, idle.slice(0, MAX_LISTED))];
  },
};

/** The pods and claims of the source, in the order of upstream: counts before namespaces, health after them. */
export const podLimitChecks: readonly PlanCheck[] = [tooMany, nodeSelectors];

/** Health of pods, and claims that have no volume. */
export const podHealthChecks: readonly PlanCheck[] = [unhealthy, claimNotBound];
