import type { MigCluster } from '@godwit/api';
import type { MtcClaim } from '@godwit/controller';
import type { Check } from '../../shared/check.ts';
import { critical, warn } from '../../shared/claim.ts';
import type { PlanFacts, Referred } from '../facts.ts';

type PlanCheck = Check<PlanFacts>;

type Names = {
  type: string;
  field: string;
  kind: string;
  reference: { namespace?: string | undefined; name?: string | undefined } | undefined;
};

const badReference = ({ state }: Referred<unknown>, { type, field, kind, reference }: Names): MtcClaim[] => {
  if (state === 'not-set') return [critical(type, 'NotSet', `The \`${field}\` must name a ${kind}. Set spec.${field}.`)];
  if (state === 'found') return [];
  return [
    critical(
      type,
      'NotFound',
      `The \`${field}\` must reference a valid ${kind}: there is no ${reference?.namespace}/${reference?.name}. Create it, or correct spec.${field}.`,
    ),
  ];
};

const notReady = (
  referred: Referred<{ metadata: { namespace?: string; name?: string } }>,
  type: string,
  field: string,
  kind: string,
): MtcClaim[] => {
  if (referred.state !== 'found' || referred.ready) return [];
  const { namespace, name } = referred.object.metadata;
  return [
    critical(
      type,
      '',
      `The referenced \`${field}\` does not have a \`Ready\` condition. See: kubectl -n ${namespace} describe ${kind.toLowerCase()} ${name}`,
    ),
  ];
};

const clusterRef = (type: string, side: 'source' | 'destination', field: 'srcMigClusterRef' | 'destMigClusterRef'): PlanCheck => ({
  name: `reference to no ${side} cluster`,
  types: [type],
  judge: (facts) => badReference(facts[side], { type, field, kind: 'MigCluster', reference: facts.plan.spec[field] }),
});

const clusterNotReady = (type: string, side: 'source' | 'destination', field: string): PlanCheck => ({
  name: `${side} cluster that is not ready`,
  types: [type],
  judge: (facts) => notReady(facts[side], type, field, 'MigCluster'),
});

const lacksRegistry = (referred: Referred<MigCluster>): boolean => referred.state === 'found' && !referred.object.status?.registryPath;

const noRegistryPath = (type: string, side: 'source' | 'destination'): PlanCheck => ({
  name: `${side} cluster with image streams and no registry`,
  types: [type],
  judge: ({ plan, type: migrationType, clusters, ...facts }) => {
    if (clusters === undefined) return undefined;
    const direct = plan.spec.indirectImageMigration !== true && migrationType === 'NamespaceMigrationPlan';
    if (!direct || !clusters.source.hasImageStreams || !lacksRegistry(facts[side])) return [];
    const message = `The source namespaces have image streams, and the ${side} MigCluster has no registry path. Set spec.exposedRegistryPath there, or set spec.indirectImageMigration of this plan to true.`;
    return [critical(type, 'NotSet', message)];
  },
});

/** Without a word a run would look as if it had carried everything. */
const imagesLeftBehind: PlanCheck = {
  name: 'image streams that are left behind',
  types: ['ImageStreamsLeftBehind'],
  judge: ({ clusters }) => {
    if (clusters === undefined) return undefined;
    if (!clusters.source.hasImageStreams) return [];
    const message =
      'The source namespaces have image streams. This version carries neither them nor their images: push the images to a registry of the destination, and create the image streams there.';
    return [warn('ImageStreamsLeftBehind', 'NotSupported', message)];
  },
};

/** The plan's clusters, their readiness and their registries. */
export const clusterReferenceChecks: readonly PlanCheck[] = [
  clusterRef('InvalidSourceClusterRef', 'source', 'srcMigClusterRef'),
  clusterNotReady('SourceClusterNotReady', 'source', 'srcMigClusterRef'),
  noRegistryPath('SourceClusterNoRegistryPath', 'source'),
  clusterRef('InvalidDestinationClusterRef', 'destination', 'destMigClusterRef'),
  clusterNotReady('DestinationClusterNotReady', 'destination', 'destMigClusterRef'),
  noRegistryPath('DestinationClusterNoRegistryPath', 'destination'),
  imagesLeftBehind,
];

const ownCluster: PlanCheck = {
  name: 'source and destination that are one cluster by mistake',
  types: ['SourceAndDestinationSameCluster'],
  judge: ({ plan, clusters, intraCluster }) => {
    if (clusters === undefined) return undefined;
    const { srcMigClusterRef: source, destMigClusterRef: destination, namespaces = [] } = plan.spec;
    const meant = source?.name === destination?.name && source?.namespace === destination?.namespace;
    const mapped = namespaces.some((entry) => entry.includes(':'));
    if (!(clusters.same || intraCluster) || meant || mapped) return [];
    const message = `MigClusters ${source?.name} and ${destination?.name} are one and the same cluster. Correct destMigClusterRef; to copy inside a cluster map every namespace to another name (source:target).`;
    return [critical('SourceAndDestinationSameCluster', 'NotDistinct', message)];
  },
};

const storageRef: PlanCheck = {
  name: 'reference to no storage',
  types: ['InvalidStorageRef'],
  judge: ({ storage, plan, type }) =>
    type === 'StorageConversionPlan'
      ? []
      : badReference(storage, {
          type: 'InvalidStorageRef',
          field: 'migStorageRef',
          kind: 'MigStorage',
          reference: plan.spec.migStorageRef,
        }),
};

const storageNotReady: PlanCheck = {
  name: 'storage that is not ready',
  types: ['StorageNotReady'],
  judge: ({ storage, type }) =>
    type === 'StorageConversionPlan'
      ? []
      : notReady(
          storage as Referred<{ metadata: { namespace?: string; name?: string } }>,
          'StorageNotReady',
          'migStorageRef',
          'MigStorage',
        ),
};

const veleroMissing = (type: string, side: 'source' | 'destination'): PlanCheck => ({
  name: `${side} cluster without the velero.io API`,
  types: [type],
  judge: ({ clusters, plan }) => {
    if (clusters === undefined) return undefined;
    if (clusters[side].servesVelero) return [];
    const cluster = side === 'source' ? plan.spec.srcMigClusterRef?.name : plan.spec.destMigClusterRef?.name;
    return [
      critical(
        type,
        'NotFound',
        `The ${side} cluster ${cluster} does not serve velero.io/v1. Apply the CRDs there: kubectl apply --server-side -f deploy/crds (godwit migrate offers to do it).`,
      ),
    ];
  },
});

/** What the plan needs beyond its clusters: two of them, a storage, and the API of backups on both. */
export const storageReferenceChecks: readonly PlanCheck[] = [
  ownCluster,
  storageRef,
  storageNotReady,
  veleroMissing('VeleroNotInstalledSourceCluster', 'source'),
  veleroMissing('VeleroNotInstalledDestinationCluster', 'destination'),
];
