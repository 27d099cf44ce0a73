import type { Check } from '../shared/check.ts';
import { critical } from '../shared/claim.ts';
import { credentialKeys } from './credentials.ts';
import type { StorageFacts } from './facts.ts';
import { badBackupSettings, badSnapshotSettings, FOLDER_PROVIDER, PROVIDERS, snapshotProvider } from './settings.ts';

type StorageCheck = Check<StorageFacts>;
type Reference = { namespace?: string | undefined; name?: string | undefined } | undefined;

const needsCredentials = (provider: string): boolean => provider !== FOLDER_PROVIDER;

const isKnown = (provider: string): boolean => (PROVIDERS as readonly string[]).includes(provider);

const secretFault = (type: string, field: string, reference: Reference, found: boolean) => {
  if (!reference?.name) return [critical(type, 'NotSet', `The \`${field}\` must name a Secret with the credentials. Set it.`)];
  return found
    ? []
    : [
        critical(
          type,
          'NotFound',
          `The \`${field}\` names Secret ${reference.namespace ?? ''}/${reference.name}, which does not exist. Create it, or correct the reference.`,
        ),
      ];
};

const invalidProvider: StorageCheck = {
  name: 'provider that is not known',
  types: ['InvalidBackupStorageProvider'],
  judge: ({ storage }) => {
    const { backupStorageProvider: provider } = storage.spec;
    if (!provider)
      return [
        critical('InvalidBackupStorageProvider', 'NotSet', `The \`backupStorageProvider\` must be set to one of ${PROVIDERS.join(', ')}.`),
      ];
    return isKnown(provider)
      ? []
      : [
          critical(
            'InvalidBackupStorageProvider',
            'NotSupported',
            `The \`backupStorageProvider\` must be one of ${PROVIDERS.join(', ')}, not ${provider}.`,
          ),
        ];
  },
};

const invalidSecret: StorageCheck = {
  name: 'store without credentials',
  types: ['InvalidBackupStorageCredsSecretRef'],
  judge: ({ storage, credentials }) => {
    if (!needsCredentials(storage.spec.backupStorageProvider)) return [];
    return secretFault(
      'InvalidBackupStorageCredsSecretRef',
      'backupStorageConfig.credsSecretRef',
      storage.spec.backupStorageConfig.credsSecretRef,
      credentials !== undefined,
    );
  },
};

const secretKeys: Record<string, readonly string[]> = {
  aws: Object.values(credentialKeys),
  gcp: ['gcp-credentials'],
  azure: ['azure-credentials'],
};

const invalidSettings: StorageCheck = {
  name: 'settings that the provider cannot work with',
  types: ['InvalidBackupStorageSettings'],
  judge: ({ storage, credentials }) => {
    const keys =
      credentials === undefined
        ? []
        : (secretKeys[storage.spec.backupStorageProvider] ?? []).filter((key) => !credentials[key]).map((key) => `credsSecretRef: ${key}`);
    const fields = [...badBackupSettings(storage), ...keys];
    return fields.length === 0
      ? []
      : [
          critical(
            'InvalidBackupStorageSettings',
            'NotSupported',
            'The `backupStorageConfig` settings [] are missing or not valid. Correct them.',
            fields,
          ),
        ];
  },
};

const notEmbedded: StorageCheck = {
  name: 'provider that only Velero can use',
  types: ['BackupStorageProviderTestFailed'],
  judge: ({ storage, store }) => {
    const { backupStorageProvider: provider } = storage.spec;
    if (provider === 'gcp' || provider === 'azure') {
      const message = `The settings are valid, but the embedded engine cannot store with provider ${provider} yet. Use an S3-compatible store (aws), or run Velero on both clusters and name its location in Backups yourself.`;
      return [critical('BackupStorageProviderTestFailed', 'NotSupported', message)];
    }
    if (store === 'untested') return isKnown(provider) ? undefined : [];
    return store.answered ? [] : [critical('BackupStorageProviderTestFailed', 'TestFailed', `The store failed the test: ${store.why}`)];
  },
};

const invalidSnapshotProvider: StorageCheck = {
  name: 'snapshot provider that is not known',
  types: ['InvalidVolumeSnapshotProvider'],
  judge: ({ storage }) => {
    const provider = storage.spec.volumeSnapshotProvider;
    return !provider || isKnown(provider)
      ? []
      : [
          critical(
            'InvalidVolumeSnapshotProvider',
            'NotSupported',
            `The \`volumeSnapshotProvider\` must be one of ${PROVIDERS.join(', ')}, not ${provider}.`,
          ),
        ];
  },
};

const invalidSnapshotSecret: StorageCheck = {
  name: 'snapshot provider without credentials',
  types: ['InvalidVolumeSnapshotCredsSecretRef'],
  judge: ({ storage, snapshotCredentials }) => {
    if (!storage.spec.volumeSnapshotProvider || !needsCredentials(storage.spec.volumeSnapshotProvider)) return [];
    return secretFault(
      'InvalidVolumeSnapshotCredsSecretRef',
      'volumeSnapshotConfig.credsSecretRef',
      storage.spec.volumeSnapshotConfig?.credsSecretRef,
      snapshotCredentials !== undefined,
    );
  },
};

const invalidSnapshotSettings: StorageCheck = {
  name: 'snapshot settings that the provider cannot work with',
  types: ['InvalidVolumeSnapshotSettings'],
  judge: ({ storage }) => {
    const fields = isKnown(snapshotProvider(storage)) ? badSnapshotSettings(storage) : [];
    return fields.length === 0
      ? []
      : [
          critical(
            'InvalidVolumeSnapshotSettings',
            'NotSupported',
            'The `volumeSnapshotConfig` settings [] are not valid. Correct them.',
            fields,
          ),
        ];
  },
};

/** What must be right before the store is tested. */
export const settingsChecks: readonly StorageCheck[] = [invalidProvider, invalidSecret, invalidSettings];

/** The checks of a MigStorage, in order. */
export const storageChecks: readonly StorageCheck[] = [
  ...settingsChecks,
  notEmbedded,
  invalidSnapshotProvider,
  invalidSnapshotSecret,
  invalidSnapshotSettings,
];
