import type { KubeObject } from '@godwit/kube';
import { NAMESPACES } from '../engine/run-backup.ts';
import { labelValue, NAMES } from '../names.ts';
import { type Backup, type BackupStorageLocation, LOCATIONS } from '../velero.ts';
import { secondsOfDuration } from './duration.ts';
import { type Context, stamp } from './options.ts';

const DEFAULTS = { ttl: '720h0m0s', csiSnapshotTimeout: '10m0s', itemOperationTimeout: '4h0m0s' } as const;
const DEFAULT_TTL_SECONDS = 720 * 3600;
const DEFAULT_LOCATION = 'default';

/** Finds the location of a backup: the named one, else the default one. */
export const findLocation = async (
  { client, namespace }: Context,
  name: string | undefined,
): Promise<{ name: string; location: BackupStorageLocation | undefined }> => {
  if (name) return { name, location: await client.get(LOCATIONS, { namespace, name }) };
  const { items } = await client.list(LOCATIONS, { namespace });
  const chosen = items
    .filter(({ spec }) => spec.default)
    .sort((a, b) => (b.metadata.creationTimestamp ?? '').localeCompare(a.metadata.creationTimestamp ?? ''));
  const location = chosen[0] ?? items.find(({ metadata }) => metadata.name === DEFAULT_LOCATION);
  return { name: location?.metadata.name ?? DEFAULT_LOCATION, location };
};

const excludedByLabel = async ({ client }: Context): Promise<string[]> => {
  const { items } = await client.list(NAMESPACES, { labelSelector: `${NAMES.excludeFromBackup}=true` });
  return items.map(({ metadata }: KubeObject) => metadata.name ?? '');
};

type Version = { gitVersion: string; major: string; minor: string };

/** The patch with the defaults and additions that a backup gets before it runs, and its start. */
export const preparation = async (
  context: Context,
  backup: Backup,
  locationName: string,
): Promise<Pick<Backup, 'spec' | 'status'> & { metadata: object }> => {
  const [excluded, version] = await Promise.all([excludedByLabel(context), context.client.request<Version>('GET', '/version')]);
  const { spec } = backup;
  const excludes = [...new Set([...(spec.excludedNamespaces ?? []), ...excluded])];
  const now = context.clock.now();
  const seconds = secondsOfDuration(spec.ttl) || DEFAULT_TTL_SECONDS;
  return {
    metadata: {
      labels: { [NAMES.storageLocation]: labelValue(locationName) },
      annotations: {
        'velero.io/source-cluster-k8s-gitversion': version.gitVersion,
        'velero.io/source-cluster-k8s-major-version': version.major,
        'velero.io/source-cluster-k8s-minor-version': version.minor,
        'velero.io/resource-timeout': '10m0s',
      },
    },
    spec: {
      ...DEFAULTS,
      ...spec,
      storageLocation: locationName,
      includedNamespaces: spec.includedNamespaces?.length ? spec.includedNamespaces : ['*'],
      ...(excludes.length > 0 && { excludedNamespaces: excludes }),
    },
    status: {
      version: 1,
      formatVersion: '1.1.0',
      phase: 'InProgress',
      startTimestamp: stamp(now),
      expiration: stamp(new Date(now.getTime() + seconds * 1000)),
    },
  };
};
