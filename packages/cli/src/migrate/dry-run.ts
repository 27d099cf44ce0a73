import { final } from '@godwit/migration';
import { tableLines } from '../printers/table.ts';
import { missingDefinitions } from './definitions.ts';
import type { Participants } from './participants.ts';
import type { Sides } from './sides.ts';

/** What the migration would be made of. */
export type Planned = { sides: Sides; names: Participants; storage: string; plan: string; run: string; namespace: string };

/** The phases of a pipeline, for people. */
const pipelineLines = (pipeline: { phases: readonly { name: string; step: string; description: string }[] }): string[] =>
  tableLines(
    ['PHASE', 'STEP', 'WHAT'],
    pipeline.phases.map(({ name, step, description }) => [name, step, description]),
  );

/** What `godwit migrate` would do, line by line; nothing is changed. */
export const dryRunLines = async ({ sides, names, storage, plan, run, namespace }: Planned): Promise<string[]> => {
  const missing = await missingDefinitions(sides);
  const at = `on ${sides.host.context}`;
  const remote = [...new Set([names.source, names.target])].filter((name) => name !== names.host);
  return [
    ...missing.flatMap(({ side, definitions }) =>
      definitions.map(({ metadata }) => `create CustomResourceDefinition ${metadata.name} on ${side.context}`),
    ),
    ...[...new Set([sides.source, sides.target, sides.host])].map(({ context }) => `ensure Namespace ${namespace} on ${context}`),
    `apply MigCluster ${namespace}/${names.host} ${at}`,
    ...remote.flatMap((name) => [
      `apply ServiceAccount ${namespace}/migration-controller, bound to cluster-admin, for ${name}`,
      `apply MigCluster ${namespace}/${name} ${at}`,
    ]),
    `apply MigStorage ${namespace}/${storage} ${at}`,
    `apply MigPlan ${namespace}/${plan} ${at}`,
    `create MigMigration ${namespace}/${run} ${at}, which walks these phases:`,
    '',
    ...pipelineLines(final),
  ];
};
