import type { NodePool } from '@godwit/api';
import { labels, MachineHealthCheck } from '@godwit/api';
import type { Effect } from '@godwit/controller';

const UNHEALTHY_SECONDS = 16 * 60;
const STARTUP_SECONDS = 20 * 60;
const MOST_UNHEALTHY = 2;

const unhealthy = (status: 'False' | 'Unknown') => ({ type: 'Ready', status, timeoutSeconds: UNHEALTHY_SECONDS });

/** Writes, or takes away, what replaces machines whose nodes are not healthy. Machines that nobody can power on again get sixteen minutes. */
export const healthCheck = ({ metadata: { name = '' }, spec }: NodePool, namespace: string, clusterName: string): Effect =>
  spec.management.autoRepair !== true
    ? { do: 'delete', on: 'management', resource: MachineHealthCheck, name: { namespace, name } }
    : {
        do: 'apply',
        on: 'management',
        resource: MachineHealthCheck,
        object: {
          apiVersion: 'cluster.x-k8s.io/v1beta2',
          kind: 'MachineHealthCheck',
          metadata: { namespace, name, labels: { [labels.clusterName]: clusterName } },
          spec: {
            clusterName,
            selector: { matchLabels: { [labels.clusterName]: clusterName, [labels.deploymentName]: name } },
            checks: { nodeStartupTimeoutSeconds: STARTUP_SECONDS, unhealthyNodeConditions: [unhealthy('False'), unhealthy('Unknown')] },
            remediation: { triggerIf: { unhealthyLessThanOrEqualTo: MOST_UNHEALTHY } },
          },
        },
      };
