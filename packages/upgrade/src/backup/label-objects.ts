import { apiVersionOf, type Backup, carriedAnnotations, OADP_NAMESPACE, upgradeLabels } from '@godwit/api';
import { type Client, resource } from '@godwit/kube';
import { type LabelledObject, labelledObjects } from './apply-label.ts';

/** The objects that a Backup wants to be labelled with its name; throws when it does not say so properly. */
const objectsToLabel = ({ metadata }: Backup): LabelledObject[] => labelledObjects(metadata.annotations?.[carriedAnnotations.applyLabel]);

/** Puts a Backup's label on the objects that its annotation names, keeping their other labels. With `dryRun` the server only answers. */
export const labelObjects = async (cluster: Client, backup: Backup, { dryRun = false }: { dryRun?: boolean } = {}): Promise<void> => {
  for (const { group, version, resource: plural, namespace, name } of objectsToLabel(backup)) {
    const kind = resource(apiVersionOf({ group, version }), plural, plural, namespace === undefined ? 'Cluster' : 'Namespaced');
    const patch = { metadata: { labels: { [upgradeLabels.backup]: backup.metadata.name ?? '' } } };
    await cluster.patch(kind, { namespace, name }, patch, { dryRun });
  }
};

/** The Backup as a cluster makes it: its own, and choosing by its label where it has labelled anything. */
export const ownBackup = (backup: Backup, clusterId: string): Backup => {
  const { name = '', labels, annotations } = backup.metadata;
  const own: Backup = {
    apiVersion: backup.apiVersion,
    kind: backup.kind,
    metadata: {
      namespace: OADP_NAMESPACE,
      name,
      labels: { ...labels, [upgradeLabels.clusterId]: clusterId },
      ...(annotations === undefined ? {} : { annotations }),
    },
    spec: backup.spec,
  };
  if (objectsToLabel(backup).length === 0) return own;
  const selector = backup.spec?.labelSelector;
  const matchLabels = { ...selector?.matchLabels, [upgradeLabels.backup]: name };
  return { ...own, spec: { ...backup.spec, labelSelector: { ...selector, matchLabels } } };
};
