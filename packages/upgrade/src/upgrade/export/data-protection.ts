import { BackupStorageLocation, OADP_NAMESPACE, Secret } from '@godwit/api';
import { type Client, type KubeObject, resource } from '@godwit/kube';
import { listOadp } from '../../backup/own-backups.ts';

type Credential = { credential?: { name?: string } };

/** The settings of backups, where an operator makes storage locations of them. */
export type DataProtectionApplication = KubeObject & { spec?: { backupLocations?: { velero?: Credential }[] } };

/** The kind of those settings. */
export const DataProtectionApplication = resource<DataProtectionApplication>(
  'oadp.openshift.io/v1alpha1',
  'DataProtectionApplication',
  'dataprotectionapplications',
);

/** What lets the new release reach the storage of the backups. */
export type DataProtection = {
  readonly applications: readonly DataProtectionApplication[];
  /** Only where no operator makes them of the settings. */
  readonly locations: readonly BackupStorageLocation[];
  readonly secrets: readonly Secret[];
};

const DEFAULT_CREDENTIAL = 'cloud-credentials';

const namesOf = (applications: readonly DataProtectionApplication[], locations: readonly BackupStorageLocation[]): string[] => [
  ...new Set([
    DEFAULT_CREDENTIAL,
    ...applications.flatMap(({ spec }) => (spec?.backupLocations ?? []).flatMap(({ velero }) => velero?.credential?.name ?? [])),
    ...locations.flatMap(({ spec }) => (spec as Credential).credential?.name ?? []),
  ]),
];

/** Reads the settings of backups, or the storage locations themselves, with the Secrets that they name. */
export const readDataProtection = async (cluster: Client): Promise<DataProtection> => {
  const applications = await listOadp(cluster, DataProtectionApplication);
  const all = await listOadp(cluster, BackupStorageLocation);
  const locations = applications.length > 0 ? [] : all;
  const found = await Promise.all(namesOf(applications, all).map((name) => cluster.get(Secret, { namespace: OADP_NAMESPACE, name })));
  return { applications, locations, secrets: found.filter((secret) => secret !== undefined) };
};
