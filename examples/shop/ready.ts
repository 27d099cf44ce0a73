import type { Kubectl } from './kubectl.ts';
import { NAMESPACE } from './manifest.ts';

const WORKLOADS = ['statefulset/db', 'deployment/web', 'deployment/writer'];

/** Waits until database, web server and writer run on the cluster; gives up after `timeoutSeconds`, default 180. */
export const shopReady = async (kubectl: Kubectl, { timeoutSeconds = 180 } = {}): Promise<void> => {
  const rollouts = WORKLOADS.map((workload) =>
    kubectl.run(['--namespace', NAMESPACE, 'rollout', 'status', workload, `--timeout=${timeoutSeconds}s`]),
  );
  const failed = (await Promise.allSettled(rollouts)).find((result) => result.status === 'rejected');
  if (!failed) return;
  const why = failed.reason instanceof Error ? failed.reason.message : String(failed.reason);
  throw new Error(`The shop is not ready: ${why}. See kubectl -n ${NAMESPACE} describe pods.`, { cause: failed.reason });
};
