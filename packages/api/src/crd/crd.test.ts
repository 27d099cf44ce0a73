import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Kind } from '../kind.ts';
import { crd, ownKinds } from './crd.ts';
import type { JsonSchema } from './structural.ts';

const versionOf = (kind: Kind) => {
  const [version] = crd(kind).spec.versions;
  if (version === undefined) throw new Error(`${kind.kind} has no version`);
  return version;
};

const rootOf = (kind: Kind) => versionOf(kind).schema?.openAPIV3Schema as JsonSchema;

/** Every schema below this one, with its path. */
const walk = (schema: JsonSchema, path: string): [string, JsonSchema][] => {
  const properties = Object.entries((schema.properties ?? {}) as Record<string, JsonSchema>);
  const deeper = [schema.items, schema.additionalProperties].filter((value) => typeof value === 'object') as JsonSchema[];
  return [
    [path, schema],
    ...properties.flatMap(([name, value]) => walk(value, `${path}.${name}`)),
    ...deeper.flatMap((value) => walk(value, `${path}[]`)),
  ];
};

const everyKind = ownKinds.map((kind): [string, Kind] => [kind.kind, kind]);

test.each(everyKind)('the definition of %s in deploy/crds is what its schema says', async (_name, kind) => {
  const file = new URL(`../../../../deploy/crds/${kind.plural}.${kind.group}.yaml`, import.meta.url);
  expect(parse(await readFile(file, 'utf8'))).toEqual(crd(kind));
});

test.each(everyKind)('every field of %s is described', (_name, kind) => {
  const schemas = walk(rootOf(kind), kind.kind).filter(([path]) => path !== `${kind.kind}.metadata` && !path.endsWith('[]'));
  expect(schemas.filter(([, schema]) => typeof schema.description !== 'string').map(([path]) => path)).toEqual([]);
});

test('defaults are where upstream has them, and in the kinds of our own', () => {
  const defaults = ownKinds.flatMap((kind) =>
    walk(rootOf(kind), kind.kind)
      .filter(([, schema]) => 'default' in schema)
      .map(([path, schema]) => [path, schema.default]),
  );
  expect(Object.fromEntries(defaults)).toMatchInlineSnapshot(`
    {
      "HostedCluster.spec.autoscaling.scaling": "ScaleUpAndScaleDown",
      "HostedCluster.spec.capabilities": {},
      "HostedCluster.spec.controllerAvailabilityPolicy": "HighlyAvailable",
      "HostedCluster.spec.etcd": {
        "managed": {
          "storage": {
            "persistentVolume": {
              "size": "8Gi",
            },
            "type": "PersistentVolume",
          },
        },
        "managementType": "Managed",
      },
      "HostedCluster.spec.etcd.managed.storage.persistentVolume.size": "8Gi",
      "HostedCluster.spec.fips": false,
      "HostedCluster.spec.infrastructureAvailabilityPolicy": "SingleReplica",
      "HostedCluster.spec.issuerURL": "https://kubernetes.default.svc",
      "HostedCluster.spec.networking": {
        "clusterNetwork": [
          {
            "cidr": "10.132.0.0/14",
          },
        ],
        "networkType": "OVNKubernetes",
        "serviceNetwork": [
          {
            "cidr": "172.31.0.0/16",
          },
        ],
      },
      "HostedCluster.spec.networking.clusterNetwork": [
        {
          "cidr": "10.132.0.0/14",
        },
      ],
      "HostedCluster.spec.networking.networkType": "OVNKubernetes",
      "HostedCluster.spec.networking.serviceNetwork": [
        {
          "cidr": "172.31.0.0/16",
        },
      ],
      "HostedCluster.spec.olmCatalogPlacement": "management",
      "HostedCluster.spec.platform.aws.endpointAccess": "Public",
      "HostedClusterMigration.spec.canceled": false,
      "HostedClusterMigration.spec.dnsTimeout": "5m",
      "HostedClusterMigration.spec.mode": "WithNodes",
      "HostedClusterMigration.spec.paused": false,
      "HostedClusterMigration.spec.rollback": false,
      "HostedClusterMigration.spec.soak": "15m",
      "HostedClusterMigration.spec.source.kubeconfigSecret.key": "kubeconfig",
      "HostedClusterMigration.spec.store.caBundle.key": "ca-bundle.crt",
      "HostedClusterMigration.spec.store.forcePathStyle": false,
      "HostedClusterMigration.spec.store.prefix": "",
      "HostedClusterMigration.spec.store.region": "us-east-1",
      "HostedControlPlane.spec.autoscaling.scaling": "ScaleUpAndScaleDown",
      "HostedControlPlane.spec.capabilities": {},
      "HostedControlPlane.spec.controllerAvailabilityPolicy": "HighlyAvailable",
      "HostedControlPlane.spec.etcd": {
        "managed": {
          "storage": {
            "persistentVolume": {
              "size": "8Gi",
            },
            "type": "PersistentVolume",
          },
        },
        "managementType": "Managed",
      },
      "HostedControlPlane.spec.etcd.managed.storage.persistentVolume.size": "8Gi",
      "HostedControlPlane.spec.fips": false,
      "HostedControlPlane.spec.infrastructureAvailabilityPolicy": "SingleReplica",
      "HostedControlPlane.spec.issuerURL": "https://kubernetes.default.svc",
      "HostedControlPlane.spec.networking": {
        "clusterNetwork": [
          {
            "cidr": "10.132.0.0/14",
          },
        ],
        "networkType": "OVNKubernetes",
        "serviceNetwork": [
          {
            "cidr": "172.31.0.0/16",
          },
        ],
      },
      "HostedControlPlane.spec.networking.clusterNetwork": [
        {
          "cidr": "10.132.0.0/14",
        },
      ],
      "HostedControlPlane.spec.networking.networkType": "OVNKubernetes",
      "HostedControlPlane.spec.networking.serviceNetwork": [
        {
          "cidr": "172.31.0.0/16",
        },
      ],
      "HostedControlPlane.spec.olmCatalogPlacement": "management",
      "HostedControlPlane.spec.platform.aws.endpointAccess": "Public",
      "HostedControlPlane.status.externalManagedControlPlane": true,
      "HostedControlPlane.status.initialized": false,
      "HostedControlPlane.status.ready": false,
      "NodePool.spec.arch": "amd64",
      "NodePool.spec.management.autoRepair": false,
      "NodePool.spec.management.inPlace.maxUnavailable": 1,
      "NodePool.spec.management.replace": {
        "rollingUpdate": {
          "maxSurge": 1,
          "maxUnavailable": 0,
        },
        "strategy": "RollingUpdate",
      },
      "NodePool.spec.management.replace.rollingUpdate.maxSurge": 1,
      "NodePool.spec.management.replace.rollingUpdate.maxUnavailable": 0,
      "NodePool.spec.management.replace.strategy": "RollingUpdate",
      "NodePool.spec.platform.kubevirt.attachDefaultNetwork": true,
    }
  `);
});

