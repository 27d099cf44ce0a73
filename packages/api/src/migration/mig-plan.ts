import { z } from 'zod';
import { kind, type ObjectOf } from '../kind.ts';
import { labelSelector, objectReference } from '../references.ts';
import { fields, strings, word } from '../schema.ts';
import { ageColumn, clusterReferences, migrationKind, observed, readyColumn, unhealthyNamespace } from './common.ts';
import { planVolume, storageClassOffer } from './persistent-volume.ts';

const planHook = fields({
  reference: objectReference.describe('The MigHook to run. Required.'),
  phase: word('PreBackup', 'PostBackup', 'PreRestore', 'PostRestore').describe(
    'When it runs: PreBackup, PostBackup, PreRestore or PostRestore. Required.',
  ),
  executionNamespace: z.string().describe('Namespace in which its Job runs. Required.'),
  serviceAccount: z.string().describe('ServiceAccount under which its Job runs. Required.'),
});

const groupKind = fields({
  group: z.string().describe('API group; empty for the core group. Required.'),
  kind: z.string().describe('Kind. Required.'),
});

const incompatibleNamespace = fields({
  name: z.string().describe('Name of the namespace. Required.'),
  gvks: z
    .array(
      fields({
        group: z.string().describe('API group that the target cluster does not serve. Required.'),
        version: z.string().describe('Its version. Required.'),
        kind: z.string().describe('Its kind. Required.'),
      }),
    )
    .describe('Kinds in use that the target cluster does not serve. Required.'),
});

const spec = fields({
  ...clusterReferences,
  migStorageRef: objectReference
    .optional()
    .describe('The MigStorage over which objects and data travel. Needed unless everything is migrated directly.'),
  namespaces: strings().optional().describe('Namespaces to migrate: name, or source:target to give another name on the target cluster.'),
  persistentVolumes: z
    .array(planVolume)
    .optional()
    .describe('The volumes of these namespaces; listed by discovery, chosen about by the user.'),
  hooks: z.array(planHook).optional().describe('Hooks to run during a migration. Omitted: none.'),
  closed: z
    .boolean()
    .optional()
    .describe('The plan is done: no migration of it starts any more and what it created is removed. Omitted: false.'),
  refresh: z.boolean().optional().describe('Asks for a reconcile; set back to false afterwards. Omitted: false.'),
  indirectImageMigration: z
    .boolean()
    .optional()
    .describe('Images travel over the object store. Omitted: false, straight from registry to registry.'),
  indirectVolumeMigration: z
    .boolean()
    .optional()
    .describe('Volumes travel over the object store. Omitted: false, straight from cluster to cluster.'),
  includedResources: z.array(groupKind).optional().describe('Kinds to migrate. Omitted: all.'),
  labelSelector: labelSelector.optional().describe('Labels of the objects that the first backup takes. Omitted: all objects.'),
  liveMigrate: z.boolean().optional().describe('Moves the disks of running virtual machines without stopping them. Omitted: false.'),
});

const status = fields({
  ...observed,
  namespaces: z.array(unhealthyNamespace).optional().describe('Unhealthy pods on the source cluster.'),
  incompatibleNamespaces: z
    .array(incompatibleNamespace)
    .optional()
    .describe('Namespaces with kinds that the target cluster does not serve.'),
  suffix: z.string().optional().describe('Four random lower-case characters for names that belong to this plan; made once.'),
  excludedResources: strings().optional().describe('Resources that are left out.'),
  srcStorageClasses: z.array(storageClassOffer).optional().describe('Storage classes of the source cluster.'),
  destStorageClasses: z.array(storageClassOffer).optional().describe('Storage classes of the target cluster.'),
});

/** What is to be migrated, from where to where, and how. */
export const MigPlan = kind(
  {
    ...migrationKind,
    kind: 'MigPlan',
    description: 'What is to be migrated, from where to where, and how.',
    plural: 'migplans',
    columns: [
      readyColumn,
      { name: 'Source', type: 'string', jsonPath: '.spec.srcMigClusterRef.name' },
      { name: 'Target', type: 'string', jsonPath: '.spec.destMigClusterRef.name' },
      { name: 'Storage', type: 'string', jsonPath: '.spec.migStorageRef.name' },
      ageColumn,
    ],
  },
  spec,
  status,
);
/** What is to be migrated, from where to where, and how. */
export type MigPlan = ObjectOf<typeof MigPlan>;
