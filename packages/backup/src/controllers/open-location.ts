import type { KubeObject, Resource } from '@godwit/kube';
import { type ObjectStore, StoreError } from '@godwit/objectstore';
import type { BackupStorageLocation } from '../velero.ts';
import { locationAccess } from './location-access.ts';
import type { Context } from './options.ts';

const SECRETS: Resource<KubeObject & { data?: Record<string, string> }> = {
  group: '',
  version: 'v1',
  kind: 'Secret',
  plural: 'secrets',
  scope: 'Namespaced',
};

/** The secret and key that a location uses when it names none, as Velero's installation makes them. */
const DEFAULT_CREDENTIAL = { name: 'cloud-credentials', key: 'cloud' };

const secretText = async (
  { client, namespace }: Context,
  reference: { name: string; key: string } | undefined,
): Promise<string | undefined> => {
  if (!reference) return undefined;
  const secret = await client.get(SECRETS, { namespace, name: reference.name });
  const value = secret?.data?.[reference.key];
  return value === undefined ? undefined : Buffer.from(value, 'base64').toString();
};

/** Opens the store of a location; throws `StoreError` with the reason when it cannot be used from here. */
export const openLocation = async (context: Context, location: BackupStorageLocation): Promise<ObjectStore> => {
  const { credential, objectStorage, provider } = location.spec;
  const isBucket = provider === 'aws' || provider === 'velero.io/aws';
  const opened = locationAccess(location, {
    allowFolders: context.allowFolders,
    hostName: context.hostName,
    credentials: isBucket ? await secretText(context, credential ?? DEFAULT_CREDENTIAL) : undefined,
    caCert: await secretText(context, objectStorage?.caCertRef),
  });
  if ('refused' in opened) throw new StoreError(opened.refused, 'other');
  return context.openStore(opened.access);
};

const KNOWN_FOLDERS = ['backups', 'restores', 'restic', 'metadata', 'plugins', 'kopia'];
const NAMED_OFFENDERS = 3;

/** What is wrong with the folders at the top of a location, or undefined. */
export const layoutProblem = (folders: readonly string[]): string | undefined => {
  const offenders = folders.filter((name) => !KNOWN_FOLDERS.includes(name));
  if (offenders.length === 0) return undefined;
  return `Backup store contains invalid top-level directories: [${offenders.slice(0, NAMED_OFFENDERS).join(' ')}]; choose another bucket or prefix`;
};