test.each(everyKind)('the names of %s are lower-case and belong together', (_name, kind) => {
  const { metadata, spec } = crd(kind);
  expect(metadata.name).toBe(`${spec.names.plural}.${spec.group}`);
  expect(spec.names.plural).toMatch(/^[a-z]+$/);
  expect(spec.names.singular).toBe(spec.names.kind.toLowerCase());
});

test.each(everyKind)('the status of %s is written the way its group does', (_name, kind) => {
  const scale = { specReplicasPath: '.spec.replicas', statusReplicasPath: '.status.replicas' };
  const wanted = kind.group === 'velero.io' ? undefined : { status: {}, ...(kind.kind === 'NodePool' ? { scale } : {}) };
  expect(versionOf(kind).subresources).toEqual(wanted);
});

test('fields that upstream requires are required, and no others', () => {
  const required = ownKinds.map((kind) => {
    const { spec } = rootOf(kind).properties as Record<string, JsonSchema>;
    return [kind.kind, spec?.required];
  });
  expect(Object.fromEntries(required)).toEqual({
    DirectImageMigration: undefined,
    DirectImageStreamMigration: undefined,
    DirectVolumeMigration: undefined,
    DirectVolumeMigrationProgress: undefined,
    MigAnalytic: ['migPlanRef', 'analyzePVCapacity', 'analyzeImageCount', 'analyzeK8SResources'],
    MigCluster: ['isHostCluster'],
    MigHook: ['custom', 'image', 'targetCluster'],
    MigMigration: ['stage'],
    MigPlan: undefined,
    MigStorage: ['backupStorageProvider', 'backupStorageConfig'],
    MigrationController: undefined,
    HostedCluster: ['platform', 'pullSecret', 'services', 'release'],
    NodePool: ['clusterName', 'release', 'platform', 'management'],
    HostedControlPlane: ['platform', 'pullSecret', 'services', 'releaseImage'],
    ControlPlaneComponent: undefined,
    HCPEtcdBackup: ['storage'],
    HostedClusterMigration: ['hostedCluster', 'source', 'store', 'encryptionKey'],
    EtcdBackupRecord: ['location', 'size', 'sha256', 'revision', 'hash', 'keyCount', 'etcdClusterID', 'members', 'taken', 'hostedCluster'],
    ImageBasedUpgradeReport: undefined,
    ImageBasedUpgrade: undefined,
    SeedGenerator: undefined,
    LocalCluster: undefined,
    LocalMachineTemplate: ['template'],
    LocalMachine: undefined,
    Backup: undefined,
    BackupRepository: ['volumeNamespace', 'backupStorageLocation', 'maintenanceFrequency'],
    BackupStorageLocation: ['provider', 'objectStorage'],
    DeleteBackupRequest: ['backupName'],
    DownloadRequest: ['target'],
    PodVolumeBackup: ['node', 'pod', 'volume', 'backupStorageLocation', 'repoIdentifier'],
    PodVolumeRestore: ['pod', 'volume', 'backupStorageLocation', 'repoIdentifier', 'snapshotID', 'sourceNamespace'],
    Restore: undefined,
    ServerStatusRequest: undefined,
    VolumeSnapshotLocation: ['provider'],
  });
});

