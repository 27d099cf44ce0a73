import { annotations, type HostedCluster, HostedControlPlane, Namespace } from '@godwit/api';
import { copies } from '../../names.ts';
import { mirrored } from '../annotations.ts';
import { SIGNING_KEY } from '../copies/references.ts';
import { controlPlanePlatform } from '../gates/platforms.ts';
import { MANAGEMENT } from '../management.ts';
import type { Phase } from './phase.ts';

type Spec = HostedCluster['spec'];

/** References lead to the copies beside the control plane. */
const copiedReferences = ({ sshKey, additionalTrustBundle, serviceAccountSigningKey }: Spec): Partial<HostedControlPlane['spec']> => ({
  pullSecret: { name: copies.pullSecret },
  ...(sshKey?.name ? { sshKey: { name: copies.sshKey } } : {}),
  ...(additionalTrustBundle?.name ? { additionalTrustBundle: { name: copies.trustBundle } } : {}),
  ...(serviceAccountSigningKey?.name ? { serviceAccountSigningKey: { name: SIGNING_KEY } } : {}),
});

/**
 * The spec of the control plane: that of the cluster, with its releases under the names that control planes use. `pausedUntil` is not
 * among it, since it must follow also while nothing else is written. Pure.
 */
export const controlPlaneSpecOf = (spec: Spec): Omit<HostedControlPlane['spec'], 'pausedUntil'> => {
  const { release, controlPlaneRelease, pausedUntil: _, sshKey, additionalTrustBundle, serviceAccountSigningKey, ...same } = spec;
  return {
    ...same,
    ...copiedReferences(spec),
    platform: controlPlanePlatform(spec.platform),
    releaseImage: release.image,
    ...(controlPlaneRelease === undefined ? {} : { controlPlaneReleaseImage: controlPlaneRelease.image }),
  } as Omit<HostedControlPlane['spec'], 'pausedUntil'>;
};

/** The HostedControlPlane. What is taken out of the HostedCluster goes there, too. */
export const hostedControlPlane: Phase = {
  name: 'CoreHCPChain',
  rank: 'critical',
  effects: async ({ world, cluster, namespace, name, home }) => {
    const place = await world.management.get(Namespace, { name: home });
    const userId = place?.metadata.annotations?.[annotations.defaultSecurityContextUid];
    const marks = {
      ...mirrored(cluster.metadata.annotations),
      [annotations.hostedCluster]: `${namespace}/${name}`,
      ...(userId === undefined ? {} : { [annotations.defaultSecurityContextUid]: userId }),
    };
    const object = { metadata: { namespace: home, name, annotations: marks }, spec: controlPlaneSpecOf(cluster.spec) };
    return [{ do: 'apply', on: MANAGEMENT, resource: HostedControlPlane, object }];
  },
};
