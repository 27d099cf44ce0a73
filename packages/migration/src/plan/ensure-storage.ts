import {
  BackupStorageLocation,
  correlationLabels,
  fieldManagers,
  labels,
  type MigPlan,
  MigrationController,
  type MigStorage,
  Namespace,
  Secret,
  VolumeSnapshotLocation,
} from '@godwit/api';
import { type Client, isApiError } from '@godwit/kube';
import { readCredentials } from '../storage/access.ts';
import type { Credentials } from '../storage/credentials.ts';
import { backupLocation, credentialsSecret, type Placement, snapshotLocation } from '../storage/locations.ts';
import type { World } from '../world.ts';

const CONTROLLER = 'migration-controller';

/** Name of the storage location of a plan, the same on both clusters. */
const locationName = (storage: { name?: string | undefined }, suffix: string): string => `${storage.name ?? ''}-${suffix}`;

const controllerUid = async ({ cache, connections, settings: { namespace } }: World): Promise<string | undefined> => {
  try {
    return (await cache(connections.host, MigrationController, { namespace })).get({ namespace, name: CONTROLLER })?.metadata.uid;
  } catch (fault) {
    if (isApiError(fault, 'NotFound')) return undefined;
    throw fault;
  }
};

const placementOf = async (world: World, plan: MigPlan, storage: MigStorage, suffix: string): Promise<Placement> => {
  const uid = await controllerUid(world);
  return {
    namespace: world.settings.namespace,
    name: locationName(storage.metadata, suffix),
    snapshotName: `${storage.metadata.name}-${plan.metadata.uid}`,
    labels: {
      ...correlationLabels('MigPlan', plan.metadata.uid ?? ''),
      ...(uid === undefined ? {} : { [labels.migrationController]: uid }),
    },
  };
};

const ensureNamespace = async (client: Client, name: string): Promise<void> => {
  if ((await client.get(Namespace, { name })) !== undefined) return;
  try {
    await client.create(Namespace, { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  } catch (fault) {
    if (!isApiError(fault, 'AlreadyExists')) throw fault;
  }
};

const holds = (current: unknown, wanted: unknown): boolean => {
  if (wanted === null || typeof wanted !== 'object') return current === wanted;
  if (current === null || typeof current !== 'object') return false;
  return Object.entries(wanted).every(([key, value]) => value === undefined || holds((current as Record<string, unknown>)[key], value));
};

const ensureOn = async (
  { cache }: World,
  client: Client,
  storage: MigStorage,
  credentials: Credentials | undefined,
  placement: Placement,
): Promise<void> => {
  const options = { fieldManager: fieldManagers.migration, force: true };
  const { namespace, name, snapshotName } = placement;
  const [secret, location, snapshots] = [
    credentialsSecret(storage, credentials, placement),
    backupLocation(storage, placement),
    snapshotLocation(storage, placement),
  ];
  const [haveSecret, haveLocation, haveSnapshots] = await Promise.all([
    secret && cache(client, Secret, { namespace }).then((secrets) => secrets.get({ namespace, name })),
    cache(client, BackupStorageLocation, { namespace }).then((locations) => locations.get({ namespace, name })),
    snapshots && client.get(VolumeSnapshotLocation, { namespace, name: snapshotName }),
  ]);
  if (haveLocation === undefined) await ensureNamespace(client, namespace);
  if (secret && !holds(haveSecret, secret)) await client.apply(Secret, secret, options);
  if (!holds(haveLocation, location)) await client.apply(BackupStorageLocation, location, options);
  if (snapshots && !holds(haveSnapshots, snapshots)) await client.apply(VolumeSnapshotLocation, snapshots, options);
};

/** Puts credentials and storage locations of a plan on both clusters, in Velero's form; what is there already is left alone. */
export const ensureStorage = async (
  world: World,
  plan: MigPlan,
  storage: MigStorage,
  suffix: string,
  clusters: readonly Client[],
): Promise<void> => {
  const [credentials, placement] = await Promise.all([readCredentials(world, storage), placementOf(world, plan, storage, suffix)]);
  await Promise.all([...new Set(clusters)].map((client) => ensureOn(world, client, storage, credentials, placement)));
};
