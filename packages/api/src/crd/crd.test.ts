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

test.each(everyKind)('every field of %s is described, and none has a default', (_name, kind) => {
  const schemas = walk(rootOf(kind), kind.kind).filter(([path]) => path !== `${kind.kind}.metadata` && !path.endsWith('[]'));
  expect(schemas.filter(([, schema]) => typeof schema.description !== 'string').map(([path]) => path)).toEqual([]);
  expect(schemas.filter(([, schema]) => 'default' in schema).map(([path]) => path)).toEqual([]);
});

test.each(everyKind)('the names of %s are lower-case and belong together', (_name, kind) => {
  const { metadata, spec } = crd(kind);
  expect(metadata.name).toBe(`${spec.names.plural}.${spec.group}`);
  expect(spec.names.plural).toMatch(/^[a-z]+$/);
  expect(spec.names.singular).toBe(spec.names.kind.toLowerCase());
});

test.each(everyKind)('the status of %s is written the way its group does', (_name, kind) => {
  expect(versionOf(kind).subresources).toEqual(kind.group === 'migration.openshift.io' ? { status: {} } : undefined);
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
  });
});

test.each([
  ['MigCluster', ['Ready', 'URL', 'Host', 'Age']],
  ['MigStorage', ['Ready', 'BackupStorageProvider', 'VolumeSnapshotProvider', 'Age']],
  ['MigPlan', ['Ready', 'Source', 'Target', 'Storage', 'Age']],
  ['MigMigration', ['Ready', 'Plan', 'Stage', 'Rollback', 'Itinerary', 'Phase', 'Age']],
  ['MigHook', ['Ready', 'Image', 'TargetCluster', 'Age']],
  ['MigAnalytic', ['Ready', 'Plan', 'Progress', 'Resources', 'Images', 'ImageSize', 'PVs', 'PVCapacity', 'Age']],
  ['DirectVolumeMigration', []],
  ['DirectVolumeMigrationProgress', ['Cluster', 'Pod Name', 'Pod Namespace', 'Progress Percent', 'Transfer Rate', 'Age']],
])('a list of %s has the columns that upstream prints', (name, columns) => {
  const kind = ownKinds.find((one) => one.kind === name);
  expect((kind?.columns ?? []).map((column) => column.name)).toEqual(columns);
});