test('short names are those that people type', () => {
  const short = ownKinds.flatMap((kind) => (kind.shortNames ?? []).map((name) => [name, kind.kind]));
  expect(Object.fromEntries(short)).toEqual({
    dim: 'DirectImageMigration',
    dism: 'DirectImageStreamMigration',
    dvm: 'DirectVolumeMigration',
    dvmp: 'DirectVolumeMigrationProgress',
    bsl: 'BackupStorageLocation',
    vsl: 'VolumeSnapshotLocation',
    ssr: 'ServerStatusRequest',
    hc: 'HostedCluster',
    hcs: 'HostedCluster',
    np: 'NodePool',
    nps: 'NodePool',
    hcp: 'HostedControlPlane',
    hcps: 'HostedControlPlane',
    cpc: 'ControlPlaneComponent',
    cpcs: 'ControlPlaneComponent',
    hcpetcdbk: 'HCPEtcdBackup',
    hcm: 'HostedClusterMigration',
    ebr: 'EtcdBackupRecord',
    ibur: 'ImageBasedUpgradeReport',
    ibu: 'ImageBasedUpgrade',
    seedgen: 'SeedGenerator',
  });
});

test.each([
  ['MigCluster', ['Ready', 'URL', 'Host', 'Age']],
  ['MigStorage', ['Ready', 'BackupStorageProvider', 'VolumeSnapshotProvider', 'Age']],
  ['MigPlan', ['Ready', 'Source', 'Target', 'Storage', 'Age']],
  ['MigMigration', ['Ready', 'Plan', 'Stage', 'Rollback', 'Itinerary', 'Phase', 'Age']],
  ['MigHook', ['Ready', 'Image', 'TargetCluster', 'Age']],
  ['MigAnalytic', ['Ready', 'Plan', 'Progress', 'Resources', 'Images', 'ImageSize', 'PVs', 'PVCapacity', 'Age']],
  [
    'HostedCluster',
    ['Version', 'CP Version', 'KubeConfig', 'Progress', 'Available', 'Progressing', 'Message', 'CP Progress', 'DP Progress'],
  ],
  [
    'NodePool',
    ['Cluster', 'Desired Nodes', 'Current Nodes', 'Autoscaling', 'Autorepair', 'Version', 'UpdatingVersion', 'UpdatingConfig', 'Message'],
  ],
  ['HostedControlPlane', []],
  ['ControlPlaneComponent', ['Version', 'Available', 'RolloutComplete', 'Message', 'RolloutCompleteMessage']],
  ['HCPEtcdBackup', ['Completed', 'URL', 'Age']],
  ['ImageBasedUpgrade', ['Age', 'Desired Stage', 'State', 'Details']],
  ['SeedGenerator', ['Age', 'State', 'Details']],
  ['DirectVolumeMigration', []],
  ['DirectVolumeMigrationProgress', ['Cluster', 'Pod Name', 'Pod Namespace', 'Progress Percent', 'Transfer Rate', 'Age']],
])('a list of %s has the columns that upstream prints', (name, columns) => {
  const kind = ownKinds.find((one) => one.kind === name);
  expect((kind?.columns ?? []).map((column) => column.name)).toEqual(columns);
});
