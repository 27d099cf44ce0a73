import { stringify } from 'yaml';
import { namespaceOf } from '../support/upgrade/releases.ts';
import { AGENT, configMap, documents, OADP, velero } from '../support/upgrade/workload.ts';

/** The ConfigMaps that the document lets its reader make before Prep. */
export const CONFIG_MAPS = { oadp: 'oadp-cm-example', warns: 'example-extra-manifests-cm', refused: 'example-machine-config-cm' } as const;

/** Namespaces that are backed up, by the name of their Backup and Restore. */
const APPLICATIONS = {
  'acm-klusterlet': 'open-cluster-management-agent',
  'apache-app': 'app',
  localvolume: 'openshift-local-storage',
} as const;

const backedUp = Object.entries(APPLICATIONS).flatMap(([name, namespace], at) => [
  velero('Backup', name, at + 1, { includedNamespaces: [namespace], storageLocation: 'dataprotectionapplication-1' }),
  velero('Restore', name, at + 1, { backupName: name, restorePVs: true, restoreStatus: { includedResources: ['logicalvolumes'] } }),
]);

/** In a namespace that only the new release has: worth a warning. */
const early = configMap('kept', namespaceOf('4.21.0'), { kept: 'edge' });

/** Not allowed among extra manifests: an error. */
const machineConfig = { apiVersion: 'machineconfiguration.openshift.io/v1', kind: 'MachineConfig', metadata: { name: 'tuned' } };

const namespaces = Object.values(APPLICATIONS).map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }));

/** Everything that the reader has made before the first command. */
export const prerequisites: readonly object[] = [
  ...namespaces,
  configMap(CONFIG_MAPS.oadp, OADP, { 'oadp.yaml': documents(...backedUp) }),
  configMap(CONFIG_MAPS.warns, AGENT, { 'manifests.yaml': stringify(early) }),
  configMap(CONFIG_MAPS.refused, AGENT, { 'machine-config.yaml': stringify(machineConfig) }),
];
