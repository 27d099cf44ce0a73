import type { HostedCluster, NodePool } from '@godwit/api';
import { pauseWords } from '../hosted/paused.ts';
import { describeLines, type Section } from './describe.ts';
import { versionOf } from './hosted-columns.ts';
import { conditionOf, standardConditionSection } from './standard-conditions.ts';
import { tableLines } from './table.ts';

const published = ({ spec }: HostedCluster): Section => ({
  title: 'Services',
  lines: tableLines(
    ['SERVICE', 'TYPE', 'HOST', 'PORT'],
    spec.services.map(({ service, servicePublishingStrategy: { type, loadBalancer, nodePort, route } }) => [
      service,
      type,
      loadBalancer?.hostname ?? nodePort?.address ?? route?.hostname ?? '',
      nodePort?.port === undefined ? '' : String(nodePort.port),
    ]),
  ),
});

const history = ({ status }: HostedCluster): Section => ({
  title: 'Versions',
  lines:
    (status?.version?.history ?? []).length === 0
      ? ['<none>']
      : tableLines(
          ['VERSION', 'STATE', 'STARTED', 'COMPLETED'],
          (status?.version?.history ?? []).map(({ version = '', state, startedTime, completionTime }) => [
            version,
            state,
            startedTime,
            completionTime ?? '',
          ]),
        ),
});

const encryption = ({ spec: { secretEncryption } }: HostedCluster): string =>
  secretEncryption === undefined
    ? 'none'
    : `${secretEncryption.type}${secretEncryption.aescbc === undefined ? '' : `, key in Secret ${secretEncryption.aescbc.activeKey.name}`}`;

const etcdWords = ({ spec: { etcd, controllerAvailabilityPolicy } }: HostedCluster): string =>
  etcd.managed === undefined
    ? 'not managed here'
    : `${controllerAvailabilityPolicy === 'SingleReplica' ? '1 member' : '3 members'}, ${etcd.managed.storage.persistentVolume?.size ?? 'default size'}`;

/** A hosted cluster as text; never its keys. */
export const hostedLines = (cluster: HostedCluster, now: Date): string[] => {
  const { spec, status } = cluster;
  const endpoint = status?.controlPlaneEndpoint;
  return describeLines(
    cluster,
    [
      ['Available', conditionOf(cluster, 'Available')?.status],
      ['Version', versionOf(cluster)],
      ['Release', spec.release.image],
      ['Platform', spec.platform.type],
      ['Infra ID', spec.infraID],
      ['Cluster ID', spec.clusterID],
      ['API', endpoint === undefined ? undefined : `https://${endpoint.host}:${endpoint.port}`],
      ['Base domain', spec.dns?.baseDomain],
      ['Etcd', etcdWords(cluster)],
      ['Encryption of Secrets', encryption(cluster)],
      ['Last etcd backup', status?.lastSuccessfulEtcdBackupURL],
      ['Paused', pauseWords(cluster, now) ?? 'no'],
    ],
    [published(cluster), history(cluster), standardConditionSection(cluster)],
  );
};

const nodeVersions = ({ status }: NodePool): Section => {
  const rows = (status?.nodesInfo?.nodeVersions ?? []).map(({ ocpVersion, kubeletVersion, readyNodeCount = 0, unreadyNodeCount = 0 }) => [
    ocpVersion,
    kubeletVersion,
    String(readyNodeCount),
    String(unreadyNodeCount),
  ]);
  return { title: 'Nodes', lines: rows.length === 0 ? ['<none>'] : tableLines(['RELEASE', 'KUBELET', 'READY', 'NOT-READY'], rows) };
};

/** A pool of nodes as text. */
export const nodePoolLines = (pool: NodePool, now: Date): string[] => {
  const { spec, status } = pool;
  const { autoScaling, management, config = [] } = spec;
  return describeLines(
    pool,
    [
      ['Cluster', spec.clusterName],
      ['Desired', autoScaling === undefined ? String(spec.replicas ?? 0) : `from ${autoScaling.min} to ${autoScaling.max} by load`],
      ['Current', String(status?.replicas ?? 0)],
      ['Version', status?.version],
      ['Release', spec.release.image],
      ['Platform', spec.platform.type],
      ['Upgrades', management.upgradeType],
      ['Auto-repair', management.autoRepair ? 'on' : 'off'],
      ['Configuration', config.map(({ name }) => name ?? '').join(', ')],
      ['Paused', pauseWords(pool, now) ?? 'no'],
    ],
    [nodeVersions(pool), standardConditionSection(pool)],
  );
};
