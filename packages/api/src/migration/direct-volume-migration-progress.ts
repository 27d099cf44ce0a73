import { z } from 'zod';
import { kind, type ObjectOf } from '../kind.ts';
import { objectReference } from '../references.ts';
import { fields, stringMap, time } from '../schema.ts';
import { ageColumn, migrationKind, observed } from './common.ts';
import { observedProgress } from './volume-progress.ts';

const spec = fields({
  clusterRef: objectReference.optional().describe('The MigCluster on which the pod runs. Needed, though not required by the schema.'),
  podRef: objectReference.optional().describe('The pod to watch. Omitted: podNamespace and podSelector say which.'),
  podNamespace: z.string().optional().describe('Namespace of the pods to watch.'),
  podSelector: stringMap().optional().describe('Labels of the pods to watch; must name the claim.'),
});

const podStatus = {
  podName: z.string().optional().describe('Name of the pod.'),
  phase: z.string().optional().describe('Phase of the pod.'),
  exitCode: z.int().optional().describe('How its container ended. Omitted: it has not.'),
  containerElapsedTime: z.string().optional().describe("How long its container has run, in Go's notation."),
  logMessage: z.string().optional().describe('The last lines of its log.'),
  ...observedProgress,
  creationTimestamp: time().optional().describe('When the pod was made.'),
};

const status = fields({
  ...observed,
  ...podStatus,
  rsyncPodStatuses: z.array(fields(podStatus)).optional().describe('The pods of earlier attempts.'),
  rsyncElapsedTime: z.string().optional().describe("How long all attempts have taken, in Go's notation."),
  totalProgressPercentage: z.string().optional().describe('How much is copied over all attempts, for instance 42%.'),
});

/** How far the copy of one volume is. */
export const DirectVolumeMigrationProgress = kind(
  {
    ...migrationKind,
    kind: 'DirectVolumeMigrationProgress',
    description: 'How far the copy of one volume is.',
    plural: 'directvolumemigrationprogresses',
    shortNames: ['dvmp'],
    columns: [
      { name: 'Cluster', type: 'string', jsonPath: '.spec.clusterRef.name' },
      { name: 'Pod Name', type: 'string', jsonPath: '.status.podName' },
      { name: 'Pod Namespace', type: 'string', jsonPath: '.spec.podNamespace' },
      { name: 'Progress Percent', type: 'string', jsonPath: '.status.totalProgressPercentage' },
      { name: 'Transfer Rate', type: 'string', jsonPath: '.status.lastObservedTransferRate' },
      ageColumn,
    ],
  },
  spec,
  status,
);
/** How far the copy of one volume is. */
export type DirectVolumeMigrationProgress = ObjectOf<typeof DirectVolumeMigrationProgress>;
