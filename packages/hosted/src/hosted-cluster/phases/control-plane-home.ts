import { annotations, labels, Namespace } from '@godwit/api';
import { hasLocalInfrastructure } from '../facts.ts';
import { MANAGEMENT } from '../management.ts';
import type { Phase, Scope } from './phase.ts';

const FIRST_USER_ID = 1001;

/** The lowest free user id from 1001 on. Pure. */
export const freeUserId = (taken: readonly (string | undefined)[]): number => {
  const used = new Set(taken.map(Number));
  let id = FIRST_USER_ID;
  while (used.has(id)) id += 1;
  return id;
};

/** The user id of a control plane's processes: given out once per namespace, and then kept. */
const userIdOf = async ({ world, home }: Scope): Promise<string> => {
  const labelSelector = `${labels.hostedControlPlane}=true`;
  const { items } = await world.management.list(Namespace, { labelSelector });
  const idIn = (namespace: Namespace | undefined): string | undefined =>
    namespace?.metadata.annotations?.[annotations.defaultSecurityContextUid];
  return idIn(items.find(({ metadata }) => metadata.name === home)) ?? String(freeUserId(items.map(idIn)));
};

/** The level of pod security; volumes of local infrastructure belong to root, which only `privileged` lets hand them over. */
const levelOf = ({ cluster }: Scope): string =>
  cluster.metadata.annotations?.[annotations.podSecurityAdmissionLabelOverride] ??
  (hasLocalInfrastructure(cluster) ? 'privileged' : 'restricted');

/** The namespace of the control plane's pods. */
export const controlPlaneHome: Phase = {
  name: 'ControlPlaneNamespace',
  rank: 'critical',
  effects: async (scope) => {
    const level = levelOf(scope);
    const metadata = {
      name: scope.home,
      labels: {
        [labels.hostedControlPlane]: 'true',
        'pod-security.kubernetes.io/enforce': level,
        'pod-security.kubernetes.io/audit': level,
        'pod-security.kubernetes.io/warn': level,
        'security.openshift.io/scc.podSecurityLabelSync': 'false',
      },
      annotations: {
        [annotations.hostedCluster]: `${scope.namespace}/${scope.name}`,
        [annotations.defaultSecurityContextUid]: await userIdOf(scope),
      },
    };
    return [{ do: 'apply', on: MANAGEMENT, resource: Namespace, object: { metadata } }];
  },
};
