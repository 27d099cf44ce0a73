import type { Client, KubeObject } from '@godwit/kube';
import { isApiError, resource } from '@godwit/kube';
import type { IpConfigFacts } from '../stage/ip-config-gate.ts';
import type { Conditions } from '../stage/stage-conditions.ts';

type IpConfig = KubeObject & { status?: { conditions?: Conditions } };

const IpConfig = resource<IpConfig>('lca.openshift.io/v1', 'IPConfig', 'ipconfigs', 'Cluster');

/** What this cluster knows of a change of addresses. */
export const readIpConfig = async (cluster: Client): Promise<IpConfigFacts> => {
  try {
    const { items } = await cluster.list(IpConfig);
    const found = items.find(({ metadata }) => metadata.name === 'ipconfig');
    return { served: true, object: found && { conditions: found.status?.conditions ?? [] } };
  } catch (error) {
    if (isApiError(error, 'NotFound')) return { served: false };
    throw error;
  }
};
