import { HostedCluster, Secret } from '@godwit/api';
import type { Effect } from '@godwit/controller';
import { apiVersionOf } from '@godwit/kube';
import { besideHostedCluster } from '../../names.ts';
import { MANAGEMENT } from '../management.ts';
import type { Phase, Scope } from './phase.ts';

type Output = { from: { name?: string | undefined; key: string }; to: string; key: string };

/** Secrets of a control plane that its users get. */
const outputsOf = ({ controlPlane, name }: Pick<Scope, 'controlPlane' | 'name'>): Output[] => {
  const { kubeConfig, customKubeconfig, kubeadminPassword } = controlPlane?.status ?? {};
  const to = besideHostedCluster(name);
  return [
    ...(kubeConfig ? [{ from: kubeConfig, to: to.adminKubeconfig, key: 'kubeconfig' }] : []),
    ...(customKubeconfig ? [{ from: customKubeconfig, to: to.customAdminKubeconfig, key: 'kubeconfig' }] : []),
    ...(kubeadminPassword ? [{ from: { ...kubeadminPassword, key: 'password' }, to: to.kubeadminPassword, key: 'password' }] : []),
  ];
};

const ownerOf = ({ cluster: { metadata } }: Scope) => ({
  apiVersion: apiVersionOf(HostedCluster),
  kind: HostedCluster.kind,
  name: metadata.name ?? '',
  uid: metadata.uid ?? '',
  controller: true,
});

const published = async (scope: Scope, { from, to, key }: Output): Promise<Effect[]> => {
  const secret = await scope.world.management.get(Secret, { namespace: scope.home, name: from.name ?? '' });
  const value = secret?.data?.[from.key];
  if (value === undefined) return [];
  const metadata = { namespace: scope.namespace, name: to, ownerReferences: [ownerOf(scope)] };
  return [{ do: 'apply', on: MANAGEMENT, resource: Secret, object: { metadata, type: 'Opaque', data: { [key]: value } } }];
};

/** Puts the kubeconfigs and the password beside the HostedCluster; they go with it. */
export const kubeconfigAndPassword: Phase = {
  name: 'KubeconfigAndPasswordSync',
  rank: 'dependent',
  effects: async (scope) => (await Promise.all(outputsOf(scope).map((output) => published(scope, output)))).flat(),
};
