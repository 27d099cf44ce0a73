import { z } from 'zod';
import { kind, type ObjectOf } from '../kind.ts';
import { objectReference } from '../references.ts';
import { fields, stringMap, strings, time, word } from '../schema.ts';
import { ageColumn, migrationKind, readyColumn, running, unhealthyNamespace } from './common.ts';

const spec = fields({
  migPlanRef: objectReference.optional().describe('The MigPlan to run. Needed, though not required by the schema.'),
  stage: z.boolean().describe('Copies volumes and images while the applications keep running. Required.'),
  quiescePods: z.boolean().optional().describe('Puts the source applications to sleep before the last copy. Omitted: false.'),
  keepAnnotations: z
    .boolean()
    .optional()
    .describe('Keeps the annotations and labels that the migration put on source objects. Omitted: false.'),
  verify: z.boolean().optional().describe('Watches the health of the migrated pods afterwards. Omitted: false.'),
  canceled: z.boolean().optional().describe('Stops the run and wakes the source applications. Omitted: false.'),
  rollback: z
    .boolean()
    .optional()
    .describe('Undoes earlier runs of the plan: deletes what they made and wakes the source applications. Omitted: false.'),
  migrateState: z.boolean().optional().describe('Migrates volumes and chosen objects into existing applications. Omitted: false.'),
  runAsRoot: z.boolean().optional().describe('Transfer pods run as root. Omitted: the settings of the cluster.'),
  runAsUser: z.int().optional().describe('User ID of transfer pods. Omitted: that of the source pod or namespace.'),
  runAsGroup: z.int().optional().describe('Group ID of transfer pods. Omitted: that of the source pod or namespace.'),
  onFailure: word('Restore', 'Keep')
    .optional()
    .describe(
      'Added by Godwit: what happens after a failure. Restore wakes the source applications and cleans up; Keep leaves things as they are. Omitted: Restore.',
    ),
});

const step = fields({
  name: z.string().describe('Name of the step, for instance Prepare, Backup or Restore. Required.'),
  phase: z.string().optional().describe('The phase that the step is in. Omitted: not begun, or over.'),
  message: z.string().optional().describe('What the step is doing, in a sentence.'),
  progress: strings().optional().describe('Lines of progress, one per object that is worked on.'),
  started: time().optional().describe('When the step began.'),
  completed: time().optional().describe('When the step ended.'),
  failed: z.boolean().optional().describe('Whether the step failed. Omitted: false.'),
  skipped: z.boolean().optional().describe('Whether the step was left out. Omitted: false.'),
});

/** One entry of the journal: a phase, how often it was tried, how long it took and why it waits. */
const phaseRecord = fields({
  name: z.string().describe('Name of the phase. Required.'),
  step: z.string().optional().describe('The step of the pipeline that it belongs to.'),
  started: time().optional().describe('When the phase was first entered.'),
  completed: time().optional().describe('When it ended. Omitted: it has not.'),
  attempts: z.int().optional().describe('How often it was tried, counted from 1.'),
  reason: z.string().optional().describe('One CamelCase word: why it waits, or how it ended.'),
  message: z.string().optional().describe('The reason as a sentence.'),
});
/** One entry of a run's journal. */
export type PhaseRecord = z.infer<typeof phaseRecord>;

/** What a workload was like before it was put to sleep, so that it can be woken as it was. */
const sleeper = fields({
  apiVersion: z.string().describe('API group and version of the workload. Required.'),
  kind: z.string().describe('Kind of the workload. Required.'),
  namespace: z.string().describe('Its namespace. Required.'),
  name: z.string().describe('Its name. Required.'),
  replicas: z.int().optional().describe('How many replicas it asked for.'),
  paused: z.boolean().optional().describe('Whether it was paused.'),
  suspend: z.boolean().optional().describe('Whether it was suspended.'),
  parallelism: z.int().optional().describe('How many pods of a Job were to run at once.'),
  nodeSelector: stringMap().optional().describe('Node selector of a DaemonSet.'),
  runStrategy: z.string().optional().describe('Run strategy of a virtual machine.'),
});
/** What a workload was like before it was put to sleep. */
export type Sleeper = z.infer<typeof sleeper>;

const status = fields({
  ...running,
  namespaces: z.array(unhealthyNamespace).optional().describe('Unhealthy pods on the target cluster.'),
  pipeline: z.array(step).optional().describe('The steps of the run in order.'),
  phases: z.array(phaseRecord).optional().describe('Added by Godwit: the journal of the phases in the order in which they were entered.'),
  quiesced: z.array(sleeper).optional().describe('Added by Godwit: the workloads that were put to sleep, as they were before.'),
});
/** One step of a run's pipeline. */
export type PipelineStep = z.infer<typeof step>;

/** One run of a plan: a stage, a cutover, a rollback or a state migration. */
export const MigMigration = kind(
  {
    ...migrationKind,
    kind: 'MigMigration',
    description: 'One run of a plan: a stage, a cutover, a rollback or a state migration.',
    plural: 'migmigrations',
    columns: [
      readyColumn,
      { name: 'Plan', type: 'string', jsonPath: '.spec.migPlanRef.name' },
      { name: 'Stage', type: 'string', jsonPath: '.spec.stage' },
      { name: 'Rollback', type: 'string', jsonPath: '.spec.rollback' },
      { name: 'Itinerary', type: 'string', jsonPath: '.status.itinerary' },
      { name: 'Phase', type: 'string', jsonPath: '.status.phase' },
      ageColumn,
    ],
  },
  spec,
  status,
);
/** One run of a plan. */
export type MigMigration = ObjectOf<typeof MigMigration>;
