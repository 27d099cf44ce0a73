import type { NodePool } from '@godwit/api';
import { annotations, durationSeconds, labels, MachineDeployment } from '@godwit/api';
import type { Effect } from '@godwit/controller';
import type { Release } from '../../release/release.ts';
import { taintsToJson } from '../management.ts';

/** What a pool's MachineDeployment is made of. */
export type DeploymentParts = {
  pool: NodePool;
  /** Namespace of the control plane. */
  namespace: string;
  /** Name of Cluster API's Cluster: the infraID. */
  clusterName: string;
  release: Release;
  userDataName: string;
  infrastructureRef: { apiGroup: string; kind: string; name: string };
};

const poolKey = ({ metadata }: NodePool): string => `${metadata.namespace}/${metadata.name}`;

/** How many machines a pool wants; with bounds the smallest number, until an autoscaler says otherwise within them. */
export const wantedReplicas = ({ spec }: NodePool, current: number | undefined): number => {
  if (spec.autoScaling === undefined) return spec.replicas ?? 0;
  const { min, max } = spec.autoScaling;
  return Math.min(max, Math.max(min, current ?? min));
};

/** Limits of taking a machine away; none are left out, since an empty object is refused. */
const limits = ({ spec }: NodePool) => {
  const drain = durationSeconds(spec.nodeDrainTimeout ?? '');
  const detach = durationSeconds(spec.nodeVolumeDetachTimeout ?? '');
  const deletion = {
    ...(drain ? { nodeDrainTimeoutSeconds: drain } : {}),
    ...(detach ? { nodeVolumeDetachTimeoutSeconds: detach } : {}),
  };
  return Object.keys(deletion).length > 0 ? { deletion } : {};
};

const strategy = ({ spec: { management } }: NodePool) => {
  const { strategy: type = 'RollingUpdate', rollingUpdate } = management.replace ?? {};
  if (type === 'OnDelete') return { type };
  return { type, rollingUpdate: { maxSurge: rollingUpdate?.maxSurge ?? 1, maxUnavailable: rollingUpdate?.maxUnavailable ?? 0 } };
};

const template = ({ pool, clusterName, release, userDataName, infrastructureRef }: DeploymentParts, chosen: Record<string, string>) => ({
  metadata: {
    labels: chosen,
    annotations: {
      [annotations.nodePool]: poolKey(pool),
      [annotations.nodePoolTaints]: taintsToJson(pool.spec.taints),
      [annotations.releaseVersion]: release.version,
    },
  },
  spec: {
    clusterName,
    version: `v${release.kubernetesVersion}`,
    bootstrap: { dataSecretName: userDataName },
    infrastructureRef,
    ...limits(pool),
  },
});

/** Writes the MachineDeployment that Cluster API acts on. It is written whole: nobody completes it on the way. */
export const machineDeployment = (parts: DeploymentParts, current: number | undefined): Effect => {
  const { pool, namespace, clusterName } = parts;
  const name = pool.metadata.name ?? '';
  const chosen = { [labels.clusterName]: clusterName, [labels.deploymentName]: name };
  return {
    do: 'apply',
    on: 'management',
    resource: MachineDeployment,
    object: {
      apiVersion: 'cluster.x-k8s.io/v1beta2',
      kind: 'MachineDeployment',
      metadata: {
        namespace,
        name,
        labels: chosen,
        annotations: { [annotations.nodePool]: poolKey(pool) },
      },
      spec: {
        clusterName,
        replicas: wantedReplicas(pool, current),
        selector: { matchLabels: chosen },
        rollout: { strategy: strategy(pool) },
        template: template(parts, chosen),
      },
    },
  };
};
