import {
  Backup,
  ConfigMap,
  DeleteBackupRequest,
  type ImageBasedUpgrade,
  type ImageBasedUpgradeReport,
  Job,
  upgradeAnnotations,
  upgradeLabels,
} from '@godwit/api';
import type { Client } from '@godwit/kube';
import { ClusterVersion } from '../backup/cluster-id.ts';
import { listOadp } from '../backup/own-backups.ts';
import { agentFiles } from '../carried/paths.ts';
import { PRECACHE } from './remove-leftovers.ts';

/** Something that going to Idle deletes: what it is, and what goes with it. */
export type Deletion = { readonly object: string; readonly remark?: string };

const backupsOf = async (cluster: Client): Promise<Deletion[]> => {
  const id = (await cluster.get(ClusterVersion, { name: 'version' }))?.spec?.clusterID;
  const selector = id === undefined ? upgradeLabels.clusterId : `${upgradeLabels.clusterId}=${id}`;
  const [backups, requests] = await Promise.all([listOadp(cluster, Backup, selector), listOadp(cluster, DeleteBackupRequest, selector)]);
  return [
    ...backups.map(({ metadata }) => ({
      object: `Backup ${metadata.namespace}/${metadata.name}`,
      remark: `with its data in the bucket; results of its Restores stay${id === undefined ? `; only if ${metadata.labels?.[upgradeLabels.clusterId]} is this cluster` : ''}`,
    })),
    ...requests.map(({ metadata }) => ({ object: `DeleteBackupRequest ${metadata.namespace}/${metadata.name}` })),
  ];
};

const leftoversOf = async (cluster: Client): Promise<Deletion[]> => {
  const [job, images] = await Promise.all([cluster.get(Job, PRECACHE), cluster.get(ConfigMap, PRECACHE)]);
  return [job, images].flatMap((each) => (each === undefined ? [] : [{ object: `${each.kind} ${PRECACHE.namespace}/${PRECACHE.name}` }]));
};

const warningOf = ({ metadata }: ImageBasedUpgrade): Deletion[] =>
  metadata.annotations?.[upgradeAnnotations.validationWarning] === undefined
    ? []
    : [{ object: `annotation ${upgradeAnnotations.validationWarning}` }];

/** Everything that going to Idle deletes now, as the API server knows it; on the host it is every stateroot but the booted one. Reads only (G-I25). */
export const whatIdleDeletes = async (
  cluster: Client,
  upgrade: ImageBasedUpgrade,
  report: ImageBasedUpgradeReport | undefined,
): Promise<readonly Deletion[]> => [
  {
    object: `every stateroot but ${report?.status?.bootedStateroot ?? 'the booted one'}`,
    remark: 'with its deployments, its /var and everything in it',
  },
  ...(await backupsOf(cluster)),
  ...(await leftoversOf(cluster)),
  ...warningOf(upgrade),
  { object: `${agentFiles.workspace}, ${agentFiles.journal} and other working files of the agent`, remark: 'on the host' },
  { object: 'status.history, status.conditions and status.rollbackAvailabilityExpiration of the upgrade' },
];
