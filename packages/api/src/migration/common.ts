import { z } from 'zod';
import type { Column } from '../kind.ts';
import { objectReference } from '../references.ts';
import { fields, strings, time } from '../schema.ts';
import { conditions } from './condition.ts';

/** Group and version of the migration kinds. */
const migrationGroup = { group: 'migration.openshift.io', version: 'v1alpha1' } as const;

/** Identity shared by every migration kind. */
export const migrationKind = { ...migrationGroup, scope: 'Namespaced', status: 'subresource' } as const;

/** Prints whether the object is ready. */
export const readyColumn: Column = { name: 'Ready', type: 'string', jsonPath: ".status.conditions[?(@.type=='Ready')].status" };

/** Prints how old the object is. */
export const ageColumn: Column = { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' };

/** References to the two clusters of a migration. */
export const clusterReferences = {
  srcMigClusterRef: objectReference
    .optional()
    .describe('The MigCluster that the applications leave. Needed, though not required by the schema.'),
  destMigClusterRef: objectReference
    .optional()
    .describe('The MigCluster that the applications go to. Needed, though not required by the schema.'),
};

/** What the status of every kind begins with. */
export const observed = {
  conditions,
  observedDigest: z.string().optional().describe('SHA-256, in hex, of the JSON of the spec that was last reconciled.'),
  observedGeneration: z.int().optional().describe('Added by Godwit: the generation that was last reconciled.'),
};

/** What the status of a kind that runs through phases has. */
export const running = {
  ...observed,
  startTimestamp: time().optional().describe('When the work began.'),
  phase: z.string().optional().describe('The phase that is being worked on. Omitted: not begun.'),
  itinerary: z.string().optional().describe('Name of the list of phases that is followed.'),
  errors: strings().optional().describe('What went wrong, in sentences. Omitted: nothing.'),
};

/** Pods of a namespace that are not healthy, grouped by what owns them. */
export const unhealthyNamespace = fields({
  name: z.string().describe('Name of the namespace. Required.'),
  workloads: z
    .array(
      fields({
        name: z.string().describe('Name of the workload. Required.'),
        resources: strings().optional().describe('Names of its objects that are not healthy.'),
      }),
    )
    .describe('Workloads with unhealthy objects. Required.'),
});
