import { type DirectVolumeMigration, labels, NetworkPolicy } from '@godwit/api';
import type { Effect } from '@godwit/controller';
import { objectNames, TRANSFER_ROLE, transferLabels } from '../names.ts';
import { byNamespace, volumePairs } from '../volume-pair.ts';
import { TUNNEL_PORT } from './tunnel.ts';

const policy = (dvm: DirectVolumeMigration, namespace: string, side: 'source' | 'target'): Effect => {
  const uid = dvm.metadata.uid ?? '';
  const roles = side === 'target' ? ['server'] : ['client', 'comparer'];
  const object: NetworkPolicy = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: `${objectNames(dvm).policy}-${side}`, namespace, labels: transferLabels(dvm) },
    spec: {
      podSelector: {
        matchLabels: { [labels.migratedByDirectVolumeMigration]: uid },
        matchExpressions: [{ key: TRANSFER_ROLE, operator: 'In', values: roles }],
      },
      // Clients answer nobody; what they connect to is fixed by the certificates, since addresses change on the way.
      policyTypes: side === 'target' ? ['Ingress', 'Egress'] : ['Ingress'],
      ...(side === 'target' ? { ingress: [{ ports: [{ port: TUNNEL_PORT, protocol: 'TCP' }] }] } : {}),
    },
  };
  return { do: 'apply', on: side, resource: NetworkPolicy, object };
};

/** Lets nothing but the tunnel's port into transfer pods, and nothing out of the receiving ones. */
export const networkPolicies = (dvm: DirectVolumeMigration): Effect[] => {
  const pairs = volumePairs(dvm);
  return (['source', 'target'] as const).flatMap((side) => byNamespace(pairs, side).map(([namespace]) => policy(dvm, namespace, side)));
};
